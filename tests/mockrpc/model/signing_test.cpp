// sign and verify: between wallets of the mock, and signatures that 0.18.0.0 made.
#include <gtest/gtest.h>

#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::no_wallet;
using rigs::Rig;

std::string describe(const Verify::Answer& answer) {
  return std::string(answer.good ? "good " : "bad ") + (answer.old ? "old " : "") +
         answer.signature_type + ' ' + std::to_string(answer.version);
}

TEST(Signing, NeedsAWallet) {
  Rig rig(1);
  EXPECT_EQ(rig.error(0, Sign{}), no_wallet);
  EXPECT_EQ(rig.error(0, Verify{}), no_wallet);
}

TEST(Signing, IsGoodForTheTextTheAddressAndTheKey) {
  Rig rig(2);
  rig.create(0, "w");
  rig.create(1, "v");
  const std::string main = rig.address(0);
  const std::string second = rig.ok(0, CreateAddress{}).address;
  const auto verified = [&](const std::string& address, const std::string& text,
                            const std::string& signature) {
    return describe(rig.ok(1, Verify{address, text, signature}));
  };
  for (const std::uint32_t index : {0u, 1u})
    for (const std::string type : {"", "spend", "view"}) {
      const std::string signature = rig.ok(0, Sign{0, index, "hello", type}).signature;
      EXPECT_EQ(signature.size(), 93u);
      const std::string address = index == 0 ? main : second;
      EXPECT_EQ(verified(address, "hello", signature),
                type == "view" ? "good view 2" : "good spend 2")
          << index << type;
      EXPECT_EQ(verified(index == 0 ? second : main, "hello", signature), "bad spend 0");
      EXPECT_EQ(verified(address, "hellx", signature), "bad spend 0");
      EXPECT_EQ(verified(address, "hello", signature.substr(0, 92)), "bad spend 0");
      EXPECT_EQ(verified(address, "hello", "SigV1" + signature.substr(5)), "bad spend 0");
    }
  for (const std::string bad : {"", "x", "SigV2", "SigV20", "SigV3"})
    EXPECT_EQ(verified(main, "hello", bad), "bad spend 0") << bad;
  EXPECT_EQ(rig.error(1, Verify{"x", "", ""}), (RpcError{error_code::wrong_address, ""}));
  EXPECT_EQ(rig.error(0, Sign{0, 0, "", "x"}), (RpcError{-47, "Invalid signature type requested"}));
}

TEST(Signing, TakesWhatTheRealOneSigned) {
  Rig rig(1);
  rig.create(0, "w");
  const char* const rows[][3] = {
      {"42RZiFLiJiQYcJdvhpxwJY9E9Ku7j6PWuG6w3evjpDgK2yrz1ZSWwWactDjZZS2g98CqKS1GPoxpJ6xS"
       "Gnwrb5Bf9hm3vbK",
       "spend",
       "SigV2KZzttrZp14ZgAmgTjNQfoNGhAJYA494njWuoBmH1pMXDYfEuUKAzAnvNP1dfP56SbLUgQK2ud5R"
       "SKGTdm1ADaHQH"},
      {"42RZiFLiJiQYcJdvhpxwJY9E9Ku7j6PWuG6w3evjpDgK2yrz1ZSWwWactDjZZS2g98CqKS1GPoxpJ6xS"
       "Gnwrb5Bf9hm3vbK",
       "view",
       "SigV2becFRLgCcFndSgCLUo35vTYg2tEryhFbTiWBTaTFhqHFiuWvNJPFJ5QENyHDPeyr6sbEJcciiMZ"
       "niC3KrkVU3T89"},
      {"84C5H6fnkPwGcYGPRCJDh1jNDjD81k96B5CPddAvCL5UehYmSxPnmWe1nVhcCTRoWV3eSzgwMTMLSDbk"
       "S8GELuYJMd53DF3",
       "spend",
       "SigV2WqHPVy5tL17Xyi24YXTF7EVov6AFQScJ9UiWqkPTJwfK3uSQvW35fxM3B3JRoBA947biawr9WgX"
       "GB1VNQpcC7GKW"},
      {"84C5H6fnkPwGcYGPRCJDh1jNDjD81k96B5CPddAvCL5UehYmSxPnmWe1nVhcCTRoWV3eSzgwMTMLSDbk"
       "S8GELuYJMd53DF3",
       "view",
       "SigV29wGoDxTT275UZkY5SJuznihE5Ej3jajp67oqgmmfVSbEZrs6ei34XZegG7nwd3py5TjZJBqJmHB"
       "1K8vhxsQD6FAY"},
  };
  for (const auto& [address, type, signature] : rows)
    EXPECT_EQ(describe(rig.ok(0, Verify{address, "a text", signature})),
              "good " + std::string(type) + " 2");
}

TEST(Signing, OfAMultisigWalletIsNotGoodForItsAddress) {
  Rig rig;
  rig.set_up("m");
  const std::string signature = rig.ok(0, Sign{0, 0, "hello", ""}).signature;
  EXPECT_EQ(describe(rig.ok(1, Verify{rig.address(0), "hello", signature})), "bad spend 0");
  const std::string viewed = rig.ok(0, Sign{0, 0, "hello", "view"}).signature;
  EXPECT_EQ(describe(rig.ok(1, Verify{rig.address(0), "hello", viewed})), "good view 2");
}

}  // namespace
}  // namespace escrowstorm::mockrpc
