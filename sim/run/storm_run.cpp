#include "sim/run/storm_run.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cassert>
#include <variant>

#include "base/rethrow.hpp"
#include "sim/faults/reopen_port.hpp"
#include "sim/storm/arrivals/table.hpp"
#include "sim/world/bank.hpp"

namespace escrowstorm::sim {
namespace {

coordinator::CoordinatorOptions coordinator_options(const Scenario& scenario, World& world) {
  coordinator::CoordinatorOptions options;
  options.slots = scenario.coordinator.slots;
  options.verify_wallet = scenario.coordinator.verify_wallet;
  options.reopen_check = scenario.coordinator.reopen_check;
  options.publish_after = scenario.coordinator.publish_after;
  options.persistence = scenario.coordinator.persistence;
  options.waits = scenario.coordinator.waits;
  options.multisig_switch = scenario.coordinator.multisig_switch;
  options.life = scenario.coordinator.life;
  options.call_deadline = scenario.coordinator.call_deadline;
  options.setup_attempts = scenario.coordinator.setup_attempts;
  options.wallet_prefix = world.wallet_prefix();
  options.wallet_folder = world.wallet_folder();
  return options;
}

std::vector<Observer*> with(std::vector<Observer*> observers,
                            std::initializer_list<Observer*> own) {
  observers.insert(observers.end(), own);
  return observers;
}

// Only where it is needed: all that the coordinator waits for goes through it.
std::unique_ptr<Suspension> make_suspension(const Scenario& scenario, World& world,
                                            coordinator::EscrowStore& store) {
  const bool is_needed =
      std::any_of(scenario.faults.begin(), scenario.faults.end(),
                  [](const FaultSpec& spec) { return spec.fault == "clock_jump"; });
  if (!is_needed) return nullptr;
  return std::make_unique<Suspension>(world.clock(), world.transport(), store);
}

// A foreign client: opens the wallet, or makes it when there is none.
Awaitable<void> open_or_create(mockrpc::Fleet& fleet, std::uint32_t instance, std::string wallet) {
  walletrpc::OpenWallet open;
  open.filename = wallet;
  open.autosave_current = true;
  walletrpc::Request opening = std::move(open);
  const mockrpc::FleetReply opened =
      co_await fleet.call(instance, std::move(opening), std::nullopt);
  const auto* outcome = std::get_if<mockrpc::CallOutcome>(&opened);
  if (!outcome || std::holds_alternative<walletrpc::Answer>(*outcome)) co_return;
  walletrpc::CreateWallet create;
  create.filename = std::move(wallet);
  create.language = "English";
  walletrpc::Request creating = std::move(create);
  co_await fleet.call(instance, std::move(creating), std::nullopt);
}

}  // namespace

StormRun::StormRun(const Scenario& scenario, World& world, RunWatch& watch,
                   std::vector<Observer*> observers)
    : scenario_(scenario),
      world_(world),
      watch_(watch),
      abort_(scenario, [this](const Threshold& broken) { end_early(broken); }),
      // The last one has more to tell while it is told something.
      observers_(with(std::move(observers), {&builder_, &watch_.probes, &watch_.judge, &abort_})),
      memory_(world.open_memory([this](const auto& record) { durable(record); })),
      store_(memory_->store()),
      suspension_(make_suspension(scenario, world, store_)),
      caller_(world.transport(), world.clock(), observers_, scenario.coordinator.call_deadline),
      host_(suspension_ ? suspension_->transport() : world.transport(),
            suspension_ ? suspension_->clock() : world.clock(), world.executors(), observers_,
            suspension_ ? suspension_->store() : store_, world.entropy(), caller_,
            coordinator_options(scenario, world)),
      target_(suspension_ ? suspension_->in_front_of(host_) : host_),
      journeys_(scenario.storm.journeys, target_, world.bank(), world.clock(), world.executors(),
                Random(scenario.seed)),
      storm_(target_, journeys_, world.clock(), world.executors(), observers_,
             StormOptions{scenario.storm.escrows, scenario.escrows_at_once(),
                          scenario.storm.arrivals.think_time},
             make_arrivals(scenario.storm.arrivals, Random(scenario.seed))),
      faults_(scenario.faults, scenario.calm, *this, world.clock(), world.executor(), observers_,
              Random(scenario.seed)) {
  watch_.faults.known = &faults_;
  if (faults_.meddles_with_commits()) store_.set_faults(&faults_);
  watch_.judge.on_violation = [this](const Violation& violation) { tell(violation); };
  WorldMoney money;
  money.chain = world_.chain();
  if (world_.bank()) money.paid = &world_.bank()->payments();
  watch_.judge.look_at(money);
}

StormRun::~StormRun() {
  if (suspension_) suspension_->crash();
  world_.abandon();
  watch_.faults.known = nullptr;
  watch_.judge.on_violation = nullptr;
}

void StormRun::run(std::function<void()> tick) {
  world_.run(main(), std::move(tick));
  if (world_.interrupted()) return tell_interrupted();
  const TimePoint now = world_.clock().now();
  watch_.judge.remembered(now, memory_->read());
  watch_.judge.over(now);
}

Awaitable<void> StormRun::main() {
  if (world_.bank()) co_await open_bank();
  boost::asio::co_spawn(world_.executor(), give_up_when_stuck(), rethrow);
  faults_.start();
  co_await storm_.run();
}

Awaitable<void> StormRun::open_bank() {
  co_await world_.bank()->open(observers_, scenario_.storm.escrows);
  world_.bank()->start_blocks(scenario_.chain->block_every);
}

// After calm, when some are under way and none has ended for as long as the scenario allows.
Awaitable<void> StormRun::give_up_when_stuck() {
  TimePoint look = TimePoint(scenario_.calm.at);
  for (;;) {
    co_await world_.clock().sleep_until(look);
    const TimePoint now = world_.clock().now();
    const TimePoint since = storm_.waiting_since().value_or(now);
    look = std::max(since, TimePoint(scenario_.calm.at)) + scenario_.calm.within;
    if (look <= now) break;
  }
  storm_.give_up();
}

void StormRun::durable(const coordinator::EscrowRecord& record) {
  watch_.judge.durable(world_.clock().now(), record);
  watch_.probes.durable(record);
  faults_.is_in(record.id, record.phase);
}

void StormRun::tell(const Violation& violation) {
  if (watch_.on_violation) watch_.on_violation(violation);
  Event event;
  event.at = violation.at;
  event.kind = EventKind::escrow;
  event.phase = violated_phase;
  event.escrow = violation.escrow;
  event.instance = violation.instance;
  event.ok = false;
  event.message = std::string(violation.invariant) + ": " + violation.what;
  observers_.on(event);
}

// What has started goes on to its end, so that all of it can be judged.
void StormRun::end_early(const Threshold& broken) {
  if (!storm_.start_no_more()) return;
  Event event;
  event.at = world_.clock().now();
  event.kind = EventKind::escrow;
  event.phase = storm_phase::aborted;
  event.ok = false;
  event.message = broken.text;
  observers_.on(event);
}

void StormRun::tell_interrupted() {
  Event event;
  event.at = world_.clock().now();
  event.kind = EventKind::escrow;
  event.phase = storm_phase::interrupted;
  event.ok = false;
  observers_.on(event);
}

Summary StormRun::summary(std::string digest) const {
  Summary summary = builder_.finish(RunFacts{scenario_.name, scenario_.world, scenario_.seed,
                                             scenario_.storm.escrows, std::move(digest)});
  for (const JudgedInvariant& one : watch_.judge.judged())
    summary.invariants.push_back({std::string(one.name), one.violations});
  for (const FaultCount& one : faults_.counts())
    summary.faults.push_back({std::string(one.fault), one.fired});
  return summary;
}

// What the fault engine asks for; only worlds with a fleet have faults.
void StormRun::kill_instance(std::uint32_t instance) { world_.fleet()->kill(instance); }

void StormRun::hang_instance(std::uint32_t instance) { world_.fleet()->hang(instance); }

void StormRun::resume_instance(std::uint32_t instance) { world_.fleet()->resume(instance); }

void StormRun::start_instance(std::uint32_t instance) { world_.fleet()->start(instance); }

std::uint32_t StormRun::instances() const { return world_.transport().instances(); }

void StormRun::open_port(std::uint32_t instance) {
  boost::asio::co_spawn(world_.executor(),
                        reopen_port(*world_.fleet(), instance, world_.clock(), observers_),
                        rethrow);
}

void StormRun::suspend_coordinator() { suspension_->suspend(); }

void StormRun::resume_coordinator() { suspension_->resume(); }

void StormRun::crash_coordinator() {
  host_.crash();
  if (suspension_) suspension_->crash();
  store_.crash();
  memory_->crash();
}

void StormRun::start_coordinator() {
  std::vector<coordinator::EscrowRecord> remembered = memory_->read();
  watch_.judge.remembered(world_.clock().now(), remembered);
  host_.start(std::move(remembered));
}

void StormRun::steal_slot(std::uint32_t instance, std::string wallet) {
  boost::asio::co_spawn(world_.executors().for_instance(instance),
                        open_or_create(*world_.fleet(), instance, std::move(wallet)), rethrow);
}

mockrpc::Fleet& StormRun::fleet() { return *world_.fleet(); }
mockrpc::Chain& StormRun::chain() { return *world_.chain(); }
Bank* StormRun::bank() { return world_.bank(); }

std::vector<std::string> StormRun::wallets() const { return world_.wallet_folder()->list(""); }

}  // namespace escrowstorm::sim
