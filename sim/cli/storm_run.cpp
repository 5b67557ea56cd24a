#include "sim/cli/storm_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "base/rethrow.hpp"
#include "sim/cli/terminal.hpp"

namespace escrowstorm::sim {
namespace {

namespace asio = boost::asio;

constexpr Duration progress_interval = std::chrono::milliseconds(200);
constexpr int flush_every = 5;  // of those: what is on the disk is at most a second old

coordinator::EscrowDatabase open_database(const std::filesystem::path& file) {
  auto opened = coordinator::EscrowDatabase::open(file);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

coordinator::CoordinatorOptions coordinator_options(const Scenario& scenario, const World& world) {
  coordinator::CoordinatorOptions options;
  options.slots = scenario.coordinator.slots;
  options.verify_wallet = scenario.coordinator.verify_wallet;
  options.wallet_prefix = world.wallet_prefix();
  return options;
}

}  // namespace

StormRun::StormRun(const Scenario& scenario, World& world, TraceWriter& trace,
                   const std::filesystem::path& database, ProgressDisplay& display)
    : world_(world),
      trace_(trace),
      display_(display),
      tally_(scenario.storm.escrows),
      observers_{&trace_, &builder_, &tally_},
      store_(open_database(database)),
      coordinator_(world.transport(), world.clock(), world.executors(), observers_, store_,
                   coordinator_options(scenario, world)),
      target_(coordinator_),
      storm_(target_, world.clock(), world.executors(), observers_,
             StormOptions{scenario.storm.escrows, scenario.escrows_at_once()}) {}

StormRun::~StormRun() { world_.abandon(); }

void StormRun::run() {
  world_.run(main());
  display_.end();
  if (!world_.interrupted()) return;
  Event event;
  event.at = world_.clock().now();
  event.kind = EventKind::escrow;
  event.phase = storm_phase::interrupted;
  event.ok = false;
  observers_.on(event);
}

Awaitable<void> StormRun::main() {
  const Executor executor = co_await asio::this_coro::executor;
  asio::co_spawn(executor, show_progress(), rethrow);
  co_await storm_.run();
}

// Goes on until the world is abandoned.
Awaitable<void> StormRun::show_progress() {
  const TimePoint began = world_.clock().now();
  for (int tick = 1;; ++tick) {
    const TimePoint next = world_.clock().now() + progress_interval;
    co_await world_.clock().sleep_until(next);
    display_.show(tally_.counts(), world_.clock().now() - began, terminal_width());
    if (tick % flush_every == 0) trace_.flush();
  }
}

}  // namespace escrowstorm::sim
