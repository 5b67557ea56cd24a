#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "sim/compare/bootstrap.hpp"
#include "sim/compare/estimates.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::array<unsigned, 3> percents{50, 90, 99};
constexpr std::array<std::string_view, 3> percentile_names{"p50", "p90", "p99"};

// The times of one kind in each group, in the order of their length.
class GroupedTimes {
 public:
  using Pick = std::function<const TimeCounts*(const EscrowGroup&)>;

  GroupedTimes(const std::vector<EscrowGroup>& groups, const Pick& pick) {
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
      const TimeCounts* times = pick(groups[group]);
      if (times == nullptr || times->count() == 0) continue;
      for (const auto& [time, count] : times->counts()) entries_.push_back({time, count, group});
      in_group_.push_back({group, times->count()});
      count_ += times->count();
    }
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& x, const Entry& y) { return x.time < y.time; });
  }

  std::uint64_t count() const { return count_; }

  // The nearest-rank percentiles in ms when each group is there as often as it was drawn.
  bool measure(std::span<const std::uint32_t> drawn, std::span<double> out) const {
    std::uint64_t all = 0;
    for (const auto& [group, count] : in_group_) all += drawn[group] * count;
    if (all == 0) return false;
    std::uint64_t passed = 0;
    std::size_t next = 0;
    for (const Entry& entry : entries_) {
      passed += drawn[entry.group] * entry.count;
      while (next < percents.size() && passed >= (all * percents[next] + 99) / 100)
        out[next++] = to_ms(entry.time);
      if (next == percents.size()) break;
    }
    return true;
  }

 private:
  struct Entry {
    Duration time;
    std::uint64_t count;
    std::uint32_t group;
  };
  struct InGroup {
    std::uint32_t group;
    std::uint64_t count;
  };

  std::vector<Entry> entries_;
  std::vector<InGroup> in_group_;
  std::uint64_t count_ = 0;
};

class TraceEstimating {
 public:
  TraceEstimating(const RunSummary& run, const EscrowGroups& trace, std::string_view side)
      : groups_(trace.groups()),
        resamples_(Random(1).stream(side), std::max<std::size_t>(groups_.size(), 1),
                   resamples_count) {
    std::uint64_t started = 0;
    for (const EscrowGroup& group : groups_) started += group.started;
    if (groups_.size() < groups_min)
      of_groups_ = Sureness::too_few;
    else if (started < turns_min * trace.most_at_once())
      of_groups_ = Sureness::at_once;
    for (const auto& [name, value] : run.metrics) metrics_[name].estimate.value = value;
  }

  SideMetrics run() && {
    times("setup_ms", [](const EscrowGroup& group) { return &group.setup; });
    times("call_ms", [](const EscrowGroup& group) { return &group.calls; });
    times("lateness_ms", [](const EscrowGroup& group) { return &group.lateness; });
    const auto started = [](const EscrowGroup& group) { return group.started; };
    share(
        "escrows.ready", [](const EscrowGroup& group) { return group.ready; }, started);
    share(
        "escrows.completed", [](const EscrowGroup& group) { return group.completed; }, started);
    share(
        "escrows.failed", [](const EscrowGroup& group) { return group.failed; }, started);
    share(
        "escrows.late", [](const EscrowGroup& group) { return group.late; }, started);
    share(
        "escrows.unfinished",
        [](const EscrowGroup& group) {
          return group.started - std::min(group.started, group.completed + group.failed);
        },
        started);
    for (const std::string& method : methods()) calls_of(method);
    return std::move(metrics_);
  }

 private:
  using Count = std::function<std::uint64_t(const EscrowGroup&)>;

  std::set<std::string> methods() const {
    std::set<std::string> names;
    for (const EscrowGroup& group : groups_)
      for (const auto& [method, calls] : group.rpc) names.insert(method);
    return names;
  }

  void calls_of(const std::string& method) {
    const auto found = [method](const EscrowGroup& group) {
      const auto at = group.rpc.find(method);
      return at == group.rpc.end() ? nullptr : &at->second;
    };
    times("rpc." + method, [found](const EscrowGroup& group) {
      const MethodCalls* calls = found(group);
      return calls == nullptr ? nullptr : &calls->took;
    });
    share(
        "rpc." + method + ".errors",
        [found](const EscrowGroup& group) {
          const MethodCalls* calls = found(group);
          return calls == nullptr ? 0 : calls->errors;
        },
        [found](const EscrowGroup& group) {
          const MethodCalls* calls = found(group);
          return calls == nullptr ? 0 : calls->took.count();
        });
  }

  // The metric, where the summary has it and something is known of it.
  SideMetric* measured(const std::string& name, bool enough) {
    const auto at = metrics_.find(name);
    if (at == metrics_.end()) return nullptr;
    SideMetric& metric = at->second;
    metric.sureness = enough ? of_groups_ : Sureness::too_few;
    metric.estimate.units = groups_.size();
    return metric.sureness == Sureness::known ? &metric : nullptr;
  }

  void times(const std::string& section, const GroupedTimes::Pick& pick) {
    const GroupedTimes all(groups_, pick);
    std::vector<double> errors(percents.size());
    if (of_groups_ == Sureness::known && all.count() > 0)
      errors = standard_errors(resamples_, percents.size(),
                               [&](auto drawn, auto out) { return all.measure(drawn, out); });
    for (std::size_t i = 0; i < percents.size(); ++i) {
      const bool enough = all.count() * (100 - percents[i]) >= beyond_min * 100;
      SideMetric* metric = measured(section + "." + std::string(percentile_names[i]), enough);
      if (metric != nullptr) metric->estimate.standard_error = errors[i];
    }
  }

  // How many `of` those are such, of as many as there were.
  void share(const std::string& name, const Count& such, const Count& of) {
    std::vector<std::array<double, 2>> counts;
    double all = 0;
    for (const EscrowGroup& group : groups_) {
      counts.push_back({static_cast<double>(such(group)), static_cast<double>(of(group))});
      all += counts.back()[1];
    }
    SideMetric* metric = measured(name, true);
    if (metric == nullptr) return;
    metric->estimate.standard_error = standard_errors(resamples_, 1, [&](auto drawn, auto out) {
                                        double part = 0;
                                        double whole = 0;
                                        for (std::size_t i = 0; i < counts.size(); ++i) {
                                          part += drawn[i] * counts[i][0];
                                          whole += drawn[i] * counts[i][1];
                                        }
                                        out[0] = part / whole * all;
                                        return whole > 0;
                                      }).front();
  }

  const std::vector<EscrowGroup>& groups_;
  const Resamples resamples_;
  Sureness of_groups_ = Sureness::known;
  SideMetrics metrics_;
};

}  // namespace

SideMetrics estimates_of_run(const RunSummary& run, const EscrowGroups& trace,
                             std::string_view side) {
  return TraceEstimating(run, trace, side).run();
}

}  // namespace escrowstorm::sim
