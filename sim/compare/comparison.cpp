#include "sim/compare/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "sim/compare/likeness.hpp"

namespace escrowstorm::sim {
namespace {

std::optional<double> value_in(const SideMetrics& side, const std::string& name) {
  const auto at = side.find(name);
  if (at == side.end()) return std::nullopt;
  return at->second.estimate.value;
}

ComparedMetric compared(const std::string& name, const SideMetrics& of_a, const SideMetrics& of_b) {
  ComparedMetric metric;
  metric.name = name;
  metric.kind = kind_of_metric(name);
  metric.a = value_in(of_a, name);
  metric.b = value_in(of_b, name);
  if (metric.a && metric.b) {
    const SideMetric& a = of_a.find(name)->second;
    const SideMetric& b = of_b.find(name)->second;
    metric.sureness = a.sureness == Sureness::known ? b.sureness : a.sureness;
    if (metric.sureness == Sureness::known)
      metric.difference = difference_of(a.estimate, b.estimate);
  }
  return metric;
}

// Of those that could differ: two constants that are equal say nothing of the chance of the others.
void mark_more_than_noise(std::vector<ComparedMetric>& metrics) {
  std::vector<ComparedMetric*> looked_at;
  std::vector<double> chances;
  for (ComparedMetric& metric : metrics) {
    if (!metric.difference || metric.difference->low == metric.difference->high) {
      metric.more_than_noise = metric.difference && metric.difference->absolute != 0;
      continue;
    }
    looked_at.push_back(&metric);
    chances.push_back(metric.difference->chance);
  }
  const std::vector<bool> is_more = more_than_noise(chances);
  for (std::size_t i = 0; i < looked_at.size(); ++i) looked_at[i]->more_than_noise = is_more[i];
}

bool is_always_worse(const ComparedMetric& metric) {
  const bool is_failure =
      metric.name.starts_with("invariants.") || metric.name == "escrows.unfinished";
  return is_failure && metric.b.value_or(0) > 0 && metric.a.value_or(0) == 0;
}

// How much worse B is, in per cent of A.
double percent_worse(const ComparedMetric& metric) {
  if (metric.kind.worse == WorseWhen::neither || !metric.a || !metric.b) return 0;
  const double more =
      metric.kind.worse == WorseWhen::more ? *metric.b - *metric.a : *metric.a - *metric.b;
  if (more <= 0) return 0;
  return *metric.a == 0 ? std::numeric_limits<double>::infinity()
                        : more / std::abs(*metric.a) * 100;
}

void judge_metric(ComparedMetric& metric, const Allowances& allowances) {
  metric.allowed_percent = allowances.percent_for(metric.name);
  metric.is_new_failure = is_always_worse(metric);
  metric.is_worse = metric.is_new_failure ||
                    (metric.more_than_noise && percent_worse(metric) > metric.allowed_percent);
}

using TextCounts = std::map<std::pair<std::string, std::string>, std::uint64_t>;

TextCounts texts_of(const RunSet& set) {
  TextCounts counts;
  for (const RunSummary& run : set.runs) {
    for (const auto& [text, count] : run.errors) counts[{"error of calls", text}] += count;
    for (const auto& [text, count] : run.failures) counts[{"failure of escrows", text}] += count;
    for (const std::string& text : run.missed) ++counts[{"missed threshold", text}];
  }
  return counts;
}

std::vector<ChangedText> only_in(const TextCounts& these, const TextCounts& those) {
  std::vector<ChangedText> only;
  for (const auto& [text, count] : these)
    if (!those.contains(text)) only.push_back({text.first, text.second, count});
  return only;
}

}  // namespace

std::optional<double> ComparedMetric::percent() const {
  if (!a || !b || *a == 0) return std::nullopt;
  return (*b - *a) / std::abs(*a) * 100;
}

bool Comparison::is_worse() const {
  return std::any_of(metrics.begin(), metrics.end(),
                     [](const ComparedMetric& metric) { return metric.is_worse; });
}

std::vector<std::string> metric_names(const RunSet& a, const RunSet& b) {
  std::vector<std::string> names;
  std::set<std::string_view> known;
  for (const RunSet* set : {&a, &b})
    for (const RunSummary& run : set->runs)
      for (const auto& [name, value] : run.metrics)
        if (known.insert(name).second) names.push_back(name);
  return names;
}

Comparison compare(RunSet a, RunSet b, Resampled resampled, const SideMetrics& of_a,
                   const SideMetrics& of_b, const Allowances& allowances) {
  Comparison comparison;
  for (const std::string& name : metric_names(a, b))
    comparison.metrics.push_back(compared(name, of_a, of_b));
  mark_more_than_noise(comparison.metrics);
  for (ComparedMetric& metric : comparison.metrics) judge_metric(metric, allowances);
  const TextCounts texts_of_a = texts_of(a);
  const TextCounts texts_of_b = texts_of(b);
  comparison.new_texts = only_in(texts_of_b, texts_of_a);
  comparison.gone_texts = only_in(texts_of_a, texts_of_b);
  comparison.resampled = resampled;
  comparison.unlike = differences_in_kind(a, b);
  comparison.notes = notes_on(a, b);
  comparison.is_identical = have_same_events(a, b);
  comparison.a = std::move(a);
  comparison.b = std::move(b);
  return comparison;
}

}  // namespace escrowstorm::sim
