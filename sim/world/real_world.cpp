#include "sim/world/real_world.hpp"

#include <boost/asio/co_spawn.hpp>
#include <csignal>
#include <exception>

#include "base/rethrow.hpp"
#include "base/signals.hpp"
#include "sim/world/bank.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;

constexpr Duration tick_interval = std::chrono::milliseconds(200);

RealWorld::RealWorld(std::filesystem::path scratch, std::optional<coordinator::DatabaseKey> key)
    : clock_(loop_.get_executor()),
      executors_(loop_.get_executor()),
      scratch_(std::move(scratch)),
      database_key_(std::move(key)),
      signals_(loop_, SIGINT, SIGTERM) {
  if (!ignores(SIGHUP)) signals_.add(SIGHUP);
  watch_signals();
}

void RealWorld::watch_signals() {
  signals_.async_wait([this](const boost::system::error_code& failed, int) {
    if (failed) return;
    interrupted_ = true;
    signals_.clear();  // back to the default: a second signal kills
    loop_.stop();
  });
}

std::unique_ptr<CoordinatorMemory> RealWorld::open_memory(DurableRecord on_durable) {
  if (!database_key_) database_key_ = coordinator::DatabaseKey::draw(system_entropy_);
  return std::make_unique<FileMemory>(scratch_ / "coordinator.db", *database_key_,
                                      std::move(on_durable));
}

// Goes on until the world is abandoned.
Awaitable<void> RealWorld::keep_ticking(std::function<void()> tick) {
  for (;;) {
    const TimePoint next = clock_.now() + tick_interval;
    co_await clock_.sleep_until(next);
    tick();
  }
}

void RealWorld::run(Awaitable<void> main, std::function<void()> tick) {
  if (interrupted_) return;
  loop_.restart();
  std::exception_ptr thrown;
  asio::co_spawn(loop_.get_executor(), std::move(main), [this, &thrown](std::exception_ptr e) {
    thrown = e;
    loop_.stop();
  });
  if (tick) asio::co_spawn(loop_, keep_ticking(std::move(tick)), rethrow);
  loop_.run();
  if (thrown) std::rethrow_exception(thrown);
}

void RealWorld::abandon() {
  if (Bank* const money = bank()) money->abandon();
  loop_.abandon();
}

void RealWorld::run_start(Awaitable<void> start) {
  run(std::move(start), nullptr);
  if (interrupted_) throw WorldInterrupted();
}

}  // namespace escrowstorm::sim
