// Who gets which instances, and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/coordinator/support/slot_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using std::chrono::milliseconds;
using testing::ElementsAre;

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

TEST(RoleSets, AreIteratedInTheOrderOfTheRoles) {
  RoleSet roles = RoleSet::only(Role::arbiter);
  roles.add(Role::buyer);
  std::vector<Role> met;
  for (const Role role : roles) met.push_back(role);
  EXPECT_THAT(met, ElementsAre(Role::buyer, Role::arbiter));
  EXPECT_EQ(roles.size(), 2u);
  EXPECT_FALSE(roles.has(Role::vendor));
  roles.remove(Role::arbiter);
  EXPECT_EQ(roles, RoleSet::only(Role::buyer));
  EXPECT_EQ(RoleSet::all().size(), 3u);
  EXPECT_TRUE(RoleSet().empty());
}

TEST(LeasesOfSomeRoles, TakeAnInstanceForEachOfThem) {
  SlotRig exclusive("exclusive_lease", 4);
  exclusive.acquire(1, RoleSet::only(Role::arbiter));
  EXPECT_EQ(exclusive.held.at(1).instances[2], 0u);
  exclusive.acquire(2);
  EXPECT_THAT(exclusive.held.at(2).instances, ElementsAre(1, 2, 3));

  SlotRig partitioned("role_partitioned", 6);
  partitioned.acquire(1, RoleSet::only(Role::vendor));
  EXPECT_EQ(partitioned.held.at(1).instances[1], 1u);
  partitioned.acquire(2);
  EXPECT_THAT(partitioned.held.at(2).instances, ElementsAre(0, 4, 2));

  SlotRig by_role("role_round_robin", 6);
  by_role.acquire(1, RoleSet::only(Role::vendor));
  by_role.acquire(2);
  EXPECT_EQ(by_role.held.at(1).instances[1], 1u);
  EXPECT_THAT(by_role.held.at(2).instances, ElementsAre(0, 4, 2));

  SlotRig shared("shared_round_robin", 6);
  shared.acquire(1, RoleSet::only(Role::vendor));
  shared.acquire(2);
  EXPECT_EQ(shared.held.at(1).instances[1], 0u);
  EXPECT_THAT(shared.held.at(2).instances, ElementsAre(1, 2, 3));
}

// One that needs a single instance does not pass by one that waits for three.
TEST(LeasesOfSomeRoles, DoNotOvertake) {
  SlotRig rig("exclusive_lease", 4);
  rig.acquire(1);
  rig.acquire(2);
  rig.acquire(3, RoleSet::only(Role::buyer));
  EXPECT_THAT(rig.order, ElementsAre(1));
  EXPECT_EQ(rig.pool->waiting(), 2u);
  rig.release(1);
  EXPECT_THAT(rig.order, ElementsAre(1, 2, 3));
}

TEST(LeasesOfSomeRoles, AreToldForTheirRolesOnly) {
  SlotRig rig("exclusive_lease", 3);
  rig.acquire(1, RoleSet::only(Role::vendor));
  rig.release(1);
  for (const char* phase : {"granted", "released"}) {
    const std::vector<Event> told = rig.observer.of(EventKind::lease, phase);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].role, Role::vendor);
    EXPECT_EQ(told[0].instance, 0u);
  }
}

TEST(SuspendedInstances, AreGrantedWhenTheyAreResumedAndReleased) {
  for (const char* policy : exclusive_policies) {
    SlotRig rig(policy, 3);
    rig.pool->suspend(1);
    rig.acquire(1);
    EXPECT_TRUE(rig.held.empty());
    rig.resume(1);
    EXPECT_THAT(rig.order, ElementsAre(1));

    rig.acquire(2);
    rig.pool->suspend(2);  // held
    rig.release(1);
    EXPECT_THAT(rig.order, ElementsAre(1)) << "released and not resumed";
    rig.resume(2);
    EXPECT_THAT(rig.order, ElementsAre(1, 2));

    rig.acquire(3);
    rig.pool->suspend(0);
    rig.resume(0);
    EXPECT_THAT(rig.order, ElementsAre(1, 2)) << "resumed and not released";
    rig.release(2);
    EXPECT_THAT(rig.order, ElementsAre(1, 2, 3));
  }
}

TEST(SuspendedInstances, AreNothingToThosePoliciesThatShare) {
  for (const char* policy : {"role_round_robin", "shared_round_robin"}) {
    SlotRig rig(policy, 3);
    rig.pool->suspend(1);
    rig.acquire(1);
    EXPECT_THAT(rig.held.at(1).instances, ElementsAre(0, 1, 2));
    rig.resume(1);
    EXPECT_EQ(rig.pool->waiting(), 0u);
  }
}

TEST(Shortage, IsToldToTheOwnerBeforeAnybodyWaits) {
  SlotRig rig("exclusive_lease", 3);
  std::vector<std::size_t> told;  // how many waited
  rig.pool->on_shortage = [&] { told.push_back(rig.pool->waiting()); };
  for (EscrowId escrow = 1; escrow <= 3; ++escrow) rig.acquire(escrow);
  EXPECT_THAT(told, ElementsAre(1, 2));
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
