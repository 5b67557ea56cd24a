#include "sim/capacity/capacity.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "sim/capacity/load_thresholds.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t at_once_tried_min = 64;
constexpr std::uint64_t times_the_instances = 8;
constexpr std::uint64_t times_the_likely_rate = 64;
// Where nothing says how long a set-up may take, it may take half as long again as alone.
constexpr int assumed_percent = 150;

class CapacityFinder {
 public:
  CapacityFinder(const Scenario& scenario, const CapacityOptions& options,
                 const LoadProgress& progress)
      : options_(options), tester_(options.test, progress), variant_{scenario, false} {}

  Capacity run() {
    LoadThresholds thresholds = load_thresholds(variant_.scenario.thresholds);
    variant_.scenario.thresholds = std::move(thresholds.kept);
    result_.left_out = std::move(thresholds.left_out);
    result_.alone = tester_.to_the_end(variant_, {LoadKind::at_once, 1}, "alone");
    tester_.set_length(result_.alone.setup_p50, result_.alone.life_p50);
    result_.at_once =
        most_of(at_once_variant(thresholds.limits_time), LoadKind::at_once, at_once_range());
    if (!tester_.stopped())
      result_.per_minute = most_of(variant_, LoadKind::per_minute, per_minute_range());
    const MostCarried& most = result_.per_minute.most;
    if (most.carried > 0) result_.too_short = too_short(most.carried_load(), tester_.length());
    if (options_.per_minute && !tester_.stopped()) advise();
    result_.cut_short = tester_.stopped();
    return std::move(result_);
  }

 private:
  CapacityAnswer most_of(const CapacityVariant& variant, LoadKind kind, const SearchRange& range) {
    CapacityAnswer answer;
    answer.most = find_most_carried(variant, kind, range, tester_);
    if (!answer.most.failed || tester_.stopped()) return answer;
    const std::uint64_t beyond = size_beyond(answer.most.carried, *answer.most.failed);
    answer.limit = find_limit(variant, {kind, std::min(beyond, load_size_max(kind))}, tester_);
    return answer;
  }

  // Escrows at once only queue: without a limit of time any number of them is carried.
  CapacityVariant at_once_variant(bool limits_time) {
    CapacityVariant variant = variant_;
    if (limits_time || result_.alone.setup_p99 == Duration::zero()) return variant;
    result_.assumed = threshold_on_setup_p99(result_.alone.setup_p99 * assumed_percent / 100);
    variant.scenario.thresholds.push_back(*result_.assumed);
    return variant;
  }

  SearchRange at_once_range() const {
    const std::uint64_t slots = variant_.scenario.fleet.instances / role_count;
    const std::uint64_t most = std::min(
        options_.at_once_max.value_or(std::max(times_the_instances * slots, at_once_tried_min)),
        load_size_max(LoadKind::at_once));
    return {std::min(slots, most), most, options_.step_percent};
  }

  // As many end in a minute as are under way, divided by how long each takes.
  SearchRange per_minute_range() const {
    const MostCarried& most = result_.at_once.most;
    const Duration each = most.carried > 0 ? most.at_carried.setup_p50 : result_.alone.setup_p50;
    const std::uint64_t at_once = std::max<std::uint64_t>(most.carried, 1);
    const std::int64_t in_an_hour =
        std::chrono::hours(at_once) / std::max(each, Duration(std::chrono::milliseconds(1)));
    const std::uint64_t most_tried = load_size_max(LoadKind::per_minute);
    const std::uint64_t start =
        std::clamp<std::uint64_t>(static_cast<std::uint64_t>(in_an_hour), 1, most_tried);
    return {start, std::min(times_the_likely_rate * start, most_tried), options_.step_percent};
  }

  void advise() {
    const Load load{LoadKind::per_minute, 60 * *options_.per_minute};
    result_.advice = advise_fleet(
        variant_, load, {result_.alone.setup_p50, result_.alone.computing_per_escrow}, tester_);
  }

  const CapacityOptions& options_;
  LoadTester tester_;
  CapacityVariant variant_;
  Capacity result_;
};

}  // namespace

bool Capacity::is_whole() const {
  return !cut_short && at_once.most.carried > 0 && per_minute.most.carried > 0 &&
         (!advice || advice->fleet);
}

bool has_escrows(const Scenario& scenario) {
  const std::vector<JourneySpec>& journeys = scenario.storm.journeys;
  return journeys.empty() ||
         std::any_of(journeys.begin(), journeys.end(),
                     [](const JourneySpec& one) { return one.end != JourneyEnd::call; });
}

Capacity find_capacity(const Scenario& scenario, const CapacityOptions& options,
                       const LoadProgress& progress) {
  return CapacityFinder(scenario, options, progress).run();
}

}  // namespace escrowstorm::sim
