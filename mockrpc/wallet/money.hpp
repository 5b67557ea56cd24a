// What a wallet knows of its money: the part of its cache file that comes from looking at the
// chain, and from spending. Follows monero's wallet2: OwnedOutput is its transfer_details,
// IncomingPayment its payment_details, OutgoingTx its (un)confirmed_transfer_details. Values.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/wallet/subaddress_index.hpp"

namespace escrowstorm::mockrpc {

// What another signer told of one of our outputs with export_multisig_info.
struct MultisigShare {
  Bytes32 signer{};
  std::vector<Bytes32> nonces;  // what the other's secret nonces look like from outside

  friend bool operator==(const MultisigShare&, const MultisigShare&) = default;
};

struct OwnedOutput {
  Bytes32 tx_hash{};
  std::uint32_t index = 0;
  std::uint64_t global_index = 0;
  std::uint64_t height = 0;
  std::uint64_t unlock_time = 0;
  bool coinbase = false;
  Amount amount;
  Bytes32 key{};
  SubaddressIndex subaddress;
  bool spent = false;
  std::uint64_t spent_height = 0;  // 0: in the pool
  bool frozen = false;
  // Of a multisig wallet: the key image is partial until others' shares are imported.
  bool key_image_partial = false;
  std::vector<Bytes32> nonces;        // our own secret ones, made by export_multisig_info
  std::vector<MultisigShare> shares;  // one per other signer, from import_multisig_info
  Bytes32 key_image{};                // follows from the key

  friend bool operator==(const OwnedOutput&, const OwnedOutput&) = default;
};

// What one transaction pays to one of our addresses, without the change of what we spend in it.
struct IncomingPayment {
  Bytes32 tx_hash{};
  Amount amount;
  std::vector<Amount> amounts;  // of its outputs
  Amount fee;
  std::uint64_t height = 0;  // 0: in the pool
  std::uint64_t unlock_time = 0;
  std::uint64_t timestamp = 0;
  bool coinbase = false;
  bool double_spend_seen = false;
  SubaddressIndex subaddress;
  PaymentId payment_id{};  // zeros: none

  friend bool operator==(const IncomingPayment&, const IncomingPayment&) = default;
};

struct Destination {
  std::string address;
  Amount amount;

  friend bool operator==(const Destination&, const Destination&) = default;
};

struct OutgoingTx {
  Bytes32 tx_hash{};
  Amount amount_in;
  Amount amount_out;  // without the change
  Amount change;
  Amount fee;
  std::uint64_t height = 0;     // 0: not in a block yet
  bool missed = false;          // of a pending one: not in the pool when last looked for
  bool failed = false;          // of a pending one: the pool has lost it
  std::uint64_t timestamp = 0;  // when it was sent, or of its block
  std::uint64_t unlock_time = 0;
  PaymentId payment_id{};
  std::vector<Destination> destinations;
  std::uint32_t account = 0;
  std::vector<std::uint32_t> addresses;  // of the account, that it spends from; sorted
  std::vector<Bytes32> key_images;       // of what it spends

  friend bool operator==(const OutgoingTx&, const OutgoingTx&) = default;
};

struct WalletMoney {
  // How many blocks it knows, the first included; of these `last_seen` is the last one, unless an
  // import took blocks away: then it comes after them.
  std::uint64_t height = 1;
  BlockMark last_seen;
  Amount last_block_reward = Amount::from_atomic(17'592'186'044'415);  // the first block's
  std::vector<OwnedOutput> outputs;            // in the order in which they were found
  std::vector<IncomingPayment> payments;       // the last one found first, as the RPC lists them
  std::vector<IncomingPayment> pool_payments;  // likewise
  std::set<Bytes32> scanned_pool;              // transactions not to be looked at in the pool again
  // By hash. Apart, as in the real one: a transaction submitted again after its block is in both
  // until the next block is seen, and its change counts twice.
  std::map<Bytes32, OutgoingTx> outgoing;  // seen in a block
  std::map<Bytes32, OutgoingTx> pending;   // submitted by this wallet, no block seen with it
  std::map<Bytes32, std::string> notes;    // set_tx_notes
  std::map<Bytes32, std::string> tx_keys;  // as get_tx_key shows them

  friend bool operator==(const WalletMoney&, const WalletMoney&) = default;
};

}  // namespace escrowstorm::mockrpc
