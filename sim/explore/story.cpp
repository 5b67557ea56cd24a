#include "sim/explore/story.hpp"

#include <algorithm>
#include <variant>

#include "coordinator/client/error_text.hpp"
#include "mockrpc/wallet/wallet.hpp"
#include "sim/invariants/judge.hpp"
#include "sim/invariants/wallet_owner.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t remembered_max = 20'000;
constexpr std::size_t told_max = 40;

std::string slot_text(const mockrpc::LedgerEntry& entry) {
  const std::string_view before = entry.wallet_before;
  const std::string_view after = entry.wallet ? std::string_view(entry.wallet->name()) : "";
  if (before == after) return "slot: " + std::string(after.empty() ? "empty" : after);
  return "slot: " + std::string(before.empty() ? "empty" : before) + " -> " +
         std::string(after.empty() ? "empty" : after);
}

std::string outcome_text(const mockrpc::CallOutcome& outcome) {
  const auto* error = std::get_if<walletrpc::RpcError>(&outcome);
  return error ? std::to_string(error->code) + " " + coordinator::one_line(error->message) : "ok";
}

std::string caller_text(const std::optional<CallFor>& whom) {
  return whom ? owner_text(*whom) : "somebody else";
}

// What the escrow did, what happened on its instances, and what happened to all.
bool concerns(const std::optional<EscrowId>& escrow, const std::optional<std::uint32_t>& instance,
              const Violation& violation, const std::vector<std::uint32_t>& instances) {
  if (!violation.escrow || escrow == violation.escrow) return true;
  if (!instance) return !escrow;
  return std::find(instances.begin(), instances.end(), *instance) != instances.end();
}

std::string line_of(TimePoint at, const std::optional<std::uint32_t>& instance,
                    const std::string& what) {
  constexpr std::size_t time_width = 9;
  std::string time = duration_text(at - TimePoint());
  time.insert(0, time_width - std::min(time.size(), time_width), ' ');
  const std::string where = instance ? "instance " + std::to_string(*instance) + "  " : "";
  return time + "  " + where + printable(what);
}

}  // namespace

void Story::executed(const mockrpc::LedgerEntry& entry) {
  add({entry.at, entry.whom ? std::optional(entry.whom->escrow) : std::nullopt, entry.instance,
       caller_text(entry.whom) + ": " + std::string(method_of(*entry.request)) + ", " +
           outcome_text(*entry.outcome) + "; " + slot_text(entry)});
}

void Story::dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
                    const walletrpc::Request& request) {
  add({at, whom ? std::optional(whom->escrow) : std::nullopt, instance,
       caller_text(whom) + ": " + std::string(method_of(request)) + " never executed"});
}

void Story::killed(TimePoint at, std::uint32_t instance, std::string_view wallet) {
  add({at, std::nullopt, instance, "the process was killed; slot: " + wallet_text(wallet)});
}

// Calls are told by the ledger; what else the coordinator did is told here.
void Story::on(const Event& event) {
  if (event.kind == EventKind::rpc && event.ok) return;
  if (event.phase == violated_phase) return;  // those have stories of their own
  if (event.kind == EventKind::escrow && event.phase == "failed" && !failure_)
    failure_ = Ending{{"", event.at, event.escrow, event.instance, std::string(event.message)},
                      forgotten_ + happenings_.size()};
  std::string what;
  if (event.escrow) what += "escrow " + std::to_string(*event.escrow);
  if (event.role) what += "'s " + std::string(name_of(event.role.value()));
  if (event.escrow) what += ": ";
  if (event.kind != EventKind::escrow) what += std::string(name_of(event.kind)) + " ";
  what += event.phase;
  if (!event.method.empty()) what += ", " + std::string(event.method);
  if (event.code != 0) what += ", " + std::to_string(event.code);
  if (!event.message.empty()) what += ", " + event.message;
  add({event.at, event.escrow, event.instance, std::move(what)});
}

void Story::violated(const Violation& violation) {
  const bool known = std::any_of(endings_.begin(), endings_.end(), [&](const Ending& ending) {
    return ending.violation.invariant == violation.invariant;
  });
  if (!known) endings_.push_back({violation, forgotten_ + happenings_.size()});
}

void Story::add(Happening happening) {
  happenings_.push_back(std::move(happening));
  if (happenings_.size() <= remembered_max) return;
  happenings_.pop_front();
  ++forgotten_;
}

std::vector<std::string> Story::lines(std::string_view invariant) const {
  const auto ending = std::find_if(endings_.begin(), endings_.end(), [&](const Ending& one) {
    return one.violation.invariant == invariant;
  });
  return ending == endings_.end() ? std::vector<std::string>() : lines_until(*ending);
}

std::vector<std::string> Story::lines_of_failure() const {
  return failure_ ? lines_until(*failure_) : std::vector<std::string>();
}

std::vector<std::string> Story::lines_until(const Ending& ending) const {
  const Violation& violation = ending.violation;
  const std::uint64_t kept = ending.happenings - std::min(forgotten_, ending.happenings);
  std::vector<Happening> before(happenings_.begin(),
                                happenings_.begin() + static_cast<std::ptrdiff_t>(kept));
  std::vector<std::uint32_t> instances;  // that the escrow used
  for (const Happening& one : before)
    if (one.instance && one.escrow && one.escrow == violation.escrow)
      instances.push_back(*one.instance);
  std::erase_if(before, [&](const Happening& one) {
    return !concerns(one.escrow, one.instance, violation, instances);
  });

  std::vector<std::string> lines;
  const std::size_t left_out = before.size() - std::min(before.size(), told_max);
  if (left_out > 0) lines.push_back("(" + std::to_string(left_out) + " earlier ones)");
  for (std::size_t i = left_out; i < before.size(); ++i)
    lines.push_back(line_of(before[i].at, before[i].instance, before[i].what));
  const std::string end =
      violation.invariant.empty()
          ? "escrow " + std::to_string(violation.escrow.value_or(0)) + " FAILED: "
          : "VIOLATED " + std::string(violation.invariant) + ": ";
  lines.push_back(line_of(violation.at, violation.instance, end + violation.what));
  return lines;
}

}  // namespace escrowstorm::sim
