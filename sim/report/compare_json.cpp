#include "sim/report/compare_json.hpp"

#include <nlohmann/json.hpp>

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

Json side_json(const RunSet& set) {
  Json json;
  json["path"] = set.path.string();
  json["runs"] = Json::array();
  for (const RunSummary& run : set.runs) {
    Json& entry = json["runs"].emplace_back();
    entry["scenario"] = run.scenario;
    entry["world"] = run.world;
    entry["seed"] = run.seed;
    entry["digest"] = run.digest;
    entry["verdict"] = run.passed ? "pass" : "fail";
  }
  return json;
}

Json maybe(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

const char* worse_when_name(WorseWhen worse) {
  switch (worse) {
    case WorseWhen::more:
      return "more";
    case WorseWhen::less:
      return "less";
    case WorseWhen::neither:
      return "neither";
  }
  return "neither";
}

const char* not_known_name(Sureness sureness) {
  if (sureness == Sureness::one_run) return "one run";
  return sureness == Sureness::at_once ? "one burst" : "too few";
}

Json metric_json(const ComparedMetric& metric) {
  Json json;
  json["name"] = metric.name;
  json["unit"] = metric.kind.in_ms ? "ms" : "count";
  json["worse_when"] = worse_when_name(metric.kind.worse);
  json["a"] = maybe(metric.a);
  json["b"] = maybe(metric.b);
  json["difference"] = metric.a && metric.b ? Json(*metric.b - *metric.a) : Json();
  json["percent"] = maybe(metric.percent());
  const auto& difference = metric.difference;
  json["interval"] = difference ? Json{difference->low, difference->high} : Json();
  json["chance"] = difference ? Json(difference->chance) : Json();
  if (!difference && metric.a && metric.b) json["not_known"] = not_known_name(metric.sureness);
  json["more_than_noise"] = metric.more_than_noise;
  json["allowed_percent"] = metric.allowed_percent;
  json["worse"] = metric.is_worse;
  return json;
}

Json texts_json(const std::vector<ChangedText>& texts) {
  Json json = Json::array();
  for (const ChangedText& one : texts) {
    Json& entry = json.emplace_back();
    entry["what"] = one.what;
    entry["text"] = one.text;
    entry["count"] = one.count;
  }
  return json;
}

}  // namespace

Json to_json(const Comparison& comparison) {
  Json json;
  json["a"] = side_json(comparison.a);
  json["b"] = side_json(comparison.b);
  json["like_for_like"] = comparison.unlike.empty();
  json["unlike"] = comparison.unlike;
  json["notes"] = comparison.notes;
  json["identical"] = comparison.is_identical;
  json["confidence"] = confidence;
  json["resamples"] = resamples_count;
  json["resampled"] = comparison.resampled == Resampled::runs ? "runs" : "escrows";
  json["metrics"] = Json::array();
  for (const ComparedMetric& metric : comparison.metrics)
    json["metrics"].push_back(metric_json(metric));
  json["new"] = texts_json(comparison.new_texts);
  json["gone"] = texts_json(comparison.gone_texts);
  if (comparison.divergence) {
    json["divergence"]["seq"] = comparison.divergence->seq;
    json["divergence"]["a"] = comparison.divergence->first;
    json["divergence"]["b"] = comparison.divergence->second;
  }
  json["worse"] = comparison.is_worse();
  return json;
}

}  // namespace escrowstorm::sim
