#include "sim/metrics/summary_builder.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t distinct_max = 1000;  // texts come from outside: memory stays bounded

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// One more of `key`, or of `rest` when there are too many different ones already.
template <class Key>
void count(std::map<Key, std::uint64_t>& counts, Key key, Key rest) {
  const bool full = counts.size() >= distinct_max && !counts.contains(key);
  ++counts[full ? std::move(rest) : std::move(key)];
}

bool ends_with_role(std::string_view text) {
  return std::any_of(all_roles.begin(), all_roles.end(), [text](Role role) {
    const std::string_view name = name_of(role);
    return text.ends_with(name) && text.substr(0, text.size() - name.size()).ends_with("_N_");
  });
}

// A failure without the numbers of its instance, escrow and attempt, so that alike ones count as
// one: "buyer: open_wallet on instance 3: ... s1_12_buyer_2" to "... instance N: ... s1_N_buyer".
std::string reason_of(std::string_view failure) {
  std::string reason;
  for (std::size_t i = 0; i < failure.size();) {
    std::size_t end = i;
    while (end < failure.size() && is_digit(failure[end])) ++end;
    const bool between = reason.ends_with('_') && end < failure.size() && failure[end] == '_';
    const bool named = reason.ends_with("instance ") || reason.ends_with("escrow ");
    const bool of_attempt = reason.ends_with('_') &&
                            ends_with_role(std::string_view(reason).substr(0, reason.size() - 1));
    if (end > i && of_attempt) {
      reason.pop_back();
    } else if (end > i && (between || named)) {
      reason += 'N';
    } else {
      end = std::max(end, i + 1);
      reason += failure.substr(i, end - i);
    }
    i = end;
  }
  return reason;
}

// Most frequent first; those of one count in the order they came in, which is sorted.
template <class Counted>
void sort_by_count(std::vector<Counted>& counted) {
  std::stable_sort(counted.begin(), counted.end(),
                   [](const Counted& a, const Counted& b) { return a.count > b.count; });
}

}  // namespace

void SummaryBuilder::on(const Event& event) {
  last_ = std::max(last_, event.at);
  if (event.kind == EventKind::rpc) on_call(event);
  if (event.kind == EventKind::escrow) on_escrow(event);
}

void SummaryBuilder::on_call(const Event& event) {
  auto at = methods_.find(event.method);
  if (at == methods_.end()) at = methods_.emplace(std::string(event.method), Method()).first;
  at->second.took.record(event.duration);
  if (event.ok) return;
  ++at->second.errors;
  count(errors_, std::pair(event.code, event.message), std::pair(0, std::string("(other errors)")));
}

void SummaryBuilder::on_escrow(const Event& event) {
  if (event.phase == storm_phase::interrupted) {
    interrupted_ = true;
  } else if (event.phase == storm_phase::aborted) {
    abort_ = Abort{event.message, event.at};
  } else if (event.phase == storm_phase::requested) {
    on_start(event);
  } else if (event.phase == storm_phase::set_up) {
    ++escrows_.ready;
    setup_.record(event.duration);
    going_on_.insert(*event.escrow);
  } else if (event.phase == storm_phase::answered) {
    calls_.record(event.duration);
    going_on_.insert(*event.escrow);
  } else if (event.phase == storm_phase::ended) {
    on_end(event);
  }
}

void SummaryBuilder::on_start(const Event& event) {
  if (escrows_.started == 0) first_start_ = event.at;
  ++escrows_.started;
  if (event.message.empty()) return;  // a closed storm's: nothing was due
  lateness_.record(event.duration);
  escrows_.late += event.message == storm_start::late;
}

void SummaryBuilder::on_end(const Event& event) {
  const bool was_told = going_on_.erase(*event.escrow) > 0;
  if (event.ok && !was_told) {
    ++escrows_.ready;
    setup_.record(event.duration);
  }
  if (event.ok) {
    ++escrows_.completed;
  } else {
    ++escrows_.failed;
    count(failures_, reason_of(event.message), std::string("(other reasons)"));
  }
}

Summary SummaryBuilder::finish(RunFacts facts) const {
  Summary summary;
  summary.run = std::move(facts);
  summary.interrupted = interrupted_;
  summary.abort = abort_;
  summary.escrows = escrows_;
  if (escrows_.started > 0) summary.makespan = last_ - first_start_;
  summary.setup = Distribution::of(setup_);
  summary.calls = Distribution::of(calls_);
  summary.lateness = Distribution::of(lateness_);
  for (const auto& [name, method] : methods_)
    summary.rpc.push_back(MethodSummary{name, method.errors, Distribution::of(method.took)});
  for (const auto& [error, times] : errors_)
    summary.errors.push_back(ErrorCount{error.first, error.second, times});
  for (const auto& [reason, times] : failures_)
    summary.failures.push_back(ReasonCount{reason, times});
  sort_by_count(summary.errors);
  sort_by_count(summary.failures);
  return summary;
}

}  // namespace escrowstorm::sim
