#include "sim/explore/seed_workers.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace escrowstorm::sim {
namespace {

constexpr std::chrono::milliseconds between_looks(200);

class SeedWorkers {
 public:
  SeedWorkers(const SeedRange& range, const RunSeed& run)
      : run_(run), next_(range.first), end_(range.first + range.count) {}

  bool run(unsigned jobs, const std::function<bool()>& go_on) {
    bool cut_short = false;
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 0; i < jobs; ++i) {
        ++at_work_;
        threads.emplace_back([this] { work(); });
      }
      cut_short = wait(go_on);
    }
    if (thrown_) std::rethrow_exception(thrown_);
    return cut_short;
  }

 private:
  bool wait(const std::function<bool()>& go_on) {
    bool cut_short = false;
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, between_looks, [this] { return at_work_ == 0; })) {
      lock.unlock();
      const bool goes_on = go_on();
      lock.lock();
      if (goes_on) continue;
      cut_short = true;
      end_ = next_;
      stopped_ = true;
    }
    return cut_short;
  }

  void work() {
    const std::function<bool()> stopped = [this] { return stopped_.load(); };
    try {
      while (const std::optional<std::uint64_t> seed = take_seed())
        if (!run_(*seed, stopped)) end_at(*seed);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      thrown_ = std::current_exception();
      end_ = next_;
    }
    const std::lock_guard lock(mutex_);
    --at_work_;
    ended_.notify_one();
  }

  std::optional<std::uint64_t> take_seed() {
    const std::lock_guard lock(mutex_);
    if (next_ >= end_) return std::nullopt;
    return next_++;
  }

  void end_at(std::uint64_t seed) {
    const std::lock_guard lock(mutex_);
    end_ = std::min(end_, seed);
  }

  const RunSeed& run_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable ended_;
  unsigned at_work_ = 0;
  std::uint64_t next_;
  std::uint64_t end_;
  std::exception_ptr thrown_;
  std::atomic<bool> stopped_ = false;  // not guarded: looked at while runs go on
};

}  // namespace

bool run_seeds(const SeedRange& range, const RunSeed& run, const std::function<bool()>& go_on) {
  return SeedWorkers(range, run).run(range.jobs, go_on);
}

}  // namespace escrowstorm::sim
