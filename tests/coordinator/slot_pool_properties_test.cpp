// What is true of the exclusive pools after any comings and goings: leases of some roles, instances
// that are suspended and resumed, whoever waits.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.hpp"
#include "tests/coordinator/support/slot_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;

RoleSet some_roles(RandomStream& random) {
  RoleSet roles = RoleSet::only(all_roles[random.below(role_count)]);
  for (const Role role : all_roles) {
    if (random.chance(1, 2)) roles.add(role);
  }
  return roles;
}

// The pool under a made-up history, beside a plain account of what it should look like.
struct History {
  History(std::string_view policy, InstanceId count, RandomStream chance)
      : instances(count),
        partitioned(policy == "role_partitioned"),
        random(chance),
        rig(policy, count) {
    rig.pool->on_shortage = [this] { ++shortages; };
  }

  void step() {
    const std::uint64_t choice = random.below(5);
    if (choice < 2) {
      asked.push_back(some_roles(random));
      rig.acquire(asked.size() - 1, asked.back());
    } else if (choice == 2 && !rig.held.empty()) {
      rig.release(any_held());
    } else if (choice == 3) {
      const auto one = static_cast<InstanceId>(random.below(instances));
      if (suspended.insert(one).second) rig.pool->suspend(one);
    } else if (choice == 4 && !suspended.empty()) {
      resume(*suspended.begin());
    }
  }

  void resume(InstanceId instance) {
    suspended.erase(instance);
    rig.resume(instance);
  }

  EscrowId any_held() {
    auto one = rig.held.begin();
    std::advance(one, static_cast<std::ptrdiff_t>(random.below(rig.held.size())));
    return one->first;
  }

  // Whoever holds something, checked against who held it before.
  void check_holders() {
    std::set<InstanceId> in_use;
    for (const auto& [escrow, lease] : rig.held) {
      EXPECT_EQ(lease.roles, asked.at(escrow));
      for (const Role role : lease.roles) {
        const InstanceId instance = lease.instances[index_of(role)];
        EXPECT_LT(instance, instances);
        EXPECT_TRUE(in_use.insert(instance).second) << "two escrows on one instance";
        EXPECT_TRUE(!partitioned || instance % role_count == index_of(role));
        if (!known.contains(escrow)) {
          EXPECT_FALSE(suspended.contains(instance)) << "granted while suspended";
        }
      }
      known.insert(escrow);
    }
    used = in_use;
  }

  void check_queue() const {
    EXPECT_TRUE(std::is_sorted(rig.order.begin(), rig.order.end())) << "overtaken";
    EXPECT_EQ(rig.pool->waiting(), asked.size() - rig.order.size());
    EXPECT_EQ(shortages, rig.observer.count(EventKind::lease, "wait"));
    if (rig.order.size() < asked.size()) {
      EXPECT_FALSE(could_have(asked[rig.order.size()])) << "waits while there are some";
    }
  }

  bool could_have(RoleSet roles) const {
    std::array<std::size_t, role_count> free{};  // by third
    for (InstanceId i = 0; i < instances; ++i) {
      if (!used.contains(i) && !suspended.contains(i)) ++free[i % role_count];
    }
    if (!partitioned) return free[0] + free[1] + free[2] >= roles.size();
    return std::all_of(roles.begin(), roles.end(), [&](Role r) { return free[index_of(r)] > 0; });
  }

  // No more trouble: everybody has to have had a turn.
  void settle() {
    while (!suspended.empty()) resume(*suspended.begin());
    while (!rig.held.empty()) rig.release(rig.held.begin()->first);
    EXPECT_EQ(rig.order.size(), asked.size()) << "starved";
    EXPECT_EQ(rig.observer.count(EventKind::lease, "granted"),
              rig.observer.count(EventKind::lease, "released"));
  }

  const InstanceId instances;
  const bool partitioned;
  RandomStream random;
  SlotRig rig;
  std::vector<RoleSet> asked;  // by escrow
  std::set<InstanceId> suspended;
  std::set<InstanceId> used;
  std::set<EscrowId> known;  // that had a lease
  std::size_t shortages = 0;
};

TEST(SlotPoolProperties, HoldAfterAnyHistory) {
  for (const char* policy : exclusive_policies) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      RandomStream random(seed);
      const auto instances = static_cast<InstanceId>(3 + random.below(15));
      History history(policy, instances, random);
      for (int step = 0; step < 300 && !testing::Test::HasFailure(); ++step) {
        history.step();
        history.check_holders();
        history.check_queue();
      }
      history.settle();
      ASSERT_FALSE(testing::Test::HasFailure()) << policy << " seed " << seed;
    }
  }
}

// All of a large fleet suspended and resumed one by one, ten thousand waiting: as long as a step
// costs the same whatever their number, this is nothing.
TEST(SlotPoolProperties, ServeTenThousandWaitersOnALargeFleet) {
  constexpr EscrowId waiters = 10'000;
  constexpr InstanceId instances = 30'000;
  for (const char* policy : exclusive_policies) {
    SlotRig rig(policy, instances);
    for (InstanceId i = 0; i < instances; ++i) rig.pool->suspend((i * 7919) % instances);
    for (EscrowId escrow = 0; escrow < waiters; ++escrow) rig.acquire(escrow);
    EXPECT_TRUE(rig.held.empty());
    EXPECT_EQ(rig.pool->waiting(), waiters);
    for (InstanceId i = 0; i < instances; ++i) rig.resume(i);
    EXPECT_EQ(rig.held.size(), waiters);
    for (EscrowId escrow = 0; escrow < waiters; ++escrow) rig.release(escrow);
    EXPECT_TRUE(std::is_sorted(rig.order.begin(), rig.order.end()));
  }
}

TEST(SlotPoolProperties, ServeTenThousandWaitersOnThree) {
  constexpr EscrowId waiters = 10'000;
  for (const char* policy : exclusive_policies) {
    SlotRig rig(policy, 3);
    for (EscrowId escrow = 0; escrow < waiters; ++escrow) rig.acquire(escrow);
    EXPECT_EQ(rig.held.size(), 1u);
    for (EscrowId escrow = 0; escrow < waiters; ++escrow) rig.release(escrow);
    EXPECT_EQ(rig.order.size(), waiters);
    EXPECT_TRUE(std::is_sorted(rig.order.begin(), rig.order.end()));
    EXPECT_TRUE(rig.held.empty());
  }
}

}  // namespace
}  // namespace escrowstorm::test
