#include "tests/fuzz/spending_seeds.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "mockrpc/chain/transaction_bytes.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/multisig_info.hpp"
#include "mockrpc/wallet/multisig_txset.hpp"
#include "tests/fuzz/check.hpp"
#include "tests/fuzz/daemon_paths.hpp"
#include "tests/fuzz/spent_escrow.hpp"

namespace escrowstorm::fuzz {
namespace {

namespace fs = std::filesystem;
using namespace walletrpc;
using nlohmann::json;

constexpr std::uint64_t xmr = Amount::per_xmr;

// The first characters of inputs, see the targets: who does it, which version, how.
constexpr char old_version_signer_1 = '\x01';
constexpr char new_version_signer_1 = '\x40';
constexpr unsigned char as_it_is = 0x80;

// Thousands of zeros stand in a txset for its size only; a text of none is as good.
std::string without_filling(std::string plain) {
  constexpr std::size_t least = 256;
  const std::size_t zeros = plain.find(std::string(least, '\0'));
  if (zeros == plain.npos) return plain;
  const auto low = static_cast<unsigned char>(plain[zeros - 2]);
  const auto high = static_cast<unsigned char>(plain[zeros - 1]);
  const std::size_t size = (low & 0x7fu) | static_cast<std::size_t>(high) << 7;
  return plain.replace(zeros - 2, size + 2, 1, '\0');
}

void write_txset(const fs::path& folder, const std::string& name, const std::string& txset) {
  const std::string plain = without_filling(Escrow::unsealed(mockrpc::multisig_txset_magic, txset));
  check(mockrpc::read_txset(plain, mockrpc::Network::mainnet, Escrow::count).has_value(),
        "a txset can be read without its filling");
  write_file(folder / "multisig_txset" / (name + "-old"), old_version_signer_1 + plain);
  write_file(folder / "multisig_txset" / (name + "-new"), new_version_signer_1 + plain);
}

std::string signed_by_1(Escrow& escrow, const std::string& txset) {
  SignMultisig sign;
  sign.tx_data_hex = txset;
  return escrow.must(1, sign).tx_data_hex;
}

// Each from the same start: its nonces are there still.
void write_txsets(const fs::path& folder) {
  Transfer small;
  small.destinations.push_back({stranger, Amount::from_atomic(xmr)});
  Transfer large = small;  // takes all coins
  large.destinations.front().amount = Amount::from_atomic(80 * xmr);
  Transfer several = small;
  several.destinations.push_back({Escrow().address(), Amount::from_atomic(2)});
  several.destinations.push_back({stranger, Amount::from_atomic(3)});
  int number = 0;
  for (const Transfer& transfer : {small, large, several}) {
    Escrow escrow;
    const std::string name = "transfer" + std::to_string(++number);
    const std::string txset = escrow.must(0, transfer).multisig_txset;
    write_txset(folder, name, txset);
    write_txset(folder, name + "-signed", signed_by_1(escrow, txset));
    write_file(folder / "multisig_txset" / (name + "-raw"), static_cast<char>(as_it_is) + txset);
  }
  Escrow escrow;
  SweepAll sweep;
  sweep.address = stranger;
  write_txset(folder, "sweep", escrow.must(0, sweep).multisig_txset);
}

// What instance 1 told instance 0, in all the ways that the target knows.
void write_infos(const fs::path& folder) {
  Escrow escrow;
  const auto info = mockrpc::read_multisig_info(Escrow::unsealed(info_magic, escrow.info(1)));
  const auto outputs = mockrpc::read_output_infos(info->body);
  for (const std::size_t known : {0u, 1u, 3u}) {
    mockrpc::MultisigInfo told = *info;
    told.body = mockrpc::write_output_infos({outputs->begin(), outputs->begin() + known});
    for (int how = 0; how < as_it_is; how += Escrow::count)
      write_file(folder / "multisig_info" / (std::to_string(known) + "-" + std::to_string(how)),
                 static_cast<char>(how) + mockrpc::write_multisig_info(told));
  }
  write_file(folder / "multisig_info/raw", static_cast<char>(as_it_is) + escrow.info(1));
}

std::string record(std::string_view path, const std::string& body) {
  const auto known = std::find(daemon_paths.begin(), daemon_paths.end(), path);
  const auto place = known == daemon_paths.end()
                         ? daemon_paths.size() - 1
                         : static_cast<std::size_t>(known - daemon_paths.begin());
  return static_cast<char>(2 * daemon_paths.size() + place) + body + record_separator;
}

std::string rpc_record(const std::string& method, const json& params) {
  const json body{{"jsonrpc", "2.0"}, {"id", "0"}, {"method", method}, {"params", params}};
  return record("/json_rpc", body.dump());
}

// Keys, and what is called by name.
void add_words(const json& value, std::set<std::string>& words) {
  if (value.is_array())
    for (const json& item : value) add_words(item, words);
  if (!value.is_object()) return;
  for (const auto& [key, item] : value.items()) {
    words.insert("\"" + key + "\":");
    if (key == "method" && item.is_string()) words.insert(item.dump());
    add_words(item, words);
  }
}

void write_daemon_recordings(const fs::path& folder) {
  std::ifstream in(fs::path(ESCROWSTORM_SOURCE_DIR) / "tests/data/wire/monerod-0.18.0.0.json");
  const json recorded = json::parse(in);
  std::set<std::string> words{"true", "false", "[]", "{}"};
  int number = 0;
  std::string sequence;
  for (const json& exchange : recorded["exchanges"]) {
    const std::string body = exchange["request"];
    add_words(json::parse(body, nullptr, false), words);
    const std::string one = record(exchange["path"].get<std::string>(), body);
    write_file(folder / "daemon" / std::to_string(++number), one);
    sequence += one;
  }
  write_file(folder / "daemon/all", sequence);
  std::string lines;
  for (const std::string& word : words) lines += entry_of(word);
  write_file(folder / "daemon.dict", lines);
}

// What asks for transactions, in blocks, in the pool and unknown.
void write_daemon_spends(const fs::path& folder) {
  const SpentEscrow& spent = spent_escrow();
  const auto hex = [](const mockrpc::Bytes32& bytes) {
    return mockrpc::to_hex(mockrpc::view_of(bytes));
  };
  json hashes;
  json key_images;
  for (const auto* transaction : {&spent.mined, &spent.waiting, &spent.unsent}) {
    hashes.push_back(hex(transaction->hash));
    key_images.push_back(hex(transaction->key_images.front()));
  }
  const json raw{{"tx_as_hex", mockrpc::to_hex(mockrpc::transaction_blob(spent.unsent))},
                 {"do_not_relay", true}};
  const json wanted{{"txs_hashes", hashes}, {"decode_as_json", true}, {"split", true}};
  const json spent_block{{"height", spent.chain.height() - 1}};
  const json block{{"wallet_address", stranger}, {"amount_of_blocks", 2}};
  const std::string pool = record("/get_transaction_pool", "{}") +
                           record("/get_transaction_pool_stats", "{}") +
                           rpc_record("get_txpool_backlog", json::object());
  const std::string sent = record("/send_raw_transaction", raw.dump());
  write_file(folder / "daemon/transactions", record("/get_transactions", wanted.dump()));
  write_file(folder / "daemon/key_images",
             record("/is_key_image_spent", json{{"key_images", key_images}}.dump()));
  write_file(folder / "daemon/block", rpc_record("get_block", spent_block));
  write_file(folder / "daemon/pool", pool);
  write_file(folder / "daemon/send", sent + pool + rpc_record("relay_tx", {{"txids", hashes}}) +
                                         rpc_record("generateblocks", block) + pool);
  write_file(folder / "daemon/reorganise",
             record("/pop_blocks", R"({"nblocks":3})") + pool + sent +
                 rpc_record("flush_txpool", {{"txids", {hashes[0]}}}) +
                 rpc_record("generateblocks", block) + record("/get_transactions", wanted.dump()));
}

}  // namespace

void write_spending_seeds(const fs::path& folder) {
  for (const char* target : {"multisig_txset", "multisig_info", "daemon"})
    fs::create_directories(folder / target);
  write_txsets(folder);
  write_infos(folder);
  write_daemon_recordings(folder);
  write_daemon_spends(folder);
}

}  // namespace escrowstorm::fuzz
