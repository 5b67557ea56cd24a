#include "sim/virtual/virtual_loop.hpp"

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/assert.hpp>

namespace escrowstorm::sim {

namespace asio = boost::asio;

// What Asio asks of an executor. Never runs anything within execute(): so what runs when is up to
// the schedule alone.
class VirtualLoop::LaneExecutor {
 public:
  LaneExecutor(VirtualLoop& loop, LaneId lane) : loop_(&loop), lane_(lane) {}

  template <class Function>
  void execute(Function&& function) const {
    using Stored = std::decay_t<Function>;
    loop_->push(std::make_unique<TaskOf<Stored>>(lane_, std::forward<Function>(function)));
  }

  asio::execution_context& query(asio::execution::context_t) const noexcept { return *loop_; }
  static constexpr asio::execution::blocking_t query(asio::execution::blocking_t) noexcept {
    return asio::execution::blocking.never;
  }

  friend bool operator==(const LaneExecutor&, const LaneExecutor&) = default;

  LaneId lane() const { return lane_; }

 private:
  VirtualLoop* loop_;
  LaneId lane_;
};

namespace {

// Lane 0 is nobody's; then escrows and instances in turns, so that each stays dense.
constexpr LaneId lane_of_all_else = 0;
LaneId lane_of_escrow(std::uint64_t escrow) { return static_cast<LaneId>(2 * escrow + 1); }
LaneId lane_of_instance(std::uint32_t instance) { return 2 * instance + 2; }

}  // namespace

Executor VirtualLoop::executor() { return LaneExecutor(*this, lane_of_all_else); }

Executor VirtualLoop::for_escrow(std::uint64_t escrow) {
  return LaneExecutor(*this, lane_of_escrow(escrow));
}

Executor VirtualLoop::for_instance(std::uint32_t instance) {
  return LaneExecutor(*this, lane_of_instance(instance));
}

LaneId VirtualLoop::lane_of(const Executor& executor) {
  const auto* const ours = executor.target<LaneExecutor>();
  BOOST_ASSERT(ours != nullptr);
  return ours->lane();
}

VirtualLoop::Ran VirtualLoop::run(std::uint64_t steps) {
  stopped_ = false;
  const std::uint64_t began = steps_;
  while (!stopped_) {
    if (steps_ - began >= steps) return Ran::paused;
    if (const std::unique_ptr<Task> task = scheduler_->pop(now_)) {
      ++steps_;
      task->run();
    } else if (!jump()) {
      return Ran::out;
    }
  }
  return Ran::stopped;
}

// To the next moment at which anything may run, and makes it ready. False when there is none.
bool VirtualLoop::jump() {
  const std::optional<TimePoint> held = scheduler_->held_until();
  if (deadlines_.empty() && !held) return false;
  TimePoint next = deadlines_.empty() ? *held : deadlines_.first();
  if (held) next = std::min(next, *held);
  now_ = std::max(now_, next);
  while (!deadlines_.empty() && deadlines_.first() <= now_) {
    ++steps_;
    deadlines_.take_first().reached();
  }
  return true;
}

void VirtualLoop::abandon() {
  scheduler_->clear();
  while (!deadlines_.empty()) deadlines_.take_first().dropped();
  shutdown();
  scheduler_->clear();  // what destructors have posted
}

}  // namespace escrowstorm::sim
