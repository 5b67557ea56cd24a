// What the worlds of real time share: a loop on the calling thread, its clock, and the signals. A
// derived world fills transport_ and wallet_prefix_ and owns what it started.
//
// SIGINT, SIGTERM and SIGHUP (unless it was ignored, as by nohup) are taken over as long as the
// object lives: the first one makes run() return with interrupted() true, a second one has its
// default effect. One RealWorld at a time.
#pragma once

#include <boost/asio/signal_set.hpp>
#include <memory>
#include <optional>
#include <string>

#include "base/executors.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "sim/world/file_memory.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {

class RealWorld : public World {
 public:
  RealWorld(const RealWorld&) = delete;
  RealWorld& operator=(const RealWorld&) = delete;

  Clock& clock() override { return clock_; }
  Executors& executors() override { return executors_; }
  Executor executor() override { return loop_.get_executor(); }
  Transport& transport() override { return *transport_; }
  std::string wallet_prefix() const override { return wallet_prefix_; }
  coordinator::Entropy& entropy() override { return system_entropy_; }
  std::unique_ptr<CoordinatorMemory> open_memory(DurableRecord on_durable) override;

  // Exceptions of `main` are thrown here. May be called again after main ended by itself; after a
  // signal it returns at once.
  void run(Awaitable<void> main, std::function<void()> tick) override;
  void abandon() override;
  bool interrupted() const override { return interrupted_; }

 protected:
  // `scratch`: where the coordinator's database goes, if it has a coordinator; `key`: what it is
  // sealed under, none: one that is made for it.
  explicit RealWorld(std::filesystem::path scratch = {},
                     std::optional<coordinator::DatabaseKey> key = std::nullopt);

  // For the set-up of a derived world: run(), and WorldInterrupted when a signal ended it. Whoever
  // catches anything here calls abandon() before what `start` refers to goes.
  void run_start(Awaitable<void> start);

  RealLoop loop_;
  RealClock clock_;
  SingleExecutor executors_;
  std::unique_ptr<Transport> transport_;
  std::string wallet_prefix_;

 private:
  void watch_signals();
  Awaitable<void> keep_ticking(std::function<void()> tick);

  std::filesystem::path scratch_;
  std::optional<coordinator::DatabaseKey> database_key_;
  coordinator::SystemEntropy system_entropy_;

  boost::asio::signal_set signals_;
  bool interrupted_ = false;
};

}  // namespace escrowstorm::sim
