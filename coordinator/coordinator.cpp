#include "coordinator/coordinator.hpp"

#include <cassert>
#include <map>
#include <stdexcept>

#include "coordinator/files/strays.hpp"
#include "coordinator/life/lives.hpp"
#include "coordinator/setup/setup_run.hpp"
#include "coordinator/slots/drain.hpp"
#include "coordinator/slots/policies.hpp"

namespace escrowstorm::coordinator {
namespace {

const SlotPolicy& slot_policy(const std::string& name, InstanceId instances) {
  const SlotPolicy* policy = find_slot_policy(name);
  if (policy == nullptr)
    throw std::invalid_argument("no slot policy is named \"" + name + "\": there are " +
                                slot_policy_names());
  if (instances < role_count)
    throw std::invalid_argument("an escrow needs three wallet RPC instances, the fleet has " +
                                std::to_string(instances));
  return *policy;
}

WalletFolder* folder_of(const CoordinatorOptions& options) {
  if (options.persistence == Persistence::copy_per_round && !options.wallet_folder)
    throw std::invalid_argument("persistence copy_per_round needs the fleet's wallet files");
  return options.persistence == Persistence::none ? nullptr : options.wallet_folder;
}

SetupOutcome outcome_of(const EscrowRecord& ended) {
  return SetupOutcome{lives(ended.phase), ended.address, ended.failure};
}

// How a set-up ended, shared by the run and by those who wait for it: they may come back when the
// coordinator is no more.
struct Ending {
  bool ended = false;
  SetupOutcome outcome;
};

// A set-up under way.
struct Active {
  std::shared_ptr<SetupRun> run;  // of the attempt under way
  std::uint32_t attempts = 0;     // in this life
  Terms terms;
  std::shared_ptr<Ending> ending = std::make_shared<Ending>();
  WaitList waiters;
};

}  // namespace

struct Coordinator::Parts {
  Parts(Transport& transport, Clock& world_clock, Executors& world_executors,
        Observer& world_observer, EscrowStore& world_store, Entropy& world_entropy,
        const CoordinatorOptions& options)
      : clock(world_clock),
        executors(world_executors),
        observer(world_observer),
        store(world_store),
        entropy(world_entropy),
        instances(transport.instances()),
        slot_policy(coordinator::slot_policy(options.slots, instances)),
        policy{options.wallet_prefix,
               options.verify_wallet,
               options.publish_after,
               options.persistence,
               options.waits,
               options.multisig_switch,
               slot_policy.exclusive,
               options.reopen_check,
               slot_policy.exclusive && options.life.sessions.policy == SessionPolicy::session},
        attempts_max(options.setup_attempts),
        slots(slot_policy.make(instances, clock, observer)),
        client(std::make_shared<WalletClient>(transport, clock, observer, options.call_deadline)),
        drain(std::make_shared<Drain>(clock, executors, observer, *slots, client)),
        gates(clock, options.waits),
        folder(folder_of(options)),
        carrier(std::make_shared<Carrier>(clock, executors, observer, store, client)),
        living(
            carrier, *slots, folder, [this](InstanceId instance) { begin_drain(instance); },
            options.life, options.persistence, options.verify_wallet) {}

  ~Parts() { client->abandon(); }

  void remember(EscrowRecord record);
  void drain_all();
  void begin_drain(InstanceId instance);
  std::shared_ptr<Ending> begin(EscrowId id, Terms terms);
  SetupMachine machine_for(EscrowId id);
  SetupMachine new_machine(EscrowId id, std::uint32_t attempt, bool is_last);
  void start_over(EscrowId id, std::uint32_t attempt, std::unique_ptr<EscrowRecord> back_to);
  void run(EscrowId id, SetupMachine machine);
  void end(EscrowId id, const SetupOutcome& outcome, const EscrowRecord& record, const Lease* kept);

  Clock& clock;
  Executors& executors;
  Observer& observer;
  EscrowStore& store;
  Entropy& entropy;
  const InstanceId instances;
  const SlotPolicy& slot_policy;
  const SetupPolicy policy;
  const std::uint32_t attempts_max;
  const std::unique_ptr<SlotPool> slots;
  const std::shared_ptr<WalletClient> client;
  const std::shared_ptr<Drain> drain;
  Gates gates;
  WalletFolder* const folder;
  const std::shared_ptr<Carrier> carrier;
  Lives living;
  std::map<EscrowId, SetupOutcome> ended;
  std::map<EscrowId, EscrowRecord> interrupted;  // an earlier coordinator died over them
  std::map<EscrowId, Active> active;             // dropped before all the others
};

Coordinator::Coordinator(Transport& transport, Clock& clock, Executors& executors,
                         Observer& observer, EscrowStore& store, Entropy& entropy,
                         CoordinatorOptions options, std::vector<EscrowRecord> remembered)
    : parts_(
          std::make_unique<Parts>(transport, clock, executors, observer, store, entropy, options)) {
  if (!remembered.empty()) parts_->drain_all();
  if (parts_->folder) remove_strays(*parts_->folder, parts_->policy.wallet_prefix, remembered);
  for (EscrowRecord& record : remembered) parts_->remember(std::move(record));
}

Coordinator::~Coordinator() = default;

Awaitable<SetupOutcome> Coordinator::set_up(EscrowId id, Terms terms) {
  const auto ended = parts_->ended.find(id);
  if (ended != parts_->ended.end()) co_return ended->second;
  const auto joined = parts_->active.find(id);
  const std::shared_ptr<Ending> ending =
      joined == parts_->active.end() ? parts_->begin(id, std::move(terms)) : joined->second.ending;
  if (!ending->ended) co_await parts_->active.at(id).waiters.wait();
  co_return ending->outcome;
}

Awaitable<BalanceOutcome> Coordinator::balance(EscrowId id) { return parts_->living.balance(id); }

Awaitable<PayoutOutcome> Coordinator::pay_out(EscrowId id, Decision decision) {
  return parts_->living.pay_out(id, decision);
}

Awaitable<void> Coordinator::rest() { return parts_->living.rest(); }

void Coordinator::Parts::remember(EscrowRecord record) {
  const EscrowId id = record.id;
  if (is_set_up(record.phase)) {
    ended.emplace(id, outcome_of(record));
    if (lives(record.phase)) living.add(std::move(record));
    return;
  }
  // Of no use to the next attempt.
  if (record.address.empty() && !SetupMachine::can_go_back(record, policy)) record.messages = {};
  interrupted.emplace(id, std::move(record));
}

// What an earlier coordinator sent may still wait there to be done. It has called nothing before a
// record was durable, so where nothing is remembered there is nothing.
void Coordinator::Parts::drain_all() {
  for (InstanceId instance = 0; instance < instances; ++instance) begin_drain(instance);
}

// Where instances are shared the open wallet is another's.
void Coordinator::Parts::begin_drain(InstanceId instance) {
  if (slot_policy.exclusive) drain->begin(instance);
}

std::shared_ptr<Ending> Coordinator::Parts::begin(EscrowId id, Terms terms) {
  active[id].terms = std::move(terms);
  const std::shared_ptr<Ending> ending = active[id].ending;
  run(id, machine_for(id));
  return ending;
}

void Coordinator::Parts::start_over(EscrowId id, std::uint32_t attempt,
                                    std::unique_ptr<EscrowRecord> back_to) {
  const bool is_last = active.at(id).attempts + 1 >= attempts_max;
  if (back_to) return run(id, SetupMachine(std::move(*back_to), policy, is_last));
  run(id, new_machine(id, attempt + 1, is_last));
}

void Coordinator::Parts::run(EscrowId id, SetupMachine machine) {
  const SetupRun::Seams seams{clock,  executors, observer, store, *slots,
                              *drain, gates,     client,   folder};
  SetupRun::Owner owner;
  owner.end = [this, id](const SetupOutcome& outcome, const EscrowRecord& record,
                         const Lease* kept) { end(id, outcome, record, kept); };
  owner.start_over = [this, id](std::uint32_t attempt, std::unique_ptr<EscrowRecord> back_to) {
    start_over(id, attempt, std::move(back_to));
  };
  const auto attempt = std::make_shared<SetupRun>(seams, std::move(machine), std::move(owner));
  active[id].run = attempt;
  ++active[id].attempts;
  attempt->start();
}

SetupMachine Coordinator::Parts::machine_for(EscrowId id) {
  const auto before = interrupted.extract(id);
  const bool is_last = attempts_max <= 1;
  if (before.empty()) return new_machine(id, 1, is_last);
  EscrowRecord& record = before.mapped();
  if (!record.address.empty()) return SetupMachine(std::move(record));
  if (SetupMachine::can_go_back(record, policy))
    return SetupMachine(std::move(record), policy, is_last);
  active.at(id).terms = std::move(record.terms);
  return new_machine(id, record.attempt + 1, is_last);
}

SetupMachine Coordinator::Parts::new_machine(EscrowId id, std::uint32_t attempt, bool is_last) {
  return SetupMachine(id, attempt, policy, draw_passwords(entropy), is_last, active.at(id).terms);
}

void Coordinator::Parts::end(EscrowId id, const SetupOutcome& outcome, const EscrowRecord& record,
                             const Lease* kept) {
  ended.emplace(id, outcome);
  if (outcome.ready && kept)
    living.add(record, *kept);
  else if (outcome.ready)
    living.add(record);
  const auto run = active.extract(id);
  run.mapped().ending->outcome = outcome;
  run.mapped().ending->ended = true;
  run.mapped().waiters.wake_all();
}

}  // namespace escrowstorm::coordinator
