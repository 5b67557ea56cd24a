// The virtual world: the mock fleet in this process, without sockets, in time that is a number. One
// thread, and one seed gives one run (docs/determinism.md).
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <optional>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/process/signal_watch.hpp"
#include "sim/virtual/virtual_alarms.hpp"
#include "sim/virtual/virtual_clock.hpp"
#include "sim/virtual/virtual_store.hpp"
#include "sim/world/mock_bank.hpp"
#include "sim/world/mock_fleet.hpp"
#include "sim/world/storage_folder.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

namespace asio = boost::asio;

// The date on which the virtual world begins: 1 January 2026, 0:00 UTC.
constexpr std::uint64_t unix_began = 1'767'225'600;

// Between two looks at signals and the clock on the wall; about a fifth of a second.
constexpr std::uint64_t steps_in_a_slice = 200'000;

std::unique_ptr<Scheduler> make_scheduler(const Scenario& scenario, const Random& random) {
  return find_scheduler(scenario.schedule)
      ->make(random.stream("schedule"), scenario.schedule_choices.value_or(choices_without_end));
}

class VirtualWorld final : public World {
 public:
  VirtualWorld(const Scenario& scenario, const Random& random, const WorldOptions& options)
      : random_(random),
        asked_to_end_(options.asked_to_end),
        loop_(make_scheduler(scenario, random)),
        clock_(loop_),
        chain_(clock_, unix_began, random.stream("mock.chain")),
        alarms_(loop_),
        fleet_(clock_, loop_, random, storage_, fleet_options(scenario, options)),
        transport_(fleet_, clock_, carried(options)),
        entropy_(random.stream(passwords_stream)),
        folder_(storage_, clock_, options.ledger) {
    if (scenario.needs_money())
      bank_.emplace(scenario, random, options, bank_host(scenario, options));
  }
  ~VirtualWorld() override { VirtualWorld::abandon(); }

  Clock& clock() override { return clock_; }
  Executors& executors() override { return loop_; }
  Executor executor() override { return loop_.executor(); }
  Transport& transport() override { return transport_; }
  mockrpc::Fleet* fleet() override { return &fleet_; }
  mockrpc::Chain* chain() override { return &chain_; }
  coordinator::Entropy& entropy() override { return entropy_; }
  coordinator::WalletFolder* wallet_folder() override { return &folder_; }
  Bank* bank() override { return bank_ ? &bank_->bank() : nullptr; }
  std::string wallet_prefix() const override { return std::string(mock_wallet_prefix); }
  std::unique_ptr<CoordinatorMemory> open_memory(DurableRecord on_durable) override {
    coordinator::SeededEntropy keys(random_.stream("database.key"));
    return std::make_unique<VirtualStore>(clock_, loop_.executor(),
                                          coordinator::DatabaseKey::draw(keys),
                                          random_.stream("store"), std::move(on_durable));
  }

  void run(Awaitable<void> main, std::function<void()> tick) override;
  bool interrupted() const override { return interrupted_; }
  std::uint64_t steps() const override { return loop_.steps(); }
  void abandon() override {
    if (bank_) bank_->bank().abandon();
    loop_.abandon();
  }

 private:
  static Carried carried(const WorldOptions& options) {
    return options.wire_faithful ? Carried::as_bytes : Carried::as_values;
  }
  mockrpc::FleetOptions fleet_options(const Scenario& scenario, const WorldOptions& options) {
    mockrpc::FleetOptions fleet = mock_fleet_options(scenario, chain_, 0, options);
    fleet.alarms = &alarms_;
    return fleet;
  }

  // Its instance comes behind those of the fleet.
  MockBankHost bank_host(const Scenario& scenario, const WorldOptions& options) {
    return MockBankHost{.chain = chain_,
                        .clock = clock_,
                        .executor = loop_.executor(),
                        .of_instance = loop_.for_instance(scenario.fleet.instances),
                        .alarms = &alarms_,
                        .carried = carried(options)};
  }

  const Random random_;
  const std::function<bool()> asked_to_end_;
  VirtualLoop loop_;
  VirtualClock clock_;
  mockrpc::MemoryStorage storage_;
  mockrpc::Chain chain_;
  VirtualAlarms alarms_;
  mockrpc::Fleet fleet_;
  InProcessTransport transport_;
  coordinator::SeededEntropy entropy_;
  StorageFolder folder_;
  std::optional<MockBank> bank_;
  bool interrupted_ = false;
};

void VirtualWorld::run(Awaitable<void> main, std::function<void()> tick) {
  std::optional<SignalWatch> signals;
  if (!asked_to_end_) signals.emplace();
  std::exception_ptr thrown;
  asio::co_spawn(loop_.executor(), std::move(main), [this, &thrown](std::exception_ptr e) {
    thrown = e;
    loop_.stop();
  });
  while (!interrupted_ && loop_.run(steps_in_a_slice) == VirtualLoop::Ran::paused) {
    if (tick) tick();
    interrupted_ = signals ? signals->asked_to_end() : asked_to_end_();
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

std::unique_ptr<World> make_virtual_world(const Scenario& scenario, const Random& random,
                                          const WorldOptions& options) {
  return std::make_unique<VirtualWorld>(scenario, random, options);
}

}  // namespace escrowstorm::sim
