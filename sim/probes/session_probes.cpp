#include "sim/probes/session_probes.hpp"

#include <map>
#include <set>
#include <vector>

#include "base/walletrpc/error_code.hpp"

namespace escrowstorm::sim {
namespace {

bool is_of_escrow(const Event& event, std::string_view phase) {
  return event.kind == EventKind::escrow && event.phase == phase && event.escrow;
}

// A session gave its instances back while others waited, and its escrow had yet to be paid out.
class SessionEndedForOthers final : public Probe {
  void durable(const coordinator::EscrowRecord& record) override {
    if (coordinator::lives(record.phase) && record.phase < coordinator::Phase::closed)
      unpaid_.insert(record.id);
    else
      unpaid_.erase(record.id);
  }
  void told(const Event& event) override {
    if (is_coordinator_crash(event)) {
      waiting_.clear();
      gave_way_.clear();
    }
    if (event.kind == EventKind::lease && event.escrow) on_lease(event, *event.escrow);
    if (is_of_escrow(event, "session")) gave_way_.erase(*event.escrow);  // it was not an end
    if (is_of_escrow(event, "session_end") && gave_way_.erase(*event.escrow) > 0) meet();
  }
  void on_lease(const Event& event, EscrowId escrow) {
    if (event.phase == "wait") waiting_.insert(escrow);
    if (event.phase == "granted") waiting_.erase(escrow);
    if (event.phase == "released" && !waiting_.empty() && unpaid_.contains(escrow))
      gave_way_.insert(escrow);
  }

  std::set<EscrowId> unpaid_;
  std::set<EscrowId> waiting_;
  std::set<EscrowId> gave_way_;
};

// An instance was restarted while the escrow's wallet was kept open there. Who had a call under way
// there, or called while it was down, knew before.
class SessionFoundLost final : public Probe {
  void executed(const mockrpc::LedgerEntry& entry) override {
    Slot& here = slot(entry.instance);
    const bool none_open = is_refused_for_want_of_a_wallet(*entry.outcome);
    const bool closes = holds_alternative<walletrpc::CloseWallet>(*entry.request);
    if (here.lost && here.lost == entry.whom && none_open && !closes) meet();
    here.lost.reset();
    here.used_for = entry.wallet ? entry.whom : std::nullopt;
  }
  void killed(std::uint32_t instance, std::string_view wallet) override {
    Slot& here = slot(instance);
    here.lost.reset();
    if (!wallet.empty() && here.used_for && kept_.contains(here.used_for->escrow))
      here.lost = here.used_for;
    here.used_for.reset();
  }
  void told(const Event& event) override {
    if (is_coordinator_crash(event)) {
      kept_.clear();
      for (Slot& one : slots_) one.lost.reset();
    }
    const bool opened = is_of_escrow(event, "session") || is_of_escrow(event, "ready");
    if (opened && event.ok) kept_.insert(*event.escrow);
    if (is_of_escrow(event, "session_end")) kept_.erase(*event.escrow);
    const bool unanswered = event.kind == EventKind::rpc && !event.ok && event.code == 0;
    if (unanswered && event.instance) slot(*event.instance).lost.reset();
  }

  static bool is_refused_for_want_of_a_wallet(const mockrpc::CallOutcome& outcome) {
    const auto* error = std::get_if<walletrpc::RpcError>(&outcome);
    return error && error->code == walletrpc::error_code::no_wallet_file;
  }

  struct Slot {
    std::optional<CallFor> used_for;  // the wallet that is open
    std::optional<CallFor> lost;      // the one that was
  };
  Slot& slot(std::uint32_t instance) {
    if (instance >= slots_.size()) slots_.resize(std::size_t{instance} + 1);
    return slots_[instance];
  }

  std::vector<Slot> slots_;  // by instance
  std::set<EscrowId> kept_;  // escrows that have a session
};

class PaidDuringALook final : public Probe {
  void told(const Event& event) override {
    if (event.kind == EventKind::chain && event.phase == "paid" && event.ok && event.escrow)
      paid_.insert_or_assign(*event.escrow, event.at);
    if (!is_of_escrow(event, "balance")) return;
    const auto paid = paid_.find(*event.escrow);
    if (paid == paid_.end()) return;
    const TimePoint began = event.at - event.duration;
    if (began < paid->second && paid->second < event.at) meet();
    if (began > paid->second) paid_.erase(paid);
  }

  std::map<EscrowId, TimePoint> paid_;  // at last, until it was looked at
};

class BalanceJoined final : public Probe {
  void told(const Event& event) override {
    if (is_of_escrow(event, "balance_joined")) meet();
  }
};

}  // namespace

std::unique_ptr<Probe> make_session_ended_for_others() {
  return std::make_unique<SessionEndedForOthers>();
}
std::unique_ptr<Probe> make_session_found_lost() { return std::make_unique<SessionFoundLost>(); }
std::unique_ptr<Probe> make_paid_during_a_look() { return std::make_unique<PaidDuringALook>(); }
std::unique_ptr<Probe> make_balance_joined() { return std::make_unique<BalanceJoined>(); }

}  // namespace escrowstorm::sim
