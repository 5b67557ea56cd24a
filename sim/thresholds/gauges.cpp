#include "sim/thresholds/gauges.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {

using Json = nlohmann::ordered_json;

bool FirstReady::is(const Event& event) {
  if (event.kind != EventKind::escrow) return false;
  if (event.phase == storm_phase::answered) going_on_.insert(*event.escrow);
  if (event.phase == storm_phase::set_up) return going_on_.insert(*event.escrow).second;
  return event.phase == storm_phase::ended && going_on_.erase(*event.escrow) == 0 && event.ok;
}

Gauge::Gauge(std::string_view path, Selection selection)
    : what_(path.substr(path.rfind('.') + 1)),
      of_setup_(path.starts_with("setup_ms.")),
      of_journey_call_(path.starts_with("call_ms.")),
      selection_(std::move(selection)) {
  constexpr std::string_view rpc = "rpc.";
  if (path.starts_with(rpc)) method_ = path.substr(rpc.size(), path.rfind('.') - rpc.size());
}

bool Gauge::counts(const Event& event, bool first_ready) const {
  if (!method_.empty()) return event.kind == EventKind::rpc && event.method == method_;
  if (event.kind != EventKind::escrow) return false;
  if (of_setup_ || what_ == "ready") return first_ready;
  if (of_journey_call_) return event.phase == storm_phase::answered;
  if (what_ == "started") return event.phase == storm_phase::requested;
  return event.phase == storm_phase::ended && event.ok == (what_ == "completed");
}

bool Gauge::on(const Event& event, bool first_ready) {
  if (!selection_.takes(event) || !counts(event, first_ready)) return false;
  took_.record(event.duration);
  errors_ += event.ok ? 0 : 1;
  return true;
}

Json Gauge::value() const {
  const bool of_calls = !method_.empty();
  const bool is_timed = of_calls || of_setup_ || of_journey_call_;
  if (what_ == "count" || !is_timed) return took_.count();
  if (of_calls && took_.count() == 0) return Json();  // as for the whole run: no such call
  if (what_ == "errors") return errors_;
  if (took_.count() == 0) return Json();
  if (what_ == "min") return to_ms(took_.min());
  if (what_ == "max") return to_ms(took_.max());
  return to_ms(took_.percentile(percent()));
}

unsigned Gauge::percent() const {
  unsigned percent = 0;  // "p99"
  std::from_chars(what_.data() + 1, what_.data() + what_.size(), percent);
  return percent;
}

std::optional<double> Gauge::at_least(std::uint64_t samples_max) const {
  if (what_ == "errors") return static_cast<double>(errors_);
  if (took_.count() == 0) return std::nullopt;
  if (what_ == "max") return to_ms(took_.max());
  if (!is_percentile()) return static_cast<double>(took_.count());
  return to_ms(took_.percentile_among(samples_max, percent()));
}

Gauges::Gauges(const Scenario& scenario) {
  for (const Threshold& threshold : scenario.thresholds) add(threshold);
  if (!scenario.expect) return;
  for (const Threshold& threshold : scenario.expect->metrics) add(threshold);
}

void Gauges::add(const Threshold& threshold) {
  const Metric& metric = threshold.metric;
  if (metric.selection.takes_all()) return;
  gauges_.try_emplace(metric.name(), metric.path, metric.selection);
  if (!metric.whole.empty())
    gauges_.try_emplace(metric.name_of_whole(), metric.whole, metric.selection);
}

void Gauges::on(const Event& event) {
  if (gauges_.empty()) return;
  const bool first_ready = first_ready_.is(event);
  for (auto& [metric, gauge] : gauges_) gauge.on(event, first_ready);
}

void Gauges::add_to(Json& summary) const {
  for (const auto& [metric, gauge] : gauges_) {
    Json& entry = summary["selected"][metric];
    entry["value"] = gauge.value();
    if (gauge.is_percentile()) entry["samples"] = gauge.samples();
  }
}

}  // namespace escrowstorm::sim
