#include "sim/probes/call_probes.hpp"

#include <set>
#include <vector>

#include "sim/invariants/message_book.hpp"

namespace escrowstorm::sim {
namespace {

// An escrow fills a slot in which another's wallet was left open.
class SlotTakenOver final : public Probe {
  void executed(const mockrpc::LedgerEntry& entry) override {
    const bool fills = holds_alternative<walletrpc::CreateWallet>(*entry.request) ||
                       holds_alternative<walletrpc::OpenWallet>(*entry.request);
    if (!fills || !entry.whom) return;
    if (entry.instance >= filled_by_.size()) filled_by_.resize(std::size_t{entry.instance} + 1);
    std::optional<EscrowId>& last = filled_by_[entry.instance];
    if (!entry.wallet_before.empty() && last && *last != entry.whom->escrow) meet();
    last = entry.whom->escrow;
  }

  std::vector<std::optional<EscrowId>> filled_by_;  // by instance
};

bool is_answer_lost(const Event& event) {
  return event.kind == EventKind::fault && event.phase == "lost_reply";
}

class AnswerOfARoundLost final : public Probe {
  void told(const Event& event) override {
    const bool of_round =
        event.method == "make_multisig" || event.method == "exchange_multisig_keys";
    if (is_answer_lost(event) && of_round) meet();
  }
};

// A call whose answer was lost was made again, and ran again.
class ExecutedTwice final : public Probe {
  void executed(const mockrpc::LedgerEntry& entry) override {
    if (lost_ && entry.whom && lost_->escrow == entry.whom->escrow &&
        lost_->role == entry.whom->role && lost_->method == method_of(*entry.request)) {
      meet();
      lost_.reset();
    }
  }
  void told(const Event& event) override {
    if (is_answer_lost(event) && event.escrow && event.role)
      lost_ = Lost{*event.escrow, *event.role, event.method};
  }

  struct Lost {
    EscrowId escrow;
    Role role;
    std::string_view method;
  };
  std::optional<Lost> lost_;
};

class CallEndedSo final : public Probe {
 public:
  explicit CallEndedSo(std::string_view begin) : begin_(begin) {}

 private:
  void told(const Event& event) override {
    if (event.kind == EventKind::rpc && !event.ok && event.message.starts_with(begin_)) meet();
  }

  const std::string_view begin_;  // of the error's text
};

class AllInstancesLeased final : public Probe {
  void told(const Event& event) override {
    if (event.kind == EventKind::lease && event.phase == "wait") meet();
  }
};

// A call was executed at an instance that nobody was to get before it was done with such calls.
class LateCallBeforeADrain final : public Probe {
  void executed(const mockrpc::LedgerEntry& entry) override {
    if (entry.whom && suspended_.contains(entry.instance)) meet();
  }
  void told(const Event& event) override {
    if (event.kind == EventKind::escrow && event.phase == "crashed") suspended_.clear();
    if (event.kind != EventKind::lease || !event.instance) return;
    if (event.phase == "suspended") suspended_.insert(*event.instance);
    if (event.phase == "resumed") suspended_.erase(*event.instance);
  }

  std::set<std::uint32_t> suspended_;
};

}  // namespace

std::unique_ptr<Probe> make_slot_taken_over() { return std::make_unique<SlotTakenOver>(); }
std::unique_ptr<Probe> make_answer_of_a_round_lost() {
  return std::make_unique<AnswerOfARoundLost>();
}
std::unique_ptr<Probe> make_executed_twice() { return std::make_unique<ExecutedTwice>(); }
std::unique_ptr<Probe> make_deadline_passed() { return std::make_unique<CallEndedSo>("deadline"); }
std::unique_ptr<Probe> make_refused_by_a_dead_instance() {
  return std::make_unique<CallEndedSo>("refused");
}
std::unique_ptr<Probe> make_all_instances_leased() {
  return std::make_unique<AllInstancesLeased>();
}
std::unique_ptr<Probe> make_late_call_before_a_drain() {
  return std::make_unique<LateCallBeforeADrain>();
}

}  // namespace escrowstorm::sim
