#include "bench/setup_bound.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.hpp"

namespace escrowstorm::bench {
namespace {

using namespace std::chrono_literals;
using namespace walletrpc;
using testing::ElementsAre;

void add(EscrowCalls& escrow, Role role, std::string_view method, Duration takes) {
  SetupCall call;
  call.role = role;
  call.method = method;
  call.cost.computing = takes;
  escrow.add(call);
}

void add_all(EscrowCalls& escrow, std::string_view method, std::array<Duration, role_count> take) {
  for (const Role role : all_roles) add(escrow, role, method, take[index_of(role)]);
}

// The vendor's wallet is slow to create, the arbiter's slow to make, the buyer's slow to close.
EscrowCalls small_escrow() {
  EscrowCalls escrow;
  add_all(escrow, CreateWallet::method, {1s, 5s, 2s});
  add_all(escrow, PrepareMultisig::method, {1s, 1s, 1s});
  add_all(escrow, MakeMultisig::method, {2s, 3s, 8s});
  add_all(escrow, ExchangeMultisigKeys::method, {1s, 1s, 1s});
  add_all(escrow, CloseWallet::method, {6s, 1s, 1s});
  return escrow;
}

std::vector<std::string> names(const EscrowCalls& escrow) {
  std::vector<std::string> names;
  for (const std::size_t number : escrow.longest_chain()) {
    const SetupCall& call = escrow.calls()[number];
    names.push_back(std::string(name_of(call.role)) + " " + std::string(call.method));
  }
  return names;
}

TEST(SetupBound, TheLongestChainGoesFromRoleToRoleWithTheMessages) {
  const EscrowCalls escrow = small_escrow();
  EXPECT_THAT(names(escrow), ElementsAre("vendor create_wallet", "vendor prepare_multisig",
                                         "arbiter make_multisig", "buyer exchange_multisig_keys",
                                         "buyer close_wallet"));
  EXPECT_EQ(escrow.length(escrow.longest_chain()), 21s);
}

TEST(SetupBound, RolesDoNotWaitForEachOtherWhereNoMessagePasses) {
  EscrowCalls escrow;
  add_all(escrow, CreateWallet::method, {5s, 1s, 1s});
  add_all(escrow, Store::method, {1s, 4s, 1s});  // in phases of their own this would be 9 s
  EXPECT_EQ(escrow.length(escrow.longest_chain()), 6s);
}

TEST(SetupBound, AStayCoversWhatOthersDoWithItsMessagesAndNotTheirBeginning) {
  const std::vector<EscrowCalls::Stay> stays = small_escrow().stays();
  ASSERT_EQ(stays.size(), role_count);
  EXPECT_EQ(stays[0].least, 1s + 1s + 8s + 1s + 6s);  // the arbiter's make, not the vendor's create
  EXPECT_EQ(stays[1].least, 5s + 1s + 8s + 1s + 1s);
  EXPECT_EQ(stays[1].tail, 0s);
}

TEST(SetupBound, AWalletThatIsOpenedAgainStaysTwice) {
  EscrowCalls escrow;
  for (const Role role : all_roles)
    for (const auto method : {CreateWallet::method, CloseWallet::method, OpenWallet::method,
                              IsMultisig::method, CloseWallet::method})
      add(escrow, role, method, 1s);
  const std::vector<EscrowCalls::Stay> stays = escrow.stays();
  ASSERT_EQ(stays.size(), 2 * role_count);
  EXPECT_EQ(stays[0].least, 2s);
  EXPECT_EQ(stays[0].tail, 3s);
  EXPECT_EQ(stays[1].least, 3s);
}

TEST(SetupBound, ARoundBeforeItsMessagesIsNoSetUp) {
  EscrowCalls escrow;
  add(escrow, Role::buyer, PrepareMultisig::method, 1s);
  SetupCall make;
  make.role = Role::buyer;
  make.method = MakeMultisig::method;
  EXPECT_THROW(escrow.add(make), std::logic_error);
}

TEST(SetupBound, SharedWorkEndsNoEarlierThanItsTails) {
  EXPECT_EQ(least_shared({{4s, 0s}, {2s, 5s}}, 1), 7s);
  EXPECT_EQ(least_shared({{9s, 0s}, {2s, 5s}}, 1), 11s);
  EXPECT_EQ(least_shared({{4s, 0s}, {2s, 1s}}, 2), 3s);
}

TEST(SetupBound, WholeTimesFillServersUnevenly) {
  EXPECT_EQ(least_whole({2s, 2s, 2s, 2s}, 3), 4s);
  EXPECT_EQ(least_whole({1s, 3s, 2s}, 3), 3s);
}

// The end of the best of all ways to give times to servers.
Duration best_end(const std::vector<Duration>& times, std::size_t at,
                  std::vector<Duration>& servers) {
  if (at == times.size()) return *std::max_element(servers.begin(), servers.end());
  Duration best = 1h;
  for (Duration& server : servers) {
    server += times[at];
    best = std::min(best, best_end(times, at + 1, servers));
    server -= times[at];
  }
  return best;
}

TEST(SetupBound, NoWayToGiveTimesToServersEndsEarlier) {
  RandomStream random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<Duration> times(1 + random.below(7));
    std::vector<Work> work;
    for (Duration& time : times) {
      time = std::chrono::seconds(1 + random.below(9));
      work.push_back({time, 0s});
    }
    std::vector<Duration> servers(1 + random.below(3));
    const auto count = static_cast<std::uint32_t>(servers.size());
    const Duration best = best_end(times, 0, servers);
    EXPECT_LE(least_whole(times, count), best);
    EXPECT_LE(least_shared(work, count), best);
  }
}

}  // namespace
}  // namespace escrowstorm::bench
