// Whatever a client sends, the daemon answers, and the chain stays whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "chain_rig.hpp"
#include "mockrpc/chain/transaction_bytes.hpp"
#include "mockrpc/daemon/daemon.hpp"
#include "mockrpc/keys/hex.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::string_view_literals;

constexpr int mutations = 5'000;
constexpr std::array tokens{"\""sv, "{"sv, "}"sv, "["sv, "]"sv,    ","sv,    ":"sv,
                            "-"sv,  "0"sv, "9"sv, "e"sv, "null"sv, "true"sv, "\\"sv};

class DaemonFuzz : public testing::Test, protected rigs::ChainRig {
 protected:
  Daemon daemon{chain, *find_version(default_version_name), Network::mainnet};
};

TEST_F(DaemonFuzz, AnswersAnyCall) {
  const std::string hash(64, 'a');
  const std::array<std::string, 6> corpus{
      R"({"jsonrpc":"2.0","id":"0","method":"get_block","params":{"height":1,"hash":")" + hash +
          R"("}})",
      R"({"method":"on_get_block_hash","params":[1]})",
      R"({"method":"get_block_headers_range","params":{"start_height":0,"end_height":2}})",
      R"({"method":"flush_txpool","params":{"txids":[")" + hash + R"("]}})",
      R"({"method":"get_output_distribution","params":{"amounts":[0],"from_height":1}})",
      R"({"method":"get_output_histogram","params":{"amounts":[0],"recent_cutoff":1}})"};
  mine_for(1, 5);
  escrowstorm::test::Mutator mutator(corpus, tokens, 1);
  for (int i = 0; i < mutations; ++i) {
    const http::ServerResponse response = daemon.serve("/json_rpc", mutator.next());
    // 500 is for a method that is no string.
    ASSERT_THAT(response.status, testing::AnyOf(200U, 500U));
    ASSERT_EQ(response.body.empty(), response.status == 500U);
  }
}

TEST_F(DaemonFuzz, AnswersAnyPath) {
  const std::string hash(64, 'a');
  const std::array<std::string, 3> corpus{
      R"({"txs_hashes":[")" + hash + R"("],"decode_as_json":true,"prune":true})",
      R"({"key_images":[")" + hash + R"("],"nblocks":1})", R"({"tx_as_hex":"00ff"})"};
  escrowstorm::test::Mutator mutator(corpus, tokens, 2);
  for (int i = 0; i < mutations; ++i) {
    const std::string body = mutator.next();
    for (const auto* path : {"/get_transactions", "/is_key_image_spent", "/send_raw_transaction",
                             "/pop_blocks", "/nowhere"}) {
      const unsigned status = daemon.serve(path, body).status;
      ASSERT_THAT(status, testing::AnyOf(200u, 400u, 404u, 500u)) << body;
    }
  }
}

TEST_F(DaemonFuzz, TakesNoDamagedTransactionForMoney) {
  const std::array<std::string, 2> corpus{transaction_blob(spend({spendable()}, 2)),
                                          transaction_blob(spend({spendable(1)}, 3))};
  const std::array raw_tokens{"\0"sv, "\xff\xff\xff"sv, "\x80"sv};
  escrowstorm::test::Mutator mutator(corpus, raw_tokens, 3);
  int taken = 0;
  for (int i = 0; i < mutations; ++i) {
    const std::string body = R"({"tx_as_hex":")" + to_hex(mutator.next()) + "\"}";
    taken += daemon.serve("/send_raw_transaction", body).body.find("\"OK\"") != std::string::npos;
    if (i % 100 == 0) mine_for(9);
  }
  EXPECT_GT(taken, 0);  // of an address, a hash or a weight any value will do
  Amount sum;
  const auto add_unspent = [&](const Transaction& transaction) {
    for (const TxOutput& output : transaction.outputs) {
      const auto spender = chain.spender(key_image_of(output));
      if (!spender || !spender->height) sum = *sum.plus(output.amount);
    }
  };
  for (std::uint64_t height = 0; height < chain.height(); ++height) {
    add_unspent(*chain.block(height).coinbase);
    for (const auto& transaction : chain.block(height).transactions) add_unspent(*transaction);
  }
  EXPECT_EQ(sum, chain.top().generated);
}

TEST(TransactionBytes, ComeBackAsTheyWere) {
  rigs::ChainRig rig;
  Transaction transaction = rig.spend({rig.spendable()}, 2);
  EXPECT_EQ(read_transaction_blob(transaction_blob(transaction)), transaction);
  transaction.payment_id = PaymentId{1, 2, 3};
  transaction.unlock_time = 77;
  const std::string bytes = transaction_blob(transaction);
  EXPECT_EQ(read_transaction_blob(bytes), transaction);
  EXPECT_EQ(read_transaction_blob(bytes + "x"), std::nullopt);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_EQ(read_transaction_blob(bytes.substr(0, size)), std::nullopt);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
