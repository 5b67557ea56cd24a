// How long each method takes and how much of that is computing, by measured distributions. Profiles
// ship in mockrpc/profiles/ and are compiled in; any file of that form can be given (docs/mock.md).
// Immutable once loaded, any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mockrpc/latency/distribution.hpp"

namespace escrowstorm::mockrpc {

class LatencyProfile {
 public:
  using Methods = std::map<std::string, LatencyDistribution, std::less<>>;

  // Every call takes no time.
  LatencyProfile() = default;
  explicit LatencyProfile(Methods methods);

  // By name for the emulated version ("none", "measured", "measured-ssl", "reported"), or by path
  // (anything with a '/' or ending in ".json"). The error is one line with place and remedy.
  static std::variant<LatencyProfile, std::string> load(std::string_view name_or_path,
                                                        std::string_view version);

  // From the text of a profile file; `origin` names it in errors. `version` is for a file that is
  // based on a shipped profile.
  static std::variant<LatencyProfile, std::string> parse(std::string_view json,
                                                         std::string_view origin,
                                                         std::string_view version);

  // `method` is a key of the file, with "#1" for the round where it has rounds. A round beyond the
  // file's costs what its last one costs; a method without an entry, or an empty one, what the
  // cheapest entry costs.
  CallCost draw(std::string_view method, RandomStream& random) const;

  // The methods that the profile has an entry for; empty when no call takes time.
  const Methods& methods() const { return methods_; }

  static std::vector<std::string_view> names();

 private:
  const LatencyDistribution& distribution_of(std::string_view method) const;

  Methods methods_;
  std::string cheapest_;  // key of the entry with the lowest median
};

}  // namespace escrowstorm::mockrpc
