// The cores of the machine that the fleet runs on, shared by processor sharing: k calls computing
// on c cores each run at min(1, c / k) of their speed alone. Lives on one executor.
//
// All calls run at one speed, so one number, the service that a call present from the beginning
// would have had, tells who is done: a call that arrives at service S with work W is done at S + W.
// An arrival or an end costs O(log k).
//
// Rounding: service is counted in 2^-32 ns. Between two events what was served is rounded down by
// less than one such unit, and an end is told at the next whole nanosecond; the calls that go on
// are faster from its exact moment. So a call never ends before its work alone would, nor more than
// 1 ns and 2^-32 ns for each event after its exact end: nothing drifts. Whenever the clock reaches
// an end that was told, that call is done: nothing starves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/alarm.hpp"
#include "base/clock.hpp"

namespace escrowstorm::mockrpc {

class CpuShare {
 public:
  // Who computes, on one machine at a time.
  class Job {
   public:
    // Its work is done. May not call the share.
    virtual void computed() = 0;

   protected:
    ~Job() = default;
  };

  // `clock` and `alarms` outlive it. REQUIRES: cores > 0.
  CpuShare(Clock& clock, Alarms& alarms, Executor executor, std::uint32_t cores);
  // Forgets the jobs that compute.
  ~CpuShare();
  CpuShare(const CpuShare&) = delete;
  CpuShare& operator=(const CpuShare&) = delete;

  // Tells the job when it is done. Jobs that are done at the same instant are told in the order of
  // their ends, then of their arrival. REQUIRES: some work; that the job does not compute already.
  void compute(Duration work, Job& job);

  // Takes a job away that computes: the others are the faster from now on.
  void drop(const Job& job);

  // How many jobs are computing now.
  std::size_t computing() const { return jobs_.size(); }

 private:
  // Seconds of service overflow 64 bits at this resolution, years do not overflow 128.
  __extension__ typedef unsigned __int128 Service;

  struct Share {
    Service done_at;
    std::uint64_t sequence;
    Job* job;
  };

  static Service service_of(Duration d);
  static bool later(const Share& a, const Share& b);
  void advance();
  Service time_to_first_end() const;
  TimePoint next_end() const;
  void end_first();
  void arm();

  Clock& clock_;
  Service cores_;
  std::vector<Share> jobs_;  // a heap
  Service service_ = 0;
  TimePoint advanced_to_{};
  std::uint64_t sequence_ = 0;
  std::optional<TimePoint> armed_;  // when the alarm rings
  std::unique_ptr<Alarm> alarm_;
};

}  // namespace escrowstorm::mockrpc
