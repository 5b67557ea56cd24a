#include "coordinator/coordinator.hpp"

#include <cassert>
#include <map>
#include <stdexcept>

#include "coordinator/setup/setup_run.hpp"
#include "coordinator/slots/policies.hpp"

namespace escrowstorm::coordinator {
namespace {

std::unique_ptr<SlotPool> make_slots(const std::string& name, InstanceId instances, Clock& clock,
                                     Observer& observer) {
  const SlotPolicy* policy = find_slot_policy(name);
  if (policy == nullptr)
    throw std::invalid_argument("no slot policy is named \"" + name + "\": there are " +
                                slot_policy_names());
  if (instances < role_count)
    throw std::invalid_argument("an escrow needs three wallet RPC instances, the fleet has " +
                                std::to_string(instances));
  return policy->make(instances, clock, observer);
}

SetupOutcome outcome_of(const EscrowRecord& ended) {
  return SetupOutcome{ended.phase == Phase::ready, ended.address, ended.failure};
}

// How a set-up ended, shared by the run and by those who wait for it: they may come back when the
// coordinator is no more.
struct Ending {
  bool ended = false;
  SetupOutcome outcome;
};

// A set-up under way.
struct Active {
  std::shared_ptr<SetupRun> run;
  std::shared_ptr<Ending> ending;
  WaitList waiters;
};

}  // namespace

struct Coordinator::Parts {
  Parts(Transport& transport, Clock& world_clock, Executors& world_executors,
        Observer& world_observer, EscrowStore& world_store, const CoordinatorOptions& options)
      : clock(world_clock),
        executors(world_executors),
        observer(world_observer),
        store(world_store),
        policy{options.wallet_prefix, options.verify_wallet, options.publish_after,
               options.persistence,   options.waits,         options.multisig_switch},
        slots(make_slots(options.slots, transport.instances(), clock, observer)),
        client(std::make_shared<WalletClient>(transport, clock, observer, options.call_deadline)),
        gates(clock, options.waits) {}

  ~Parts() { client->abandon(); }

  void remember(EscrowRecord record);
  std::shared_ptr<Ending> begin(EscrowId id);
  SetupMachine machine_for(EscrowId id);
  void end(EscrowId id, const SetupOutcome& outcome);

  Clock& clock;
  Executors& executors;
  Observer& observer;
  EscrowStore& store;
  const SetupPolicy policy;
  const std::unique_ptr<SlotPool> slots;
  const std::shared_ptr<WalletClient> client;
  Gates gates;
  std::map<EscrowId, SetupOutcome> ended;
  std::map<EscrowId, EscrowRecord> interrupted;  // an earlier coordinator died over them
  std::map<EscrowId, Active> active;             // dropped before all the others
};

Coordinator::Coordinator(Transport& transport, Clock& clock, Executors& executors,
                         Observer& observer, EscrowStore& store, CoordinatorOptions options,
                         std::vector<EscrowRecord> remembered)
    : parts_(std::make_unique<Parts>(transport, clock, executors, observer, store, options)) {
  for (EscrowRecord& record : remembered) parts_->remember(std::move(record));
}

Coordinator::~Coordinator() = default;

Awaitable<SetupOutcome> Coordinator::set_up(EscrowId id) {
  const auto ended = parts_->ended.find(id);
  if (ended != parts_->ended.end()) co_return ended->second;
  const auto joined = parts_->active.find(id);
  const std::shared_ptr<Ending> ending =
      joined == parts_->active.end() ? parts_->begin(id) : joined->second.ending;
  if (!ending->ended) co_await parts_->active.at(id).waiters.wait();
  co_return ending->outcome;
}

void Coordinator::Parts::remember(EscrowRecord record) {
  const EscrowId id = record.id;
  if (has_ended(record.phase)) {
    ended.emplace(id, outcome_of(record));
    return;
  }
  if (record.address.empty()) record.messages = {};  // of no use to the next attempt
  interrupted.emplace(id, std::move(record));
}

std::shared_ptr<Ending> Coordinator::Parts::begin(EscrowId id) {
  const SetupRun::Seams seams{clock, executors, observer, store, *slots, gates, client};
  const auto run = std::make_shared<SetupRun>(
      seams, machine_for(id), [this, id](const SetupOutcome& outcome) { end(id, outcome); });
  const auto ending = std::make_shared<Ending>();
  active[id].run = run;
  active[id].ending = ending;
  run->start();
  return ending;
}

SetupMachine Coordinator::Parts::machine_for(EscrowId id) {
  const auto before = interrupted.extract(id);
  if (before.empty()) return SetupMachine(id, 1, policy);
  EscrowRecord& record = before.mapped();
  if (!record.address.empty()) return SetupMachine(std::move(record));
  return SetupMachine(id, record.attempt + 1, policy);
}

void Coordinator::Parts::end(EscrowId id, const SetupOutcome& outcome) {
  ended.emplace(id, outcome);
  const auto run = active.extract(id);
  run.mapped().ending->outcome = outcome;
  run.mapped().ending->ended = true;
  run.mapped().waiters.wake_all();
}

}  // namespace escrowstorm::coordinator
