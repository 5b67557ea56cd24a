// monerod's calls on the mock's chain: what the recordings do not have, above all transactions.
#include "mockrpc/daemon/daemon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "chain_rig.hpp"
#include "mockrpc/chain/transaction_bytes.hpp"
#include "mockrpc/keys/address.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {
namespace {

using nlohmann::json;
using rigs::hex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string no_hash(64, '0');

class DaemonTest : public testing::Test, protected rigs::ChainRig {
 protected:
  json path(const std::string& target, const json& params = json::object()) {
    const http::ServerResponse response = daemon.serve(target, params.dump());
    EXPECT_EQ(response.status, 200U) << target;
    return json::parse(response.body);
  }
  json rpc(const Daemon& asked, const std::string& method, const json& params) {
    const json call{{"jsonrpc", "2.0"}, {"id", "0"}, {"method", method}, {"params", params}};
    return json::parse(asked.serve("/json_rpc", call.dump()).body);
  }
  json result(const std::string& method, const json& params = json::object()) {
    return rpc(daemon, method, params)["result"];
  }
  json error(const std::string& method, const json& params = json::object()) {
    return rpc(daemon, method, params)["error"];
  }

  // An address whose owner is that person. Any point is a view key here.
  static std::string address_of(const CurvePoint& spend, Network network = Network::mainnet) {
    Address address;
    address.network = network;
    address.spend = spend;
    address.view = spend;
    return address_text(address);
  }
  static std::string hex_of(const Transaction& transaction, std::size_t bytes = 0) {
    return to_hex(transaction_blob(transaction, bytes));
  }

  const CurvePoint miner = base_point_times(scalar_of(7));
  Daemon daemon{chain, *find_version("0.18.0.0"), Network::mainnet};
};

TEST_F(DaemonTest, ParametersThatChangeNothingMustBeOfTheRightKind) {
  EXPECT_EQ(error("get_block_count", json::array({1}))["code"], -32602);
  EXPECT_EQ(result("get_block_count", json::array({"x"}))["count"], 1);
  EXPECT_EQ(result("get_block_count", json(5))["count"], 1);
  EXPECT_EQ(error("flush_cache", {{"bad_txs", 1}})["code"], -32602);
  EXPECT_EQ(result("flush_cache", {{"bad_txs", true}})["status"], "OK");
  EXPECT_EQ(daemon.serve("/get_peer_list", R"({"public_only":1})").status, 400U);
  EXPECT_EQ(path("/get_peer_list", {{"public_only", false}})["status"], "OK");
  EXPECT_EQ(daemon.serve("/get_public_nodes", R"({"white":"x"})").status, 400U);
  EXPECT_EQ(path("/get_public_nodes", {{"white", true}})["status"], "OK");
}

TEST_F(DaemonTest, GeneratedBlocksPayTheAddress) {
  const json answer =
      result("generateblocks", {{"wallet_address", address_of(miner)}, {"amount_of_blocks", 2}});
  EXPECT_EQ(answer["height"], 2);
  EXPECT_THAT(answer["blocks"], ElementsAre(hex(chain.block(1).hash), hex(chain.block(2).hash)));
  EXPECT_THAT(chain.received(miner, 0), SizeIs(2));
}

TEST_F(DaemonTest, OnlyRegtestGeneratesBlocks) {
  for (const Network network : {Network::testnet, Network::stagenet}) {
    const Daemon other(chain, *find_version("0.18.0.0"), network);
    const json refused =
        rpc(other, "generateblocks",
            {{"wallet_address", address_of(miner, network)}, {"amount_of_blocks", 1}})["error"];
    EXPECT_EQ(refused,
              (json{{"code", -13}, {"message", "Regtest required when generating blocks"}}));
    EXPECT_EQ(rpc(other, "get_info", {})["result"]["nettype"], name_of(network));
  }
  EXPECT_EQ(chain.height(), 1U);
}

TEST_F(DaemonTest, LimitsTheBlocksOfOneCall) {
  const json refused = error(
      "generateblocks", {{"wallet_address", address_of(miner)}, {"amount_of_blocks", 100'001}});
  EXPECT_EQ(refused["code"], -1);
  EXPECT_EQ(chain.height(), 1U);
}

TEST_F(DaemonTest, AnAnswerHasAnEndHoweverOftenATransactionIsAskedFor) {
  const std::string coinbase = hex(mine_for(1).coinbase->hash);
  const auto status = [&](std::size_t times) {
    const json asked{{"txs_hashes", std::vector<std::string>(times, coinbase)},
                     {"decode_as_json", true}};
    return path("/get_transactions", asked)["status"].get<std::string>();
  };
  EXPECT_EQ(status(500), "OK");
  EXPECT_THAT(status(50'000), HasSubstr("longer than 16 MiB, see docs/mock.md"));
}

TEST_F(DaemonTest, HasNoAlternativeChains) {
  mine_for(1, 3);
  const auto on = [&](std::uint64_t height) {
    return json{{"wallet_address", address_of(miner)},
                {"amount_of_blocks", 1},
                {"prev_block", hex(chain.block(height).hash)}};
  };
  EXPECT_THAT(error("generateblocks", on(1))["message"].get<std::string>(),
              HasSubstr("no alternative chains"));
  EXPECT_EQ(result("generateblocks", on(3))["height"], 4);
}

TEST_F(DaemonTest, WhatItLacksSaysSo) {
  for (const std::string method : {"get_block_template", "submit_block", "rpc_access_info"}) {
    const json refused = error(method);
    EXPECT_EQ(refused["code"], -32601);
    EXPECT_THAT(refused["message"].get<std::string>(), HasSubstr("docs/mock.md")) << method;
  }
  EXPECT_EQ(error("get_blcok_count")["message"], "Method not found");
  for (const std::string target : {"/start_mining", "/stop_daemon", "/get_blocks.bin"})
    EXPECT_THAT(path(target)["status"].get<std::string>(), HasSubstr("docs/mock.md")) << target;
  EXPECT_EQ(daemon.serve("/get_hieght", "").status, 404U);
}

TEST_F(DaemonTest, ShowsAWaitingTransaction) {
  const OutputPlace place = spendable();
  const Transaction paid = spend({place}, 2);
  ASSERT_EQ(chain.submit(paid), std::nullopt);
  const json pool = path("/get_transaction_pool");
  ASSERT_THAT(pool["transactions"], SizeIs(1));
  json entry = pool["transactions"][0];
  EXPECT_EQ(json::parse(entry["tx_json"].get<std::string>())["rct_signatures"]["txnFee"],
            paid.fee.atomic());
  entry.erase("tx_json");
  EXPECT_EQ(entry, (json{{"blob_size", 2000},
                         {"do_not_relay", false},
                         {"double_spend_seen", false},
                         {"fee", 1'000'000'000},
                         {"id_hash", hex(paid.hash)},
                         {"kept_by_block", false},
                         {"last_failed_height", 0},
                         {"last_failed_id_hash", no_hash},
                         {"last_relayed_time", began},
                         {"max_used_block_height", 1},
                         {"max_used_block_id_hash", hex(chain.block(1).hash)},
                         {"receive_time", began},
                         {"relayed", true},
                         {"tx_blob", hex_of(paid, 2000)},
                         {"weight", 2000}}));
  EXPECT_EQ(pool["spent_key_images"],
            (json::array({{{"id_hash", hex(paid.key_images.front())},
                           {"txs_hashes", json::array({hex(paid.hash)})}}})));
  EXPECT_THAT(path("/get_transaction_pool_hashes")["tx_hashes"], ElementsAre(hex(paid.hash)));
  EXPECT_EQ(result("get_info")["tx_pool_size"], 1);
}

TEST_F(DaemonTest, CountsThePool) {
  spendable(2);  // no block after this
  for (std::size_t i = 0; i < 3; ++i) {
    Transaction paid = spend({spendable(i)}, 2);
    paid.weight = 1000 * (i + 1);
    ASSERT_EQ(chain.submit(paid, i == 0 ? PoolOrigin::held_back : PoolOrigin::relayed),
              std::nullopt);
    pass(std::chrono::seconds(400));
  }
  EXPECT_EQ(path("/get_transaction_pool_stats")["pool_stats"], (json{{"bytes_max", 3000},
                                                                     {"bytes_med", 2000},
                                                                     {"bytes_min", 1000},
                                                                     {"bytes_total", 6000},
                                                                     {"fee_total", 3'000'000'000},
                                                                     {"histo_98pc", 0},
                                                                     {"num_10m", 2},
                                                                     {"num_double_spends", 0},
                                                                     {"num_failing", 0},
                                                                     {"num_not_relayed", 1},
                                                                     {"oldest", began},
                                                                     {"txs_total", 3}}));
}

TEST_F(DaemonTest, FollowsATransactionIntoABlockAndBack) {
  const Transaction paid = spend({spendable()}, 2);
  ASSERT_EQ(chain.submit(paid), std::nullopt);
  const json asked{{"txs_hashes", {hex(paid.hash)}}};
  const json images{{"key_images", {hex(paid.key_images.front()), no_hash}}};

  json entry = path("/get_transactions", asked)["txs"][0];
  EXPECT_EQ(entry["as_hex"], hex_of(paid, 2000));
  EXPECT_EQ(entry["in_pool"], true);
  EXPECT_EQ(entry["received_timestamp"], began);
  EXPECT_FALSE(entry.contains("block_height"));
  EXPECT_THAT(path("/is_key_image_spent", images)["spent_status"], ElementsAre(2, 0));

  const std::uint64_t height = mine_for(9).height;
  entry = path("/get_transactions", asked)["txs"][0];
  EXPECT_EQ(entry["in_pool"], false);
  EXPECT_EQ(entry["block_height"], height);
  EXPECT_EQ(entry["confirmations"], 1);
  EXPECT_THAT(entry["output_indices"], ElementsAre(height, height + 1));
  EXPECT_FALSE(entry.contains("relayed"));
  EXPECT_THAT(path("/is_key_image_spent", images)["spent_status"], ElementsAre(1, 0));
  const json block = result("get_block", {{"height", height}});
  EXPECT_THAT(block["tx_hashes"], ElementsAre(hex(paid.hash)));
  EXPECT_EQ(block["block_header"]["num_txes"], 1);
  EXPECT_EQ(block["block_header"]["reward"], chain.top().reward.atomic());
  EXPECT_EQ(result("get_coinbase_tx_sum", {{"height", height}, {"count", 1}})["fee_amount"],
            paid.fee.atomic());

  EXPECT_EQ(path("/pop_blocks", {{"nblocks", 1}})["height"], height);
  EXPECT_EQ(path("/get_transaction_pool")["transactions"][0]["kept_by_block"], true);
  EXPECT_THAT(path("/is_key_image_spent", images)["spent_status"], ElementsAre(2, 0));
  result("flush_txpool", {{"txids", {hex(paid.hash)}}});
  EXPECT_THAT(path("/get_transactions", asked)["missed_tx"], ElementsAre(hex(paid.hash)));
}

TEST_F(DaemonTest, DecodesTransactions) {
  const Transaction paid = spend({spendable(), spendable(1)}, 2);
  ASSERT_EQ(chain.submit(paid), std::nullopt);
  const json answer =
      path("/get_transactions", {{"txs_hashes", {hex(paid.hash)}}, {"decode_as_json", true}});
  EXPECT_EQ(answer["txs_as_json"][0], answer["txs"][0]["as_json"]);
  const json decoded = json::parse(answer["txs"][0]["as_json"].get<std::string>());
  ASSERT_THAT(decoded["vin"], SizeIs(2));
  EXPECT_THAT(decoded["vin"][0]["key"]["key_offsets"], SizeIs(16));
  EXPECT_EQ(decoded["vin"][0]["key"]["k_image"], hex(paid.key_images[0]));
  ASSERT_THAT(decoded["vout"], SizeIs(2));
  EXPECT_EQ(decoded["vout"][0]["amount"], 0);  // hidden
  EXPECT_EQ(decoded["vout"][0]["target"]["tagged_key"]["key"], hex(paid.outputs[0].key));
  EXPECT_EQ(decoded["extra"][0], 1);
}

class SendRaw : public DaemonTest {
 protected:
  json send(const Transaction& transaction, bool do_not_relay = false) {
    return path("/send_raw_transaction",
                {{"tx_as_hex", hex_of(transaction)}, {"do_not_relay", do_not_relay}});
  }
};

TEST_F(SendRaw, TakesTheMocksOwnTransactions) {
  const OutputPlace place = spendable();
  const Transaction paid = spend({place}, 2);
  json answer = send(paid);
  EXPECT_EQ(answer["status"], "OK");
  EXPECT_EQ(answer["reason"], "");
  EXPECT_EQ(answer["not_relayed"], false);
  EXPECT_TRUE(chain.find(paid.hash));
  answer = send(paid);
  EXPECT_EQ(answer["status"], "OK");
  EXPECT_EQ(answer["reason"], "Not relayed");
  answer = send(spend({place}, 3));
  EXPECT_EQ(answer["status"], "Failed");
  EXPECT_EQ(answer["reason"], "double spend");
  EXPECT_EQ(answer["double_spend"], true);
}

TEST_F(SendRaw, HoldsBackUntilRelayed) {
  const Transaction held = spend({spendable()}, 2);
  EXPECT_EQ(send(held, true)["not_relayed"], true);
  EXPECT_EQ(path("/get_transaction_pool")["transactions"][0]["do_not_relay"], true);
  EXPECT_THAT(mine_for(9).transactions, IsEmpty());
  EXPECT_EQ(result("relay_tx", {{"txids", {hex(held.hash)}}})["status"], "OK");
  EXPECT_THAT(mine_for(9).transactions, SizeIs(1));
}

TEST_F(SendRaw, SaysWhatIsWrong) {
  const OutputPlace place = spendable();
  Transaction from_air = spend({place}, 2);
  from_air.fee = Amount();
  EXPECT_EQ(send(from_air)["overspend"], true);
  Transaction locked = spend({chain.received(person(1), 5).front()}, 2);
  EXPECT_EQ(send(locked)["invalid_input"], true);
  Transaction alone = spend({place}, 2);
  alone.outputs.pop_back();
  EXPECT_EQ(send(alone)["too_few_outputs"], true);
  Transaction reused = spend({place}, 2);
  reused.outputs[0].key = reused.outputs[1].key;
  EXPECT_EQ(send(reused)["invalid_output"], true);
  Transaction heavy = spend({place}, 2);
  heavy.weight = ~std::uint64_t{0};
  EXPECT_EQ(send(heavy)["too_big"], true);
  EXPECT_THAT(chain.pool(), IsEmpty());
}

TEST_F(DaemonTest, TheVersionsDiffer) {
  mine_for(1, 2);
  const Daemon newer(chain, *find_version("0.18.5.1"), Network::mainnet);
  EXPECT_EQ(rpc(newer, "get_version", {})["result"],
            (json{{"current_height", 3},
                  {"hard_forks",
                   {{{"height", 0}, {"hf_version", 1}}, {{"height", 1}, {"hf_version", 16}}}},
                  {"release", true},
                  {"status", "OK"},
                  {"untrusted", false},
                  {"version", 196624}}));
  EXPECT_EQ(rpc(newer, "get_info", {})["result"]["version"], "0.18.5.1-release");
  Transaction locked = spend({spendable()}, 2);
  locked.unlock_time = 500;
  const json asked{{"tx_as_hex", hex_of(locked)}};
  const json refused = json::parse(newer.serve("/send_raw_transaction", asked.dump()).body);
  EXPECT_EQ(refused["nonzero_unlock_time"], true);
  EXPECT_EQ(refused["tx_extra_too_big"], false);
  EXPECT_EQ(path("/send_raw_transaction", asked)["status"], "OK");
}

}  // namespace
}  // namespace escrowstorm::mockrpc
