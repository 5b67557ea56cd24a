// What the generator looks at, and what it does that no sensible client should.
#include <array>

#include "tests/differential/generator.hpp"

namespace escrowstorm::differential {
namespace {

using nlohmann::json;

const std::array<json, 9> wrong_values{json("text"),  json(""),       json(5),
                                       json(-1),      json(1.5),      json(true),
                                       json::array(), json::object(), json(nullptr)};

}  // namespace

std::string Generator::any_message() {
  if (messages_.empty()) return "MultisigxV2R1";
  return messages_[random_.below(messages_.size())];
}

Step Generator::look_at_subaddresses() {
  const int at = any(instances);
  const int account = any(3);
  const std::string label = "l" + std::to_string(any(5));
  switch (any(11)) {
    case 0:
      return call(at, "create_address", {{"account_index", account}, {"label", label}});
    case 1:
      return call(at, "create_address", {{"account_index", 0}, {"count", any(4)}});
    case 2:
      return call(at, "label_address",
                  {{"index", {{"major", account}, {"minor", any(3)}}}, {"label", label}});
    case 3:
      return call(at, "get_address_index", {{"address", chance(50) ? stranger : "nowhere"}});
    case 4:
      return call(at, "create_account", {{"label", label}});
    case 5:
      return call(at, "label_account", {{"account_index", account}, {"label", label}});
    case 6:
      return call(at, "get_account_tags");
    case 7:
      return call(at, "tag_accounts", {{"tag", label}, {"accounts", {0, account}}});
    case 8:
      return call(at, "untag_accounts", {{"accounts", {account}}});
    case 9:
      return call(at, "set_account_tag_description", {{"tag", label}, {"description", "d"}});
    default:
      return call(at, "get_accounts", chance(50) ? json{{"tag", label}} : json::object());
  }
}

Step Generator::look_at_histories() {
  const int at = any(instances);
  const std::string tx(64, "0a"[any(2)]);
  switch (any(10)) {
    case 0:
      return call(at, "get_transfers", {{"in", true}, {"out", true}, {"pending", chance(50)}});
    case 1:
      return call(at, "get_transfer_by_txid", {{"txid", chance(80) ? tx : "zz"}});
    case 2:
      return call(at, "incoming_transfers", {{"transfer_type", chance(80) ? "all" : "wrong"}});
    case 3:
      return call(at, "get_payments", {{"payment_id", std::string(16, 'b')}});
    case 4:
      return call(at, "get_bulk_payments", {{"min_block_height", any(3)}});
    case 5:
      return call(at, "set_tx_notes", {{"txids", {tx}}, {"notes", {"n" + std::to_string(any(3))}}});
    case 6:
      return call(at, "get_tx_notes", {{"txids", {tx}}});
    case 7:
      return call(at, "frozen", {{"key_image", tx}});
    case 8:
      return call(at, "validate_address", {{"address", stranger}, {"any_net_type", chance(50)}});
    default:
      return call(at, "get_languages");
  }
}

Step Generator::look() {
  if (chance(25)) return look_at_subaddresses();
  if (chance(15)) return look_at_histories();
  const int at = any(instances);
  switch (any(with_money_ ? 18 : 13)) {
    case 0:
    case 1:
      return call(at, "is_multisig");
    case 2:
    case 3:
      return call(at, "get_address");
    case 4:
      return call(at, "get_balance");
    case 5:
      return call(at, "get_attribute", {{"key", "label"}});
    case 6:
      return call(at, "set_attribute", {{"key", "label"}, {"value", "v" + std::to_string(any(9))}});
    case 7:
      return call(at, "query_key", {{"key_type", chance(50) ? "view_key" : "mnemonic"}});
    case 8:
      return call(at, "get_height");
    case 9:
      return call(at, "store");
    case 10:
      return call(at, "get_accounts");
    case 11:
      return call(at, "get_version");
    case 12:
      return call(at, "get_address", {{"account_index", any(2)}, {"address_index", {0, any(3)}}});
    case 13:
      return call(
          at, "get_transfers",
          {{"in", true}, {"out", true}, {"pending", true}, {"failed", true}, {"pool", true}});
    case 14:
      return call(at, "incoming_transfers", {{"transfer_type", chance(50) ? "all" : "available"}});
    case 15:
      return call(at, "get_balance", {{"account_index", 0}, {"all_accounts", chance(30)}});
    case 16:
      if (!tx_hash_.empty()) return call(at, "get_transfer_by_txid", {{"txid", tx_hash_}});
      return call(at, "refresh");
    default:
      return call(daemon, "get_block_count");
  }
}

Step Generator::mischief() {
  switch (any(with_money_ ? 5 : 3)) {
    case 0:
      return mischief_with_files();
    case 1:
      return mischief_with_messages();
    case 2:
      return mischief_with_types();
    default:
      return mischief_with_money();
  }
}

Step Generator::mischief_with_files() {
  const int at = any(instances);
  const int role = any(roles);
  switch (any(8)) {
    case 0:
      return call(at, "open_wallet", {{"filename", "missing_${run}"}, {"password", ""}});
    case 1:
      return call(at, "open_wallet", {{"filename", wallet_name(role)}, {"password", "wrong"}});
    case 2:
      return call(at, "create_wallet",
                  {{"filename", wallet_name(role)}, {"password", ""}, {"language", "Klingon"}});
    case 3:
      return call(at, "close_wallet", {{"autosave_current", chance(50)}});
    case 4:
    case 5:
      // Another's wallet, also one that is open elsewhere.
      return may_be_dear() ? open(role, at) : call(at, "close_wallet");
    case 6:
      if (wallet(role).stage == Stage::absent || !may_be_dear()) return call(at, "store");
      // There already.
      return call(at, "create_wallet",
                  {{"filename", wallet_name(role)}, {"password", ""}, {"language", "English"}});
    default:
      return call(at, "no_such_method");
  }
}

Step Generator::mischief_with_messages() {
  const int at = any(instances);
  const std::string message = any_message();
  switch (any(9)) {
    case 0:
      return call(at, "prepare_multisig",
                  chance(50) ? json::object() : json{{"enable_multisig_experimental", true}});
    case 1:
      return call(
          at, "make_multisig",
          {{"multisig_info", {message, any_message()}}, {"threshold", any(4)}, {"password", ""}});
    case 2:
      return exchange(at, {message, any_message()});
    case 3:
      return exchange(at, {message});
    case 4:
      return exchange(at, {});
    case 5:
      return exchange(at, {"garbage", message});
    case 6:
      return exchange(at, {message, message});
    case 7: {
      const std::string cut = message.substr(0, message.size() - 1) + "|cut}";
      return exchange(at, {message.starts_with("${") ? cut : "MultisigxV2R1", any_message()});
    }
    default:
      return call(at, "import_multisig_info", {{"info", {message}}});
  }
}

// What would be sensible, with one parameter gone or of another type.
Step Generator::mischief_with_types() {
  Step step = chance(70) ? sensible() : look();
  if (step.params.empty() || step.at == daemon)
    return call(any(instances), "get_address", {{"account_index", "0"}});
  auto at = step.params.begin();
  for (auto skip = random_.below(step.params.size()); skip > 0; --skip) ++at;
  const std::string key = at.key();
  if (chance(30)) {
    step.params.erase(key);
  } else {
    step.params[key] = wrong_values.at(random_.below(wrong_values.size()));
  }
  return step;
}

Step Generator::mischief_with_money() {
  const int at = any(instances);
  switch (any(13)) {
    case 0:
      return transfer(at, 0);
    case 1:
      return transfer(at, 10'000'000'000'000'000'000u);
    case 2:
      return call(at, "transfer",
                  {{"destinations", json::array({json{{"address", "nowhere"}, {"amount", 1}}})}});
    case 3:
      return call(at, "sign_multisig", {{"tx_data_hex", chance(50) ? "00ff" : "xyz"}});
    case 4:
      return call(at, "submit_multisig", {{"tx_data_hex", txset_}});
    case 5:
      return call(at, "import_multisig_info", {{"info", json::array()}});
    case 6:
      return call(at, "import_multisig_info", {{"info", {"00", "zz"}}});
    case 7:
      return call(at, "export_multisig_info");  // throws away the nonces of the one before
    case 8:
      return call(daemon, "/pop_blocks", {{"nblocks", 1 + any(4)}});
    case 9:
      return call(at, "rescan_blockchain", chance(30) ? json{{"hard", true}} : json::object());
    case 10:
      return call(at, "sweep_all", {{"address", stranger}, {"get_tx_keys", true}});
    case 11:
      return call(at, "rescan_spent");
    default:
      return call(daemon, "flush_txpool");
  }
}

}  // namespace escrowstorm::differential
