#include "mockrpc/fleet/cpu_share.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/assert.hpp>
#include <optional>
#include <vector>

#include "base/rethrow.hpp"
#include "base/wait_list.hpp"

namespace escrowstorm::mockrpc {
namespace {

// Seconds of service overflow 64 bits at this resolution, years do not overflow 128.
__extension__ typedef unsigned __int128 Service;
constexpr int fraction_bits = 32;

Service service_of(Duration d) { return static_cast<Service>(d.count()) << fraction_bits; }

struct Job {
  Service done_at;
  std::uint64_t sequence;
  std::unique_ptr<WaitList> caller;
};

// Orders the heap: its front is done first.
bool later(const Job& a, const Job& b) {
  return a.done_at != b.done_at ? a.done_at > b.done_at : a.sequence > b.sequence;
}

}  // namespace

struct CpuShare::State {
  State(Clock& c, Executor e, std::uint32_t n)
      : clock(c), executor(std::move(e)), cores(n), timer(clock.make_timer()) {}

  // Serves the jobs until now, one end after the other: each job left is faster from the exact
  // moment at which another ended, also when the clock is read later.
  void advance() {
    const TimePoint now = clock.now();
    Service elapsed = service_of(now - advanced_to);
    advanced_to = now;
    while (!jobs.empty()) {
      const Service needed = time_to_first_end();
      if (needed > elapsed) {
        service += jobs.size() <= cores ? elapsed : elapsed * cores / jobs.size();
        return;
      }
      elapsed -= needed;
      service = jobs.front().done_at;
      end_first();
    }
  }

  // From `advanced_to`, in units of service. REQUIRES: jobs.
  Service time_to_first_end() const {
    const Service left = jobs.front().done_at - service;
    return jobs.size() <= cores ? left : (left * jobs.size() + cores - 1) / cores;
  }

  // When the first job is done, if nothing arrives before. REQUIRES: jobs, and advance() just now.
  TimePoint next_end() const {
    const Service ns = (time_to_first_end() + service_of(Duration(1)) - 1) >> fraction_bits;
    return advanced_to + Duration(static_cast<std::int64_t>(ns));
  }

  WaitList& add(Duration work) {
    if (spare.empty()) spare.push_back(std::make_unique<WaitList>());
    WaitList& caller = *spare.back();
    jobs.push_back(Job{service + service_of(work), sequence++, std::move(spare.back())});
    spare.pop_back();
    std::push_heap(jobs.begin(), jobs.end(), later);
    return caller;
  }

  void end_first() {
    std::pop_heap(jobs.begin(), jobs.end(), later);
    jobs.back().caller->wake_one();
    spare.push_back(std::move(jobs.back().caller));
    jobs.pop_back();
  }

  static Awaitable<void> drive(std::shared_ptr<State> state);

  void drop() {
    closed = true;
    timer.reset();
    // A dropped frame may come back to this object: empty it first.
    const std::vector<Job> dropped = std::move(jobs);
    jobs.clear();
  }

  Clock& clock;
  Executor executor;
  Service cores;
  std::unique_ptr<Timer> timer;

  std::vector<Job> jobs;  // a heap
  std::vector<std::unique_ptr<WaitList>> spare;
  Service service = 0;
  TimePoint advanced_to{};
  std::uint64_t sequence = 0;

  bool driven = false;                   // drive() runs
  std::optional<TimePoint> armed_until;  // what drive() waits for
  bool closed = false;
};

// Ends jobs when they are done, as long as there are any. An arrival slows the others down, so it
// wakes this only when it is to end before all of them; otherwise the timer finds nothing due and
// is set again.
Awaitable<void> CpuShare::State::drive(std::shared_ptr<State> state) {
  // Not before the caller waits: a job whose end has passed would wake nobody.
  co_await boost::asio::post(state->executor, boost::asio::use_awaitable);
  while (!state->closed) {
    state->advance();
    if (state->jobs.empty()) break;
    const TimePoint end = state->next_end();
    state->armed_until = end;
    co_await state->timer->wait_until(end);
    state->armed_until.reset();
  }
  state->driven = false;
}

CpuShare::CpuShare(Clock& clock, Executor executor, std::uint32_t cores)
    : state_(std::make_shared<State>(clock, std::move(executor), cores)) {
  BOOST_ASSERT(cores > 0);
}

CpuShare::~CpuShare() { state_->drop(); }

std::size_t CpuShare::computing() const { return state_->jobs.size(); }

Awaitable<void> CpuShare::compute(Duration work) {
  if (work <= Duration::zero()) co_return;
  State& state = *state_;
  state.advance();
  WaitList& caller = state.add(work);
  if (!state.driven) {
    state.driven = true;
    boost::asio::co_spawn(state.executor, State::drive(state_), rethrow);
  } else if (state.armed_until && state.next_end() < *state.armed_until) {
    state.timer->cancel();
  }
  co_await caller.wait();
}

}  // namespace escrowstorm::mockrpc
