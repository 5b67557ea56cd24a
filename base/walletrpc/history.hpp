// What came and went: payments of the open wallet, and notes on them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"
#include "base/epee/sparse.hpp"
#include "base/walletrpc/subaddress.hpp"
#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct TransferDestination {
  std::string address;
  Amount amount;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("amount", s.amount);
  }
};

struct TransferEntry {
  std::string address;
  Amount amount;
  std::vector<Amount> amounts;
  epee::Sparse<std::uint64_t> confirmations;
  std::vector<TransferDestination> destinations;
  bool double_spend_seen = false;
  Amount fee;
  std::uint64_t height = 0;
  bool locked = false;
  std::string note;
  std::string payment_id;
  SubaddressIndex subaddr_index;
  std::vector<SubaddressIndex> subaddr_indices;
  epee::Sparse<std::uint64_t> suggested_confirmations_threshold;
  std::uint64_t timestamp = 0;
  std::string txid;
  std::string type;  // "in", "out", "block", "pending", "failed" or "pool"
  std::uint64_t unlock_time = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("amount", s.amount);
    v("amounts", s.amounts);
    v("confirmations", s.confirmations);
    v("destinations", s.destinations);
    v("double_spend_seen", s.double_spend_seen);
    v("fee", s.fee);
    v("height", s.height);
    v("locked", s.locked);
    v("note", s.note);
    v("payment_id", s.payment_id);
    v("subaddr_index", s.subaddr_index);
    v("subaddr_indices", s.subaddr_indices);
    v("suggested_confirmations_threshold", s.suggested_confirmations_threshold);
    v("timestamp", s.timestamp);
    v("txid", s.txid);
    v("type", s.type);
    v("unlock_time", s.unlock_time);
  }
};

struct GetTransfers {
  static constexpr std::string_view method = "get_transfers";
  std::uint32_t account_index = 0;
  bool all_accounts = false;
  bool failed = false;
  bool filter_by_height = false;
  bool in = false;
  std::uint64_t max_height = 500'000'000;
  std::uint64_t min_height = 0;
  bool out = false;
  bool pending = false;
  bool pool = false;
  std::vector<std::uint32_t> subaddr_indices;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("all_accounts", s.all_accounts);
    v("failed", s.failed);
    v("filter_by_height", s.filter_by_height);
    v("in", s.in);
    v("max_height", s.max_height);
    v("min_height", s.min_height);
    v("out", s.out);
    v("pending", s.pending);
    v("pool", s.pool);
    v("subaddr_indices", s.subaddr_indices);
  }

  struct Answer {
    std::vector<TransferEntry> failed;
    std::vector<TransferEntry> in;
    std::vector<TransferEntry> out;
    std::vector<TransferEntry> pending;
    std::vector<TransferEntry> pool;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("failed", s.failed);
      v("in", s.in);
      v("out", s.out);
      v("pending", s.pending);
      v("pool", s.pool);
    }
  };
};

struct GetTransferByTxid {
  static constexpr std::string_view method = "get_transfer_by_txid";
  std::uint32_t account_index = 0;
  std::string txid;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("txid", s.txid);
  }

  struct Answer {
    TransferEntry transfer;  // the first of them
    std::vector<TransferEntry> transfers;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("transfer", s.transfer);
      v("transfers", s.transfers);
    }
  };
};

struct PaymentDetails {
  std::string address;
  Amount amount;
  std::uint64_t block_height = 0;
  bool locked = false;
  std::string payment_id;
  SubaddressIndex subaddr_index;
  std::string tx_hash;
  std::uint64_t unlock_time = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("amount", s.amount);
    v("block_height", s.block_height);
    v("locked", s.locked);
    v("payment_id", s.payment_id);
    v("subaddr_index", s.subaddr_index);
    v("tx_hash", s.tx_hash);
    v("unlock_time", s.unlock_time);
  }
};

struct GetPayments {
  static constexpr std::string_view method = "get_payments";
  std::string payment_id;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("payment_id", s.payment_id);
  }

  struct Answer {
    std::vector<PaymentDetails> payments;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("payments", s.payments);
    }
  };
};

struct GetBulkPayments {
  static constexpr std::string_view method = "get_bulk_payments";
  std::uint64_t min_block_height = 0;
  std::vector<std::string> payment_ids;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("min_block_height", s.min_block_height);
    v("payment_ids", s.payment_ids);
  }

  struct Answer {
    std::vector<PaymentDetails> payments;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("payments", s.payments);
    }
  };
};

struct SetTxNotes {
  static constexpr std::string_view method = "set_tx_notes";
  std::vector<std::string> notes;
  std::vector<std::string> txids;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("notes", s.notes);
    v("txids", s.txids);
  }
  using Answer = Empty;
};

struct GetTxNotes {
  static constexpr std::string_view method = "get_tx_notes";
  std::vector<std::string> txids;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("txids", s.txids);
  }

  struct Answer {
    std::vector<std::string> notes;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("notes", s.notes);
    }
  };
};

}  // namespace escrowstorm::walletrpc
