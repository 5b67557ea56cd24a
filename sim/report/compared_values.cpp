#include "sim/report/compared_values.hpp"

#include <algorithm>
#include <cmath>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

std::string magnitude_text(const MetricKind& kind, double value) {
  constexpr double ms_max = 9e12;  // as nanoseconds they fit
  if (!kind.in_ms) return formatted(value == std::floor(value) ? "%.15g" : "%.4g", value);
  return duration_text(Duration(std::llround(std::min(value, ms_max) * 1e6)));
}

std::string measured_text(const MetricKind& kind, const std::optional<double>& value) {
  if (!value) return "-";
  return (*value < 0 ? "-" : "") + magnitude_text(kind, std::abs(*value));
}

std::string signed_text(const MetricKind& kind, double value) {
  return (value < 0 ? "-" : "+") + magnitude_text(kind, std::abs(value));
}

std::string percent_text(const ComparedMetric& metric) {
  const auto percent = metric.percent();
  if (!percent) return "";
  return formatted(std::abs(*percent) < 9.95 ? "%+.1f %%" : "%+.0f %%", *percent);
}

std::string unsure_text(Sureness sureness) {
  switch (sureness) {
    case Sureness::known:
      return "known";
    case Sureness::one_run:
      return "one run: not known";
    case Sureness::at_once:
      return "one burst: not known";
    case Sureness::too_few:
      return "too few to tell";
  }
  return "";
}

std::string remark(const ComparedMetric& metric) {
  if (metric.is_new_failure) return "WORSE: none in A";
  if (!metric.a) return "only in B";
  if (!metric.b) return "only in A";
  if (metric.is_worse) return "WORSE";
  if (metric.more_than_noise) {
    if (metric.kind.worse == WorseWhen::neither) return "differs";
    const bool is_better = (*metric.b < *metric.a) == (metric.kind.worse == WorseWhen::more);
    return is_better ? "better" : "worse, as allowed";
  }
  if (metric.is_equal()) return "equal";
  if (metric.is_known()) return "within noise";
  return unsure_text(metric.sureness);
}

// Names of metrics, the first few of them.
std::string some_names(const std::vector<const ComparedMetric*>& metrics) {
  constexpr std::size_t shown_max = 6;
  std::string names;
  for (std::size_t i = 0; i < std::min(metrics.size(), shown_max); ++i)
    names += (i == 0 ? "" : ", ") + printable(metrics[i]->name);
  if (metrics.size() > shown_max) names += " and " + counted(metrics.size() - shown_max, "other");
  return names;
}

template <class Is>
std::vector<const ComparedMetric*> those(const Comparison& comparison, Is is) {
  std::vector<const ComparedMetric*> found;
  for (const ComparedMetric& metric : comparison.metrics)
    if (is(metric)) found.push_back(&metric);
  return found;
}

std::string allowed_text(double percent) { return formatted("%.4g %% allowed", percent); }

}  // namespace

std::vector<std::string> compared_cells(const ComparedMetric& metric) {
  const bool has_both = metric.a && metric.b;
  std::string interval;
  if (metric.difference && metric.difference->low != metric.difference->high)
    interval = signed_text(metric.kind, metric.difference->low) + " to " +
               signed_text(metric.kind, metric.difference->high);
  return {printable(metric.name),
          measured_text(metric.kind, metric.a),
          measured_text(metric.kind, metric.b),
          has_both ? signed_text(metric.kind, *metric.b - *metric.a) : "",
          percent_text(metric),
          interval,
          remark(metric)};
}

std::string intervals_text(const Comparison& comparison) {
  return "95 % intervals of the difference, from " + std::to_string(resamples_count) +
         " resamples of " +
         (comparison.resampled == Resampled::runs ? "the runs" : "each run's escrows, in groups");
}

std::string compare_verdict_text(const Comparison& comparison) {
  const auto worse =
      those(comparison, [](const ComparedMetric& metric) { return metric.is_worse; });
  if (worse.empty()) return "nothing is known to be worse than allowed";
  constexpr std::size_t named_max = 4;
  std::string text = "B is worse than allowed: ";
  for (std::size_t i = 0; i < std::min(worse.size(), named_max); ++i) {
    const ComparedMetric& metric = *worse[i];
    const std::string percent = percent_text(metric);
    text += (i == 0 ? "" : ", ") + printable(metric.name);
    if (metric.is_new_failure)
      text += ", none in A";
    else
      text += (percent.empty() ? "" : " " + percent) + " (" + allowed_text(metric.allowed_percent) +
              ")";
  }
  if (worse.size() > named_max) text += " and " + counted(worse.size() - named_max, "other");
  return text;
}

std::vector<std::string> rest_lines(const Comparison& comparison) {
  const auto is_quiet = [](const ComparedMetric& metric) {
    return !metric.more_than_noise && !metric.is_new_failure;
  };
  const auto equal = those(comparison, [&](const ComparedMetric& metric) {
    return is_quiet(metric) && metric.a && metric.b && metric.is_equal();
  });
  const auto within = those(comparison, [&](const ComparedMetric& metric) {
    return is_quiet(metric) && metric.is_known() && !metric.is_equal();
  });
  const auto without_zero = std::count_if(within.begin(), within.end(), [](const auto* metric) {
    return metric->difference->low > 0 || metric->difference->high < 0;
  });
  const auto unknown = [&](Sureness sureness) {
    return those(comparison, [&, sureness](const ComparedMetric& metric) {
      return is_quiet(metric) && metric.a && metric.b && !metric.is_known() && !metric.is_equal() &&
             metric.sureness == sureness;
    });
  };
  const auto one_sided = those(comparison, [&](const ComparedMetric& metric) {
    return is_quiet(metric) && (!metric.a || !metric.b);
  });

  std::vector<std::string> lines;
  lines.push_back(counted(equal.size(), "metric") + " equal, " + std::to_string(within.size()) +
                  " within noise");
  if (without_zero > 0)
    lines.back() += ", " + std::to_string(without_zero) +
                    " of them with no zero in their interval: of so "
                    "many some have none by chance";
  for (const Sureness sureness : {Sureness::one_run, Sureness::at_once, Sureness::too_few})
    if (const auto metrics = unknown(sureness); !metrics.empty())
      lines.push_back(unsure_text(sureness) + ": " + some_names(metrics));
  if (!one_sided.empty()) lines.push_back("on one side only: " + some_names(one_sided));
  return lines;
}

}  // namespace escrowstorm::sim
