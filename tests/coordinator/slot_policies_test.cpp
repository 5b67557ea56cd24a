// Who gets which instances, and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <map>
#include <set>

#include "base/random.hpp"
#include "coordinator/slots/policies.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using std::chrono::milliseconds;
using testing::ElementsAre;

struct SlotRig {
  SlotRig(std::string_view policy, InstanceId instances)
      : pool(find_slot_policy(policy)->make(instances, clock, observer)) {}

  // The lease appears in `held`, and its escrow in `order`, when it is granted.
  void acquire(EscrowId escrow) {
    boost::asio::co_spawn(loop, pool->acquire(escrow), [this](std::exception_ptr, Lease lease) {
      order.push_back(lease.escrow);
      held[lease.escrow] = lease;
    });
    settle();
  }

  void release(EscrowId escrow) {
    const Lease lease = held.at(escrow);
    held.erase(escrow);
    pool->release(lease);
    settle();
  }

  void settle() {
    loop.restart();
    loop.poll();
  }

  boost::asio::io_context loop;
  ManualClock clock;
  RecordingObserver observer;
  std::unique_ptr<SlotPool> pool;
  std::map<EscrowId, Lease> held;
  std::vector<EscrowId> order;
};

constexpr const char* exclusive_policies[] = {"exclusive_lease", "role_partitioned"};

TEST(SlotPolicies, AreFoundByName) {
  EXPECT_EQ(slot_policy_names(),
            "exclusive_lease, role_partitioned, role_round_robin, shared_round_robin");
  for (const SlotPolicy& policy : slot_policies())
    EXPECT_EQ(find_slot_policy(policy.name), &policy);
  EXPECT_EQ(find_slot_policy("exclusive"), nullptr);
  EXPECT_EQ(find_slot_policy(""), nullptr);
}

TEST(ExclusiveLease, TakesTheInstancesThatWereFreeLongest) {
  SlotRig rig("exclusive_lease", 7);
  rig.acquire(1);
  rig.acquire(2);
  EXPECT_THAT(rig.held.at(1).instances, ElementsAre(0, 1, 2));
  EXPECT_THAT(rig.held.at(2).instances, ElementsAre(3, 4, 5));
  rig.release(2);
  rig.release(1);
  rig.acquire(3);
  EXPECT_THAT(rig.held.at(3).instances, ElementsAre(6, 3, 4));
  rig.acquire(4);
  EXPECT_THAT(rig.held.at(4).instances, ElementsAre(5, 0, 1));
}

TEST(RolePartitioned, GivesEachRoleItsThirdOfTheFleet) {
  SlotRig rig("role_partitioned", 8);  // buyers 0 3 6, vendors 1 4 7, arbiters 2 5
  rig.acquire(1);
  rig.acquire(2);
  EXPECT_THAT(rig.held.at(1).instances, ElementsAre(0, 1, 2));
  EXPECT_THAT(rig.held.at(2).instances, ElementsAre(3, 4, 5));
  rig.acquire(3);  // instances 6 and 7 are free, but none for an arbiter
  EXPECT_FALSE(rig.held.contains(3));
  rig.release(2);
  EXPECT_THAT(rig.held.at(3).instances, ElementsAre(6, 7, 5));
  rig.acquire(4);
  EXPECT_FALSE(rig.held.contains(4));
  rig.release(1);
  EXPECT_THAT(rig.held.at(4).instances, ElementsAre(3, 4, 2));
}

TEST(RoleRoundRobin, GoesRoundInEachThirdAndNeverWaits) {
  SlotRig rig("role_round_robin", 5);  // buyers 0 3, vendors 1 4, arbiter 2
  for (EscrowId escrow = 0; escrow < 3; ++escrow) rig.acquire(escrow);
  EXPECT_THAT(rig.held.at(0).instances, ElementsAre(0, 1, 2));
  EXPECT_THAT(rig.held.at(1).instances, ElementsAre(3, 4, 2));
  EXPECT_THAT(rig.held.at(2).instances, ElementsAre(0, 1, 2));
  EXPECT_EQ(rig.observer.count(EventKind::lease, "wait"), 0u);
}

TEST(SharedRoundRobin, GoesRoundAndNeverWaits) {
  SlotRig rig("shared_round_robin", 4);
  for (EscrowId escrow = 0; escrow < 5; ++escrow) rig.acquire(escrow);
  EXPECT_EQ(rig.held.size(), 5u);
  EXPECT_THAT(rig.held.at(0).instances, ElementsAre(0, 1, 2));
  EXPECT_THAT(rig.held.at(1).instances, ElementsAre(3, 0, 1));
  EXPECT_THAT(rig.held.at(2).instances, ElementsAre(2, 3, 0));
  EXPECT_THAT(rig.held.at(3).instances, ElementsAre(1, 2, 3));
  EXPECT_THAT(rig.held.at(4).instances, ElementsAre(0, 1, 2));
  rig.release(0);
  EXPECT_EQ(rig.observer.count(EventKind::lease, "wait"), 0u);
}

TEST(SharedRoundRobin, PutsEverybodyOnTheSameThree) {
  SlotRig rig("shared_round_robin", 3);
  for (EscrowId escrow = 0; escrow < 3; ++escrow) rig.acquire(escrow);
  for (EscrowId escrow = 0; escrow < 3; ++escrow)
    EXPECT_THAT(rig.held.at(escrow).instances, ElementsAre(0, 1, 2));
}

TEST(ExclusivePolicies, NeverLetAWaiterBeOvertaken) {
  for (const char* policy : exclusive_policies) {
    SlotRig rig(policy, 3);
    for (EscrowId escrow = 1; escrow <= 5; ++escrow) rig.acquire(escrow);
    EXPECT_THAT(rig.order, ElementsAre(1));
    rig.release(1);
    rig.acquire(6);
    EXPECT_THAT(rig.order, ElementsAre(1, 2));
    for (EscrowId escrow = 2; escrow <= 6; ++escrow) rig.release(escrow);
    EXPECT_THAT(rig.order, ElementsAre(1, 2, 3, 4, 5, 6));
  }
}

TEST(ExclusivePolicies, GiveAllThreeOrNone) {
  SlotRig rig("exclusive_lease", 5);
  rig.acquire(1);
  rig.acquire(2);  // two are free
  EXPECT_FALSE(rig.held.contains(2));
  rig.acquire(3);
  EXPECT_FALSE(rig.held.contains(3));
  rig.release(1);
  EXPECT_THAT(rig.order, ElementsAre(1, 2));
}

// Random comings and goings, watched through the events: each instance has one escrow at a time,
// grants come in the order of the asking, and nobody waits while three are to be had.
TEST(ExclusivePolicies, HoldUnderRandomUse) {
  for (const char* policy : exclusive_policies) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      RandomStream random(seed);
      const auto instances = static_cast<InstanceId>(3 + random.below(15));
      const bool partitioned = std::string_view(policy) == "role_partitioned";
      SlotRig rig(policy, instances);
      EscrowId next = 0;
      for (int step = 0; step < 400; ++step) {
        if (rig.held.empty() || random.chance(1, 2)) {
          rig.acquire(next++);
        } else {
          auto one = rig.held.begin();
          std::advance(one, static_cast<std::ptrdiff_t>(random.below(rig.held.size())));
          rig.release(one->first);
        }
        std::set<InstanceId> in_use;
        for (const auto& [escrow, lease] : rig.held) {
          for (const Role role : all_roles) {
            const InstanceId instance = lease.instances[index_of(role)];
            EXPECT_LT(instance, instances);
            EXPECT_TRUE(in_use.insert(instance).second) << "two escrows on one instance";
            EXPECT_TRUE(!partitioned || instance % 3 == index_of(role));
          }
        }
        const std::size_t capacity = instances / 3;
        const std::size_t asked = next - (rig.order.size() - rig.held.size());
        EXPECT_EQ(rig.held.size(), std::min(capacity, asked)) << policy << " seed " << seed;
      }
      EXPECT_TRUE(std::is_sorted(rig.order.begin(), rig.order.end()));
    }
  }
}

TEST(ExclusivePolicies, ServeTenThousandWaiters) {
  constexpr EscrowId waiters = 10'000;
  for (const char* policy : exclusive_policies) {
    SlotRig rig(policy, 9);
    for (EscrowId escrow = 0; escrow < waiters; ++escrow) rig.acquire(escrow);
    EXPECT_EQ(rig.held.size(), 3u);
    for (EscrowId escrow = 0; escrow < waiters; ++escrow) rig.release(escrow);
    EXPECT_EQ(rig.order.size(), waiters);
    EXPECT_TRUE(std::is_sorted(rig.order.begin(), rig.order.end()));
    EXPECT_TRUE(rig.held.empty());
  }
}

Awaitable<void> pass(Clock& clock, Duration duration) {
  const TimePoint until = clock.now() + duration;
  co_await clock.sleep_until(until);
}

TEST(LeaseEvents, TellWaitGrantAndRelease) {
  SlotRig rig("exclusive_lease", 3);
  rig.acquire(1);
  rig.acquire(2);
  boost::asio::co_spawn(rig.loop, pass(rig.clock, milliseconds(70)), [](std::exception_ptr) {});
  rig.clock.run(rig.loop);
  rig.release(1);

  EXPECT_EQ(rig.observer.count(EventKind::lease, "wait"), 1u);
  EXPECT_EQ(rig.observer.of(EventKind::lease, "wait")[0].escrow, 2u);
  const std::vector<Event> granted = rig.observer.of(EventKind::lease, "granted");
  ASSERT_EQ(granted.size(), 6u);
  EXPECT_EQ(granted[0].escrow, 1u);
  EXPECT_EQ(granted[0].duration, Duration::zero());
  EXPECT_EQ(granted[5].escrow, 2u);
  EXPECT_EQ(granted[5].role, Role::arbiter);
  EXPECT_EQ(granted[5].instance, 2u);
  EXPECT_EQ(granted[5].duration, milliseconds(70));
  const std::vector<Event> released = rig.observer.of(EventKind::lease, "released");
  ASSERT_EQ(released.size(), 3u);
  EXPECT_EQ(released[1].role, Role::vendor);
  EXPECT_EQ(released[1].instance, 1u);
  EXPECT_EQ(released[1].duration, milliseconds(70));
}

TEST(ExclusivePolicies, DropTheirWaitersWhenTheyGo) {
  for (const char* policy : exclusive_policies) {
    SlotRig rig(policy, 3);
    for (EscrowId escrow = 1; escrow <= 100; ++escrow) rig.acquire(escrow);
    // The second is granted and not yet back when the pool goes: it gets its lease all the same.
    const Lease lease = rig.held.at(1);
    rig.pool->release(lease);
    rig.pool.reset();
    rig.settle();
    EXPECT_THAT(rig.order, ElementsAre(1, 2));
  }
}

#ifndef NDEBUG
TEST(ExclusivePoliciesDeathTest, NoticeALeaseReleasedTwice) {
  SlotRig rig("exclusive_lease", 6);
  rig.acquire(1);
  const Lease lease = rig.held.at(1);
  rig.release(1);
  EXPECT_DEATH(rig.pool->release(lease), "Assertion");
}
#endif

}  // namespace
}  // namespace escrowstorm::test
