#include "sim/probes/crash_probes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "sim/invariants/message_book.hpp"
#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {
namespace {

// A wallet had answered its message of a round, and the coordinator died before it was durable.
class CrashBetweenAnswerAndCommit final : public Probe {
  void executed(const mockrpc::LedgerEntry& entry) override {
    const std::string_view message = message_made_by(*entry.outcome);
    if (entry.whom && !message.empty()) answered_[entry.whom->escrow].insert(message_id(message));
  }
  void durable(const coordinator::EscrowRecord& record) override {
    const auto of_escrow = answered_.find(record.id);
    if (of_escrow == answered_.end()) return;
    for (const auto& of_role : record.messages)
      for (const std::string& message : of_role) of_escrow->second.erase(message_id(message));
    if (of_escrow->second.empty()) answered_.erase(of_escrow);
  }
  void told(const Event& event) override {
    if (!is_coordinator_crash(event)) return;
    if (!answered_.empty()) meet();
    answered_.clear();
  }

  std::map<EscrowId, std::set<MessageId>> answered_;  // and not durable
};

class CrashWhileWaitingForInstances final : public Probe {
  void told(const Event& event) override {
    if (event.kind == EventKind::lease && event.escrow) {
      if (event.phase == "wait") waiting_.insert(*event.escrow);
      if (event.phase == "granted") waiting_.erase(*event.escrow);
    }
    if (!is_coordinator_crash(event)) return;
    if (!waiting_.empty()) meet();
    waiting_.clear();
  }

  std::set<EscrowId> waiting_;
};

class CrashAfterPublication final : public Probe {
  void durable(const coordinator::EscrowRecord& record) override {
    if (!record.address.empty()) published_.insert(record.id);
  }
  void told(const Event& event) override {
    if (event.kind == EventKind::escrow && event.phase == storm_phase::ended && event.escrow)
      published_.erase(*event.escrow);
    if (is_coordinator_crash(event) && !published_.empty()) meet();
  }

  std::set<EscrowId> published_;  // and not ended
};

class StartedOver final : public Probe {
  void durable(const coordinator::EscrowRecord& record) override {
    if (record.attempt > 1 && record.phase == coordinator::Phase::create) meet();
  }
};

class InstanceDiedWithAWallet final : public Probe {
  void killed(std::uint32_t, std::string_view wallet) override {
    if (!wallet.empty()) meet();
  }
};

// After the wallet became multisig, before its keys were surely saved.
class InstanceDiedInTheKeyExchange final : public Probe {
  void executed(const mockrpc::LedgerEntry& entry) override {
    if (!messages_used_by(*entry.request).empty())
      exchanging_.insert(entry.instance);
    else
      exchanging_.erase(entry.instance);
  }
  void killed(std::uint32_t instance, std::string_view) override {
    if (exchanging_.erase(instance) > 0) meet();
  }

  std::set<std::uint32_t> exchanging_;
};

}  // namespace

std::unique_ptr<Probe> make_crash_between_answer_and_commit() {
  return std::make_unique<CrashBetweenAnswerAndCommit>();
}
std::unique_ptr<Probe> make_crash_while_waiting_for_instances() {
  return std::make_unique<CrashWhileWaitingForInstances>();
}
std::unique_ptr<Probe> make_crash_after_publication() {
  return std::make_unique<CrashAfterPublication>();
}
std::unique_ptr<Probe> make_started_over() { return std::make_unique<StartedOver>(); }
std::unique_ptr<Probe> make_instance_died_with_a_wallet() {
  return std::make_unique<InstanceDiedWithAWallet>();
}
std::unique_ptr<Probe> make_instance_died_in_the_key_exchange() {
  return std::make_unique<InstanceDiedInTheKeyExchange>();
}

}  // namespace escrowstorm::sim
