// The life of an escrow from its set-up to the last coin, every answer held against the real one's.
#include <gtest/gtest.h>

#include "tests/differential/arena.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::differential {
namespace {

using nlohmann::json;
using test::stranger;

constexpr std::uint64_t coin = 1'000'000'000'000;
constexpr int buyer = 0;
constexpr int vendor = 1;
constexpr int arbiter = 2;

// Writes the session down, a call at a time.
class Script {
 public:
  // What names `key` of this call's result in later ones.
  std::string call(int at, const std::string& method, const json& params, const std::string& key) {
    call(at, method, params);
    return "${" + std::to_string(sequence_.size() - 1) + "/" + key + "}";
  }

  void call(int at, const std::string& method, const json& params = json::object()) {
    Step step;
    step.at = at;
    step.method = method;
    step.params = params;
    sequence_.push_back(std::move(step));
  }

  void all(const std::string& method, const json& params = json::object()) {
    for (int role = 0; role < instances; ++role) call(role, method, params);
  }

  void mine(int blocks, const std::string& to = stranger) {
    call(daemon, "generateblocks", {{"amount_of_blocks", blocks}, {"wallet_address", to}});
  }

  const Sequence& sequence() const { return sequence_; }

 private:
  Sequence sequence_;
};

json others(const std::vector<std::string>& messages, int role) {
  json out = messages;
  out.erase(static_cast<std::size_t>(role));
  return out;
}

std::string wallet(int role) { return "life" + std::to_string(role) + "_${run}"; }

void exchange(Script& script, std::vector<std::string>& messages) {
  std::vector<std::string> next;
  for (int role = 0; role < instances; ++role) {
    const json params{{"multisig_info", others(messages, role)}, {"password", "pw"}};
    next.push_back(script.call(role, "exchange_multisig_keys", params, "multisig_info"));
  }
  messages = next;
}

// Returns what names the escrow's address.
std::string set_up(Script& script) {
  std::vector<std::string> messages;
  for (int role = 0; role < instances; ++role) {
    script.call(role, "create_wallet",
                {{"filename", wallet(role)}, {"password", "pw"}, {"language", "English"}});
    script.call(role, "set_attribute", {{"key", "role"}, {"value", std::to_string(role)}});
  }
  for (int role = 0; role < instances; ++role) {
    const json switched_on{{"enable_multisig_experimental", true}};
    messages.push_back(script.call(role, "prepare_multisig", switched_on, "multisig_info"));
  }
  std::vector<std::string> made;
  for (int role = 0; role < instances; ++role) {
    const json params{
        {"multisig_info", others(messages, role)}, {"threshold", 2}, {"password", "pw"}};
    made.push_back(script.call(role, "make_multisig", params, "multisig_info"));
  }
  script.all("is_multisig");
  script.all("get_address");
  exchange(script, made);
  exchange(script, made);
  script.all("is_multisig");
  script.all("store");
  script.all("get_balance");
  script.call(vendor, "get_address");
  return script.call(buyer, "get_address", json::object(), "address");
}

void look_at_money(Script& script) {
  script.all("refresh");
  script.all("get_height");
  script.all("get_balance", {{"account_index", 0}});
  script.call(buyer, "get_accounts");
  script.call(vendor, "incoming_transfers", {{"transfer_type", "all"}});
  script.all("get_transfers", {{"in", true}, {"out", true}, {"pending", true}, {"pool", true}});
}

void sync(Script& script) {
  std::vector<std::string> infos;
  for (int role = 0; role < instances; ++role)
    infos.push_back(script.call(role, "export_multisig_info", json::object(), "info"));
  for (int role = 0; role < instances; ++role)
    script.call(role, "import_multisig_info", {{"info", others(infos, role)}});
}

// `from` drafts, `with` signs, the third submits.
void spend(Script& script, int from, int with, std::uint64_t amount) {
  const json destination{{"address", stranger}, {"amount", amount}};
  const std::string drafted = script.call(
      from, "transfer", {{"destinations", json::array({destination})}, {"get_tx_key", true}},
      "multisig_txset");
  script.all("describe_transfer", {{"multisig_txset", drafted}});
  script.call(from, "submit_multisig", {{"tx_data_hex", drafted}});
  const std::string complete =
      script.call(with, "sign_multisig", {{"tx_data_hex", drafted}}, "tx_data_hex");
  script.call(from, "sign_multisig", {{"tx_data_hex", drafted}});
  const int third = instances - from - with;
  script.call(third, "sign_multisig", {{"tx_data_hex", complete}});
  const std::string hash =
      script.call(third, "submit_multisig", {{"tx_data_hex", complete}}, "tx_hash_list/0");
  script.call(with, "submit_multisig", {{"tx_data_hex", complete}});
  look_at_money(script);
  script.mine(1);
  look_at_money(script);
  for (int role = 0; role < instances; ++role)
    script.call(role, "get_transfer_by_txid", {{"txid", hash}});
}

Sequence life() {
  Script script;
  script.mine(100);
  const std::string address = set_up(script);
  script.mine(1, address);  // one output: among more the real one chooses by chance
  look_at_money(script);
  script.mine(70);
  look_at_money(script);
  script.call(buyer, "transfer",
              {{"destinations", json::array({json{{"address", stranger}, {"amount", coin}}})}});
  sync(script);
  look_at_money(script);
  spend(script, buyer, arbiter, coin);
  script.mine(1, address);
  script.mine(60);
  look_at_money(script);
  sync(script);
  look_at_money(script);  // so that key images are met in the order of their outputs first
  spend(script, vendor, buyer, 40 * coin);  // more than one output has: both
  script.all("close_wallet");
  for (int role = 0; role < instances; ++role) {  // each on another's instance
    const int at = (role + 1) % instances;
    script.call(at, "open_wallet", {{"filename", wallet(role)}, {"password", "pw"}});
    script.call(at, "get_attribute", {{"key", "role"}});
    script.call(at, "is_multisig");
    script.call(at, "get_address");
    script.call(at, "query_key", {{"key_type", "mnemonic"}});
  }
  script.mine(10);
  look_at_money(script);
  sync(script);
  spend(script, arbiter, vendor, coin / 3);
  return script.sequence();
}

TEST(Life, OfAnEscrowIsAnsweredAlike) {
  Arena arena(std::make_unique<RealFleet>(), std::make_unique<MockFleet>());
  if (const auto parting = arena.play(life())) ADD_FAILURE() << parting->what;
}

}  // namespace
}  // namespace escrowstorm::differential
