// How long each method takes and how much of that is computing, drawn from a measured distribution.
// Profiles ship in mockrpc/profiles/ and are compiled in; any file of that form can be given.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"

namespace escrowstorm::mockrpc {

// What one call takes on an idle machine.
struct CallCost {
  Duration computing{};  // shares the fleet's cores
  Duration waiting{};    // for disk, daemon or sleep: shares nothing
};

// An inverse distribution function on a table, exact in integers: the same draws everywhere.
class LatencyDistribution {
 public:
  // Quantiles of an ascending table of n >= 1 points; point i is the quantile (i + 1/2) / n.
  explicit LatencyDistribution(std::vector<Duration> points, std::uint32_t computing_permille);

  CallCost draw(RandomStream& random) const;

 private:
  std::vector<Duration> points_;
  std::uint32_t computing_permille_;
};

class LatencyProfile {
 public:
  // Every call takes no time.
  LatencyProfile() = default;

  // By name for the emulated version ("none", "measured", "measured-ssl", "reported"), or by path
  // (anything with a '/' or ending in ".json"). The error is one line with place and remedy.
  static std::variant<LatencyProfile, std::string> load(std::string_view name_or_path,
                                                        std::string_view version);

  // From the text of a profile file; `origin` names it in errors.
  static std::variant<LatencyProfile, std::string> parse(std::string_view json,
                                                         std::string_view origin);

  // `method` is a key of the file, with "#1" for the round where it has rounds; a method without an
  // entry, or an empty one, costs what the cheapest call costs.
  CallCost draw(std::string_view method, RandomStream& random) const;

  static std::vector<std::string_view> names();

 private:
  std::map<std::string, LatencyDistribution, std::less<>> methods_;
};

}  // namespace escrowstorm::mockrpc
