// Names of wallets, and what can be told from a label that a wallet shows.
#include "coordinator/setup/wallet_name.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "coordinator/setup/phase.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;

TEST(WalletName, NamesPrefixEscrowAndRole) {
  EXPECT_EQ(wallet_name("storm3", 12, Role::arbiter), "storm3_12_arbiter");
  EXPECT_EQ(wallet_name("storm3", 12, Role::arbiter, 1), "storm3_12_arbiter");
}

TEST(WalletName, NamesTheAttemptFromTheSecondOn) {
  EXPECT_EQ(wallet_name("storm3", 12, Role::buyer, 2), "storm3_12_buyer_2");
  EXPECT_EQ(wallet_name("storm3", 12, Role::buyer, 4294967295), "storm3_12_buyer_4294967295");
}

TEST(WalletName, TellsWhoseWalletItIs) {
  for (const EscrowId escrow : {EscrowId{0}, EscrowId{42}, ~EscrowId{0}}) {
    for (const Role role : all_roles) {
      for (const std::uint32_t attempt : {1u, 2u, 10u, ~0u})
        EXPECT_EQ(escrow_of_wallet("a_b", wallet_name("a_b", escrow, role, attempt)), escrow);
    }
  }
}

TEST(WalletName, TellsNothingFromOtherLabels) {
  for (const char* label : {"",
                            "escrow",
                            "escrow_",
                            "escrow_1",
                            "escrow_1_",
                            "escrow_1_seller",
                            "escrow_1buyer",
                            "escrow_x_buyer",
                            "escrow_-1_buyer",
                            "escrow_ 1_buyer",
                            "escrow_1_buyer ",
                            "escrow_1_xbuyer",
                            "escrow__buyer",
                            "other_1_buyer",
                            "escrow_18446744073709551616_buyer",
                            "escrow_01_buyer",
                            "escrow_1_buyer_",
                            "escrow_1_buyer_0",
                            "escrow_1_buyer_1",
                            "escrow_1_buyer_02",
                            "escrow_1_buyer_2_",
                            "escrow_1_buyer_4294967296",
                            "escrow_1_buyer2"})
    EXPECT_EQ(escrow_of_wallet("escrow", label), std::nullopt) << label;
}

TEST(WalletName, ReadsAnyLabel) {
  const std::vector<std::string> corpus = {"escrow_7_buyer", "escrow_18446744073709551615_vendor",
                                           "escrow_0_arbiter", "escrow_7_buyer_2"};
  const std::vector<std::string_view> tokens = {"escrow_", "_", "_buyer", "-", "1"};
  Mutator labels(corpus, tokens, 1);
  int understood = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string label = labels.next();
    if (!escrow_of_wallet("escrow", label)) continue;
    ++understood;
    EXPECT_TRUE(label.starts_with("escrow_")) << label;
  }
  EXPECT_GT(understood, 300);
  EXPECT_LT(understood, 19'000);
}

TEST(Phase, IsFoundByItsName) {
  for (std::size_t i = 0; i < phase_count; ++i) {
    const auto phase = static_cast<Phase>(i);
    EXPECT_EQ(phase_named(name_of(phase)), phase);
  }
  EXPECT_EQ(phase_named("exchange"), std::nullopt);
  EXPECT_EQ(name_of(Phase::create), "create");
  EXPECT_EQ(name_of(Phase::failed), "failed");
}

TEST(WalletName, CopiesAreNamedAfterTheirWallet) {
  EXPECT_EQ(next_copy_name("escrow_7_buyer"), "escrow_7_buyer-2");
  EXPECT_EQ(next_copy_name("escrow_7_buyer_3"), "escrow_7_buyer_3-2");
  EXPECT_EQ(next_copy_name("escrow_7_buyer-2"), "escrow_7_buyer-3");
  EXPECT_EQ(next_copy_name("escrow_7_buyer-make_input"), "escrow_7_buyer-2") << "no number";
  EXPECT_EQ(wallet_of_file("escrow_7_buyer-12"), "escrow_7_buyer");
  EXPECT_EQ(wallet_of_file("escrow_7_buyer"), "escrow_7_buyer");
  EXPECT_TRUE(is_copy_name("escrow_7_buyer-2"));
  EXPECT_FALSE(is_copy_name("escrow_7_buyer_2"));
}

}  // namespace
}  // namespace escrowstorm::test
