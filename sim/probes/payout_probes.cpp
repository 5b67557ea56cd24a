#include "sim/probes/payout_probes.hpp"

#include <map>
#include <set>

#include "sim/invariants/nonce_book.hpp"
#include "sim/probes/payout_stages.hpp"

namespace escrowstorm::sim {
namespace {

class CrashAtAStage final : public Probe {
 public:
  explicit CrashAtAStage(PayoutStage stage) : stage_(stage) {}

 private:
  void executed(const mockrpc::LedgerEntry& entry) override { stages_.executed(entry); }
  void durable(const coordinator::EscrowRecord& record) override { stages_.durable(record); }
  void told(const Event& event) override {
    if (is_coordinator_crash(event) && stages_.any_at(stage_)) meet();
    stages_.told(event);
  }

  const PayoutStage stage_;
  PayoutStages stages_;
};

// The wallet took it, and nobody was told.
class AnswerOfSubmitLost final : public Probe {
  void executed(const mockrpc::LedgerEntry& entry) override {
    if (!entry.whom || !holds_alternative<walletrpc::SubmitMultisig>(*entry.request)) return;
    if (std::holds_alternative<walletrpc::Answer>(*entry.outcome))
      taken_.insert(entry.whom->escrow);
    else
      taken_.erase(entry.whom->escrow);
  }
  void told(const Event& event) override {
    const bool lost = event.kind == EventKind::fault && event.phase == "lost_reply";
    if (lost && event.method == walletrpc::SubmitMultisig::method && event.escrow &&
        taken_.contains(*event.escrow))
      meet();
  }

  std::set<EscrowId> taken_;  // by its last call
};

// A sync, a failure, another sync and another transaction. Syncs for a balance count too.
class PayoutStartedOver final : public Probe {
  enum class Step : unsigned char { synced, failed, synced_again };

  void executed(const mockrpc::LedgerEntry& entry) override {
    if (!entry.whom || !std::holds_alternative<walletrpc::Answer>(*entry.outcome)) return;
    if (holds_alternative<walletrpc::ExportMultisigInfo>(*entry.request)) {
      const auto [step, first] = steps_.try_emplace(entry.whom->escrow, Step::synced);
      if (step->second == Step::failed) step->second = Step::synced_again;
    } else if (!txset_made_by(*entry.outcome).empty()) {
      const auto step = steps_.find(entry.whom->escrow);
      if (step == steps_.end() || step->second != Step::synced_again) return;
      step->second = Step::synced;
      meet();
    }
  }
  void told(const Event& event) override {
    if (!is_payout_failure(event)) return;
    const auto step = steps_.find(*event.escrow);
    if (step != steps_.end()) step->second = Step::failed;
  }
  void durable(const coordinator::EscrowRecord& record) override {
    if (record.phase >= coordinator::Phase::signed_) steps_.erase(record.id);
  }

  std::map<EscrowId, Step> steps_;
};

}  // namespace

std::unique_ptr<Probe> make_crash_after_decision() {
  return std::make_unique<CrashAtAStage>(PayoutStage::decided);
}
std::unique_ptr<Probe> make_crash_after_making() {
  return std::make_unique<CrashAtAStage>(PayoutStage::made);
}
std::unique_ptr<Probe> make_crash_after_signature() {
  return std::make_unique<CrashAtAStage>(PayoutStage::signed_);
}
std::unique_ptr<Probe> make_crash_after_signed_commit() {
  return std::make_unique<CrashAtAStage>(PayoutStage::kept);
}
std::unique_ptr<Probe> make_crash_after_submission() {
  return std::make_unique<CrashAtAStage>(PayoutStage::submitted);
}
std::unique_ptr<Probe> make_answer_of_submit_lost() {
  return std::make_unique<AnswerOfSubmitLost>();
}
std::unique_ptr<Probe> make_payout_started_over() { return std::make_unique<PayoutStartedOver>(); }

}  // namespace escrowstorm::sim
