// By how much B may be worse than A: `--allow 5`, `--allow setup_ms.p99=20`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace escrowstorm::sim {

class Allowances {
 public:
  // Enough runs show a tenth of a per cent to be more than noise, and nobody stops a change for it.
  static constexpr double percent_default = 5;

  // PERCENT or METRIC=PERCENT, where METRIC is one or a section of them ("rpc", "setup_ms"). The
  // error is one clause.
  static std::variant<Allowances, std::string> parse(const std::vector<std::string>& texts);

  // In per cent of A's value: of the metric itself, else of the longest section it is in.
  double percent_for(std::string_view metric) const;

  // What names none of `metrics`, in one clause; nothing when all do.
  std::optional<std::string> unknown_among(const std::vector<std::string>& metrics) const;

 private:
  double percent_ = percent_default;
  std::map<std::string, double, std::less<>> percents_;  // by metric or section
};

}  // namespace escrowstorm::sim
