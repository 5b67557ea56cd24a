#include "mockrpc/fleet/cpu_share.hpp"

#include <algorithm>
#include <boost/assert.hpp>

namespace escrowstorm::mockrpc {
namespace {

constexpr int fraction_bits = 32;

}  // namespace

CpuShare::CpuShare(Clock& clock, Alarms& alarms, Executor executor, std::uint32_t cores)
    : clock_(clock), cores_(cores), alarm_(alarms.make(std::move(executor), [this] {
        armed_.reset();
        advance();
        arm();
      })) {
  BOOST_ASSERT(cores > 0);
}

CpuShare::~CpuShare() = default;

void CpuShare::compute(Duration work, Job& job) {
  BOOST_ASSERT(work > Duration::zero());
  advance();
  jobs_.push_back(Share{service_ + service_of(work), sequence_++, &job});
  std::push_heap(jobs_.begin(), jobs_.end(), later);
  arm();
}

void CpuShare::drop(const Job& job) {
  advance();
  std::erase_if(jobs_, [&](const Share& share) { return share.job == &job; });
  std::make_heap(jobs_.begin(), jobs_.end(), later);
  armed_.reset();
  alarm_->unset();
  arm();
}

CpuShare::Service CpuShare::service_of(Duration d) {
  return static_cast<Service>(d.count()) << fraction_bits;
}

// Orders the heap: its front is done first.
bool CpuShare::later(const Share& a, const Share& b) {
  return a.done_at != b.done_at ? a.done_at > b.done_at : a.sequence > b.sequence;
}

// Serves the jobs until now, one end after the other: each job left is faster from the exact
// moment at which another ended, also when the clock is read later.
void CpuShare::advance() {
  const TimePoint now = clock_.now();
  Service elapsed = service_of(now - advanced_to_);
  advanced_to_ = now;
  while (!jobs_.empty()) {
    const Service needed = time_to_first_end();
    if (needed > elapsed) {
      service_ += jobs_.size() <= cores_ ? elapsed : elapsed * cores_ / jobs_.size();
      return;
    }
    elapsed -= needed;
    service_ = jobs_.front().done_at;
    end_first();
  }
}

// From `advanced_to_`, in units of service. REQUIRES: jobs.
CpuShare::Service CpuShare::time_to_first_end() const {
  const Service left = jobs_.front().done_at - service_;
  return jobs_.size() <= cores_ ? left : (left * jobs_.size() + cores_ - 1) / cores_;
}

// When the first job is done, if nothing arrives before. REQUIRES: jobs, and advance() just now.
TimePoint CpuShare::next_end() const {
  const Service ns = (time_to_first_end() + service_of(Duration(1)) - 1) >> fraction_bits;
  return advanced_to_ + Duration(static_cast<std::int64_t>(ns));
}

void CpuShare::end_first() {
  std::pop_heap(jobs_.begin(), jobs_.end(), later);
  Job& job = *jobs_.back().job;
  jobs_.pop_back();
  job.computed();
}

// An arrival slows the others down, so the alarm is set anew only for an end before all of them;
// otherwise it finds nothing due and is set again then.
void CpuShare::arm() {
  if (jobs_.empty()) return;
  const TimePoint end = next_end();
  if (armed_ && *armed_ <= end) return;
  armed_ = end;
  alarm_->set(end);
}

}  // namespace escrowstorm::mockrpc
