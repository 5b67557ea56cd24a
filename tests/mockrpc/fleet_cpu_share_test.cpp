#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <map>
#include <memory>
#include <vector>

#include "base/random.hpp"
#include "mockrpc/fleet/cpu_share.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using testing::ElementsAre;

struct Arrival {
  Duration at;
  Duration work;
};

struct Ended {
  std::size_t job;
  TimePoint at;
};

// Jobs on a machine of `cores` cores in virtual time: who ended when, in the order they came back.
class Machine {
 public:
  explicit Machine(std::uint32_t cores) : share_(clock_, alarms_, loop_.get_executor(), cores) {}

  std::vector<Ended> run(const std::vector<Arrival>& arrivals) {
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
      jobs_.push_back(std::make_unique<Job>(*this, i));
      boost::asio::co_spawn(loop_, arrive(arrivals[i], *jobs_.back()), boost::asio::detached);
    }
    clock_.run(loop_);
    return ended_;
  }

  void drop_at(Duration when, std::size_t number) {
    boost::asio::co_spawn(loop_, drop(when, number), boost::asio::detached);
  }

  std::size_t computing() const { return share_.computing(); }

 private:
  struct Job final : CpuShare::Job {
    Job(Machine& m, std::size_t n) : machine(m), number(n) {}
    void computed() override { machine.ended_.push_back(Ended{number, machine.clock_.now()}); }

    Machine& machine;
    std::size_t number;
  };

  Awaitable<void> arrive(Arrival arrival, Job& job) {
    co_await clock_.sleep_until(TimePoint(arrival.at));
    share_.compute(arrival.work, job);
  }
  Awaitable<void> drop(Duration when, std::size_t number) {
    co_await clock_.sleep_until(TimePoint(when));
    share_.drop(*jobs_.at(number));
  }

  boost::asio::io_context loop_{1};
  test::ManualClock clock_;
  ClockAlarms alarms_{clock_};
  CpuShare share_;
  std::vector<std::unique_ptr<Job>> jobs_;
  std::vector<Ended> ended_;
};

// When each job ends, by job.
std::vector<Duration> ends(std::uint32_t cores, const std::vector<Arrival>& arrivals) {
  const auto ended = Machine(cores).run(arrivals);
  EXPECT_EQ(ended.size(), arrivals.size());
  std::vector<Duration> at(arrivals.size());
  for (const Ended& e : ended) at[e.job] = e.at.time_since_epoch();
  return at;
}

TEST(CpuShare, OneJobAloneTakesItsWork) {
  EXPECT_THAT(ends(1, {{0s, 3s}}), ElementsAre(3s));
  EXPECT_THAT(ends(8, {{5s, 1ns}}), ElementsAre(5s + 1ns));
}

TEST(CpuShare, TwoJobsOnOneCoreTakeTwiceAsLong) {
  EXPECT_THAT(ends(1, {{0s, 3s}, {0s, 3s}}), ElementsAre(6s, 6s));
}

TEST(CpuShare, TwoJobsOnTwoCoresDoNotMeet) {
  EXPECT_THAT(ends(2, {{0s, 3s}, {1s, 5s}}), ElementsAre(3s, 6s));
}

TEST(CpuShare, AShortJobLeavesTheCoreToTheLongOne) {
  // Both at half speed until 2 s; then the long one has 2 s left, alone.
  EXPECT_THAT(ends(1, {{0s, 3s}, {0s, 1s}}), ElementsAre(4s, 2s));
}

TEST(CpuShare, ThreeJobsOnTwoCoresArrivingOneAfterAnother) {
  // 0-1 s: A at full speed (6 -> 5 left). 1-2 s: A and B at full speed (A 4, B 5). From 2 s three
  // at 2/3: C is done after 3 s, at 5 s (A 2, B 3). Then full speed: A at 7 s, B at 8 s.
  EXPECT_THAT(ends(2, {{0s, 6s}, {1s, 6s}, {2s, 2s}}), ElementsAre(7s, 8s, 5s));
}

TEST(CpuShare, AnArrivalThatEndsFirstIsNotKeptWaiting) {
  EXPECT_THAT(ends(4, {{0s, 100s}, {1s, 1ms}}), ElementsAre(100s, 1s + 1ms));
}

TEST(CpuShare, JobsThatEndTogetherReturnInTheOrderOfTheirArrival) {
  std::vector<std::size_t> order;
  for (const Ended& e : Machine(1).run({{0s, 1s}, {0s, 1s}, {0s, 1s}})) order.push_back(e.job);
  EXPECT_THAT(order, ElementsAre(0, 1, 2));
}

TEST(CpuShare, AThirdOfACoreIsRoundedUpToTheNanosecond) {
  for (const Duration end : ends(2, {{0s, 1s}, {0s, 1s}, {0s, 1s}})) {
    EXPECT_GE(end, 1500ms);
    EXPECT_LE(end, 1500ms + 1ns);
  }
  for (const Duration end : ends(7, std::vector<Arrival>(9, Arrival{0s, 10ns})))
    EXPECT_EQ(end, 13ns);  // 12.86
}

TEST(CpuShare, EmptiesAndFillsAgain) {
  EXPECT_THAT(ends(1, {{0s, 1s}, {10s, 1s}, {20s, 1s}}), ElementsAre(1s, 11s, 21s));
}

TEST(CpuShare, ManyTinyArrivalsDoNotStarveALongJob) {
  // One arrival each microsecond with half a microsecond of work: the long job gets the other half.
  std::vector<Arrival> arrivals{{0s, 10ms}};
  for (int i = 0; i < 20'000; ++i) arrivals.push_back({std::chrono::microseconds(i), 500ns});
  const auto at = ends(1, arrivals);
  EXPECT_NEAR(to_ms(at[0]), 20.0, 0.01);
}

// The same machine, simulated in steps from event to event in floating point.
std::vector<double> reference_ends(std::uint32_t cores, const std::vector<Arrival>& arrivals) {
  std::vector<std::size_t> by_arrival(arrivals.size());
  for (std::size_t i = 0; i < arrivals.size(); ++i) by_arrival[i] = i;
  std::stable_sort(by_arrival.begin(), by_arrival.end(),
                   [&](auto a, auto b) { return arrivals[a].at < arrivals[b].at; });
  std::vector<double> at(arrivals.size());
  std::map<std::size_t, double> left;
  double now = 0;
  for (std::size_t next = 0; next < by_arrival.size() || !left.empty();) {
    const double speed = left.empty() ? 1.0 : std::min(1.0, double(cores) / double(left.size()));
    double step = 1e300;
    for (const auto& [job, work] : left) step = std::min(step, work / speed);
    const bool arrives =
        next < by_arrival.size() && double(arrivals[by_arrival[next]].at.count()) - now <= step;
    if (arrives) step = double(arrivals[by_arrival[next]].at.count()) - now;
    now += step;
    for (auto& [job, work] : left) work -= step * speed;
    if (arrives) {
      left[by_arrival[next]] = double(arrivals[by_arrival[next]].work.count());
      ++next;
    }
    for (auto job = left.begin(); job != left.end();) {
      if (job->second > 1e-6) {
        ++job;
        continue;
      }
      at[job->first] = now;
      job = left.erase(job);
    }
  }
  return at;
}

class CpuShareProperty : public testing::TestWithParam<std::uint64_t> {};

TEST_P(CpuShareProperty, EndsWhenTheReferenceEnds) {
  RandomStream random(GetParam());
  const auto cores = static_cast<std::uint32_t>(1 + random.below(6));
  std::vector<Arrival> arrivals;
  for (auto jobs = 1 + random.below(80); jobs > 0; --jobs)
    arrivals.push_back({nanoseconds(random.below(100'000)), nanoseconds(1 + random.below(20'000))});

  const auto actual = ends(cores, arrivals);
  const auto expected = reference_ends(cores, arrivals);
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    EXPECT_GE(double(actual[i].count()), expected[i] - 1e-3) << "job " << i;
    EXPECT_LE(double(actual[i].count()), expected[i] + 1.001) << "job " << i;
    EXPECT_GE(actual[i], arrivals[i].at + arrivals[i].work) << "faster than alone, job " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CpuShareProperty, testing::Range<std::uint64_t>(0, 60));

TEST(CpuShare, TenThousandJobsConserveTheWork) {
  constexpr std::uint32_t cores = 8;
  RandomStream random(9);
  std::vector<Arrival> arrivals;
  Duration work{};
  for (int i = 0; i < 10'000; ++i) {
    arrivals.push_back({0s, nanoseconds(1 + random.below(3'000'000'000))});
    work += arrivals.back().work;
  }
  Machine machine(cores);
  const auto ended = machine.run(arrivals);
  ASSERT_EQ(ended.size(), arrivals.size());
  EXPECT_EQ(machine.computing(), 0u);

  // All came at once: they end in the order of their work, and no core idles until eight are left.
  for (std::size_t i = 1; i < ended.size(); ++i) {
    ASSERT_LE(arrivals[ended[i - 1].job].work, arrivals[ended[i].job].work);
    ASSERT_LE(ended[i - 1].at, ended[i].at);
  }
  const Duration eight_left_at = ended[ended.size() - cores].at.time_since_epoch();
  Duration left{};
  for (std::size_t i = ended.size() - cores; i < ended.size(); ++i)
    left += arrivals[ended[i].job].work - arrivals[ended[ended.size() - cores].job].work;
  EXPECT_NEAR(double((eight_left_at * cores + left).count()), double(work.count()), 1000.0);
}

TEST(CpuShare, AJobThatIsTakenAwayLeavesItsShareToTheOthers) {
  Machine machine(1);
  // Thirds until 3 s (A 9, C 5 left), then halves: C ends at 13 s, A alone with 4 s left.
  machine.drop_at(3s, 1);
  const auto ended = machine.run({{0s, 10s}, {0s, 8s}, {0s, 6s}});
  ASSERT_EQ(ended.size(), 2u);
  EXPECT_EQ(ended[0].job, 2u);
  EXPECT_EQ(ended[0].at, TimePoint(13s));
  EXPECT_EQ(ended[1].job, 0u);
  EXPECT_EQ(ended[1].at, TimePoint(17s));
  EXPECT_EQ(machine.computing(), 0u);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
