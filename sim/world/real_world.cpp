#include "sim/world/real_world.hpp"

#include <boost/asio/co_spawn.hpp>
#include <csignal>
#include <exception>

#include "base/signals.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;

RealWorld::RealWorld()
    : clock_(loop_.get_executor()),
      executors_(loop_.get_executor()),
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

void RealWorld::run(Awaitable<void> main) {
  if (interrupted_) return;
  loop_.restart();
  std::exception_ptr thrown;
  asio::co_spawn(loop_.get_executor(), std::move(main), [this, &thrown](std::exception_ptr e) {
    thrown = e;
    loop_.stop();
  });
  loop_.run();
  if (thrown) std::rethrow_exception(thrown);
}

void RealWorld::run_start(Awaitable<void> start) {
  run(std::move(start));
  if (interrupted_) throw WorldInterrupted();
}

}  // namespace escrowstorm::sim
