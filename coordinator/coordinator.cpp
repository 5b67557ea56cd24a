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

// How a set-up ended, shared by the run and by whoever waits for it: the waiter may come back when
// the coordinator is no more.
struct Ending {
  bool ended = false;
  SetupOutcome outcome;
};

// A set-up under way.
struct Active {
  std::shared_ptr<SetupRun> run;
  WaitList waiter;
};

}  // namespace

struct Coordinator::Parts {
  Parts(Transport& transport, Clock& world_clock, Executors& world_executors,
        Observer& world_observer, EscrowStore& world_store, CoordinatorOptions all)
      : clock(world_clock),
        executors(world_executors),
        observer(world_observer),
        store(world_store),
        options(std::move(all)),
        slots(make_slots(options.slots, transport.instances(), clock, observer)),
        client(std::make_shared<WalletClient>(transport, clock, observer, options.call_deadline)) {}

  ~Parts() { client->abandon(); }

  std::shared_ptr<Ending> begin(EscrowId id);
  void end(EscrowId id);

  Clock& clock;
  Executors& executors;
  Observer& observer;
  EscrowStore& store;
  const CoordinatorOptions options;
  const std::unique_ptr<SlotPool> slots;
  const std::shared_ptr<WalletClient> client;
  std::map<EscrowId, Active> active;  // dropped before all the others
};

Coordinator::Coordinator(Transport& transport, Clock& clock, Executors& executors,
                         Observer& observer, EscrowStore& store, CoordinatorOptions options)
    : parts_(std::make_unique<Parts>(transport, clock, executors, observer, store,
                                     std::move(options))) {}

Coordinator::~Coordinator() = default;

Awaitable<SetupOutcome> Coordinator::set_up(EscrowId id) {
  const std::shared_ptr<Ending> ending = parts_->begin(id);
  if (!ending->ended) co_await parts_->active.at(id).waiter.wait();
  co_return ending->outcome;
}

std::shared_ptr<Ending> Coordinator::Parts::begin(EscrowId id) {
  assert(!active.contains(id));
  const auto ending = std::make_shared<Ending>();
  const SetupRun::Seams seams{clock, executors, observer, store, *slots, client};
  const auto run =
      std::make_shared<SetupRun>(seams, id, options.wallet_prefix, options.verify_wallet,
                                 [this, id, ending](const SetupOutcome& outcome) {
                                   ending->ended = true;
                                   ending->outcome = outcome;
                                   end(id);
                                 });
  active[id].run = run;
  run->start();
  return ending;
}

void Coordinator::Parts::end(EscrowId id) {
  const auto ended = active.find(id);
  ended->second.waiter.wake_one();
  active.erase(ended);
}

}  // namespace escrowstorm::coordinator
