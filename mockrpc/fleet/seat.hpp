// One instance with its one thread: a queue in front of it, the time that each call takes, and the
// callers that wait for their answers. Lives on the world's executor.
#pragma once

#include <list>
#include <memory>
#include <optional>

#include "base/call_for.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/wait_list.hpp"
#include "mockrpc/fleet/cpu_share.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/latency/profile.hpp"

namespace escrowstorm::mockrpc {

inline constexpr std::chrono::seconds default_refresh_period(20);

// A place in the queue. Shared by the caller and the seat, so that the call runs when the caller is
// gone.
struct Turn {
  std::optional<walletrpc::Request> request;  // none: a body that is no call, which costs nothing
  std::optional<CallFor> whom;
  bool refresh = false;                // none either: the instance's own, without a caller
  std::optional<CallOutcome> outcome;  // of the request, once its turn came
};

class Seat : public std::enable_shared_from_this<Seat> {
 public:
  // The references outlive it, or close() was called.
  // Its wallet refreshes by itself `phase` from now at the earliest, then with its period.
  Seat(Instance instance, const LatencyProfile& latency, RandomStream random, Clock& clock,
       CpuShare& cpu, Executor executor, Duration phase);

  // Puts a call at the end of the queue. True when it is over already: nothing was before it and it
  // takes no time. Otherwise wait() has to be awaited at once.
  bool begin(std::shared_ptr<Turn> turn);

  // Returns when the call that was begun last, and all before it, are over.
  Awaitable<void> wait();

  // Drops the callers that wait; nothing is executed any more.
  void close();

  // What SIGTERM does to the real one, and to which wallet.
  Outcome<void> end() { return instance_.end(); }
  std::string_view open_wallet() const { return instance_.open_wallet(); }

 private:
  // What the instance's one thread is busy with.
  struct Work {
    CallCost cost;
    bool has_caller = true;
  };

  static Awaitable<void> work(std::shared_ptr<Seat> seat, Work now);
  static Awaitable<void> keep_refreshing(std::weak_ptr<Seat> seat, Executor executor);
  Work execute(Turn& turn);
  void end_of(const Work& work);
  std::optional<Work> next_work();

  void watch();
  std::optional<TimePoint> next_refresh() const;
  std::optional<TimePoint> refresh_when_due();
  void refresh();
  void refreshed();

  Instance instance_;
  const LatencyProfile& latency_;
  RandomStream random_;
  Clock& clock_;
  CpuShare& cpu_;
  Executor executor_;

  bool busy_ = false;                       // work() runs
  bool has_wallet_ = false;                 // that can refresh, as seen after the last call
  bool refreshing_ = false;                 // a refresh is at work or in the queue
  TimePoint last_refresh_;                  // its end, or when none was there to be refreshed
  std::optional<TimePoint> awaited_;        // by keep_refreshing(), none: it does not run
  std::unique_ptr<Timer> refresh_timer_;    // made when it is needed
  std::list<std::shared_ptr<Turn>> queue_;  // behind the call at work; a deque has 600 idle bytes
  // Answers leave in the order of the calls, so the first that waits is the caller of the call at
  // work. None once closed.
  std::unique_ptr<WaitList> callers_;
};

}  // namespace escrowstorm::mockrpc
