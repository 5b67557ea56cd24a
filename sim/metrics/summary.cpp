#include "sim/metrics/summary.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

void add_times(Json& out, const Distribution& d) {
  const auto ms = [&](Duration time) { return d.count == 0 ? Json() : Json(to_ms(time)); };
  out["min"] = ms(d.min);
  out["p50"] = ms(d.p50);
  out["p90"] = ms(d.p90);
  out["p99"] = ms(d.p99);
  out["max"] = ms(d.max);
}

Json escrows_json(const Summary& summary) {
  Json out;
  out["planned"] = summary.run.planned;
  out["started"] = summary.escrows.started;
  out["ready"] = summary.escrows.ready;
  out["completed"] = summary.escrows.completed;
  out["failed"] = summary.escrows.failed;
  out["unfinished"] = summary.escrows.unfinished();
  out["late"] = summary.escrows.late;
  return out;
}

Json rpc_json(const Summary& summary) {
  Json out = Json::object();
  for (const MethodSummary& method : summary.rpc) {
    Json& entry = out[method.method];
    entry["count"] = method.took.count;
    entry["errors"] = method.errors;
    add_times(entry, method.took);
  }
  return out;
}

Json invariants_json(const Summary& summary) {
  Json out = Json::array();
  for (const InvariantResult& invariant : summary.invariants) {
    Json& entry = out.emplace_back();
    entry["name"] = invariant.name;
    entry["violations"] = invariant.violations;
  }
  return out;
}

Json faults_json(const Summary& summary) {
  Json out = Json::array();
  for (const FaultResult& fault : summary.faults) {
    Json& entry = out.emplace_back();
    entry["fault"] = fault.fault;
    entry["fired"] = fault.fired;
  }
  return out;
}

Json thresholds_json(const Summary& summary) {
  Json out = Json::array();
  for (const ThresholdResult& threshold : summary.thresholds) {
    Json& entry = out.emplace_back();
    entry["text"] = threshold.text;
    entry["actual"] = threshold.actual ? Json(*threshold.actual) : Json();
    entry["pass"] = threshold.pass;
  }
  return out;
}

Json errors_json(const Summary& summary) {
  Json out = Json::array();
  for (std::size_t i = 0; i < std::min(summary.errors.size(), listed_max); ++i) {
    Json& entry = out.emplace_back();
    entry["code"] = summary.errors[i].code;
    entry["message"] = summary.errors[i].message;
    entry["count"] = summary.errors[i].count;
  }
  return out;
}

Json failures_json(const Summary& summary) {
  Json out = Json::array();
  for (std::size_t i = 0; i < std::min(summary.failures.size(), listed_max); ++i) {
    Json& entry = out.emplace_back();
    entry["reason"] = summary.failures[i].reason;
    entry["count"] = summary.failures[i].count;
  }
  return out;
}

}  // namespace

Distribution Distribution::of(const Histogram& histogram) {
  Distribution d;
  d.count = histogram.count();
  if (d.count == 0) return d;
  d.min = histogram.min();
  d.p50 = histogram.percentile(50);
  d.p90 = histogram.percentile(90);
  d.p99 = histogram.percentile(99);
  d.max = histogram.max();
  return d;
}

std::uint64_t Summary::violations() const {
  std::uint64_t all = 0;
  for (const InvariantResult& invariant : invariants) all += invariant.violations;
  return all;
}

bool Summary::passed() const {
  return !interrupted && violations() == 0 && escrows.unfinished() == 0 &&
         std::all_of(thresholds.begin(), thresholds.end(),
                     [](const ThresholdResult& threshold) { return threshold.pass; });
}

Json to_json(const Summary& summary) {
  Json out;
  out["scenario"] = summary.run.scenario;
  out["world"] = summary.run.world;
  out["seed"] = summary.run.seed;
  out["digest"] = summary.run.digest;
  out["interrupted"] = summary.interrupted;
  if (summary.abort) {
    out["aborted"]["threshold"] = summary.abort->threshold;
    out["aborted"]["at_ms"] = to_ms(summary.abort->at.time_since_epoch());
  }
  out["escrows"] = escrows_json(summary);
  out["makespan_ms"] = to_ms(summary.makespan);
  out["setup_ms"]["count"] = summary.setup.count;
  add_times(out["setup_ms"], summary.setup);
  out["call_ms"]["count"] = summary.calls.count;
  add_times(out["call_ms"], summary.calls);
  out["lateness_ms"]["count"] = summary.lateness.count;
  add_times(out["lateness_ms"], summary.lateness);
  out["rpc"] = rpc_json(summary);
  out["errors"] = errors_json(summary);
  out["failures"] = failures_json(summary);
  out["invariants"] = invariants_json(summary);
  out["faults"] = faults_json(summary);
  out["thresholds"] = thresholds_json(summary);
  if (summary.as_expected) {
    out["as_expected"] = *summary.as_expected;
    out["unexpected"] = summary.unexpected;
  }
  out["verdict"] = summary.passed() ? "pass" : "fail";
  return out;
}

}  // namespace escrowstorm::sim
