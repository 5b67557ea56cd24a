// Spending: what is paid to whom, and the transactions made for it. transfer answers with one
// transaction, transfer_split with as many as it takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"
#include "base/epee/sparse.hpp"
#include "base/walletrpc/history.hpp"

namespace escrowstorm::walletrpc {

struct KeyImages {
  std::vector<std::string> key_images;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key_images", s.key_images);
  }
};

struct Amounts {
  std::vector<Amount> amounts;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("amounts", s.amounts);
  }

  friend bool operator==(const Amounts&, const Amounts&) = default;
};

// One transaction. Of a multisig wallet it is in the txset and has no hash yet.
struct SentTransaction {
  Amount amount;
  epee::Sparse<Amounts> amounts_by_dest;  // 0.18.0.0 does not know it
  Amount fee;
  std::string multisig_txset;
  KeyImages spent_key_images;
  std::string tx_blob;
  std::string tx_hash;
  std::string tx_key;
  std::string tx_metadata;
  std::string unsigned_txset;
  std::uint64_t weight = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("amount", s.amount);
    v("amounts_by_dest", s.amounts_by_dest);
    v("fee", s.fee);
    v("multisig_txset", s.multisig_txset);
    v("spent_key_images", s.spent_key_images);
    v("tx_blob", s.tx_blob);
    v("tx_hash", s.tx_hash);
    v("tx_key", s.tx_key);
    v("tx_metadata", s.tx_metadata);
    v("unsigned_txset", s.unsigned_txset);
    v("weight", s.weight);
  }
};

struct SentTransactions {
  std::vector<Amount> amount_list;
  std::vector<Amounts> amounts_by_dest_list;  // 0.18.0.0 does not know it
  std::vector<Amount> fee_list;
  std::string multisig_txset;
  std::vector<KeyImages> spent_key_images_list;
  std::vector<std::string> tx_blob_list;
  std::vector<std::string> tx_hash_list;
  std::vector<std::string> tx_key_list;
  std::vector<std::string> tx_metadata_list;
  std::string unsigned_txset;
  std::vector<std::uint64_t> weight_list;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("amount_list", s.amount_list);
    v("amounts_by_dest_list", s.amounts_by_dest_list);
    v("fee_list", s.fee_list);
    v("multisig_txset", s.multisig_txset);
    v("spent_key_images_list", s.spent_key_images_list);
    v("tx_blob_list", s.tx_blob_list);
    v("tx_hash_list", s.tx_hash_list);
    v("tx_key_list", s.tx_key_list);
    v("tx_metadata_list", s.tx_metadata_list);
    v("unsigned_txset", s.unsigned_txset);
    v("weight_list", s.weight_list);
  }
};

struct Transfer {
  static constexpr std::string_view method = "transfer";
  std::uint32_t account_index = 0;
  std::vector<TransferDestination> destinations;
  bool do_not_relay = false;
  bool get_tx_hex = false;
  bool get_tx_key = false;
  bool get_tx_metadata = false;
  std::string payment_id;
  std::uint32_t priority = 0;
  std::uint64_t ring_size = 0;  // there is only one, whatever is asked for
  std::vector<std::uint32_t> subaddr_indices;
  std::vector<std::uint32_t> subtract_fee_from_outputs;  // 0.18.0.0 ignores it
  std::uint64_t unlock_time = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("destinations", s.destinations);
    v("do_not_relay", s.do_not_relay);
    v("get_tx_hex", s.get_tx_hex);
    v("get_tx_key", s.get_tx_key);
    v("get_tx_metadata", s.get_tx_metadata);
    v("payment_id", s.payment_id);
    v("priority", s.priority);
    v("ring_size", s.ring_size);
    v("subaddr_indices", s.subaddr_indices);
    v("subtract_fee_from_outputs", s.subtract_fee_from_outputs);
    v("unlock_time", s.unlock_time);
  }
  using Answer = SentTransaction;
};

struct TransferSplit {
  static constexpr std::string_view method = "transfer_split";
  std::uint32_t account_index = 0;
  std::vector<TransferDestination> destinations;
  bool do_not_relay = false;
  bool get_tx_hex = false;
  bool get_tx_keys = false;
  bool get_tx_metadata = false;
  std::string payment_id;
  std::uint32_t priority = 0;
  std::uint64_t ring_size = 0;
  std::vector<std::uint32_t> subaddr_indices;
  std::uint64_t unlock_time = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("destinations", s.destinations);
    v("do_not_relay", s.do_not_relay);
    v("get_tx_hex", s.get_tx_hex);
    v("get_tx_keys", s.get_tx_keys);
    v("get_tx_metadata", s.get_tx_metadata);
    v("payment_id", s.payment_id);
    v("priority", s.priority);
    v("ring_size", s.ring_size);
    v("subaddr_indices", s.subaddr_indices);
    v("unlock_time", s.unlock_time);
  }
  using Answer = SentTransactions;
};

// Sends what was made with do_not_relay.
struct RelayTx {
  static constexpr std::string_view method = "relay_tx";
  std::string hex;  // tx_metadata of a transfer
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("hex", s.hex);
  }

  struct Answer {
    std::string tx_hash;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("tx_hash", s.tx_hash);
    }
  };
};

}  // namespace escrowstorm::walletrpc
