#include "sim/compare/allowances.hpp"

#include <algorithm>
#include <charconv>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

std::optional<double> percent_in(std::string_view text) {
  constexpr double percent_max = 1e6;
  if (text.ends_with('%')) text.remove_suffix(1);
  double percent = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), percent);
  const bool whole = failed == std::errc() && end == text.data() + text.size();
  if (!whole || !(percent >= 0 && percent <= percent_max)) return std::nullopt;
  return percent;
}

bool is_in(std::string_view metric, std::string_view section) {
  return metric == section ||
         (metric.starts_with(section) &&
          std::string_view(". ").find(metric[section.size()]) != std::string_view::npos);
}

}  // namespace

std::variant<Allowances, std::string> Allowances::parse(const std::vector<std::string>& texts) {
  Allowances allowances;
  for (const std::string& text : texts) {
    const auto equals = text.rfind('=');
    const auto percent =
        percent_in(equals == text.npos ? text : std::string_view(text).substr(equals + 1));
    if (!percent || equals == 0)
      return "--allow " + printable(text) +
             ": expected PERCENT or METRIC=PERCENT, such as 5 or setup_ms.p99=20";
    if (equals == text.npos)
      allowances.percent_ = *percent;
    else
      allowances.percents_[text.substr(0, equals)] = *percent;
  }
  return allowances;
}

double Allowances::percent_for(std::string_view metric) const {
  const std::pair<const std::string, double>* longest = nullptr;
  for (const auto& one : percents_)
    if (is_in(metric, one.first) &&
        (longest == nullptr || one.first.size() > longest->first.size()))
      longest = &one;
  return longest == nullptr ? percent_ : longest->second;
}

std::optional<std::string> Allowances::unknown_among(
    const std::vector<std::string>& metrics) const {
  const std::vector<std::string_view> known(metrics.begin(), metrics.end());
  for (const auto& [name, percent] : percents_) {
    const bool is_known = std::any_of(known.begin(), known.end(),
                                      [&](std::string_view metric) { return is_in(metric, name); });
    if (is_known) continue;
    const auto near = closest(name, known);
    return "--allow " + printable(name) + ": neither side has such a metric" +
           (near ? ", did you mean " + in_quotes(*near) + "?" : "; --all lists them");
  }
  return std::nullopt;
}

}  // namespace escrowstorm::sim
