// monerod's calls about transactions, wherever they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mockrpc/chain/transaction.hpp"
#include "mockrpc/daemon/reply.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

struct GetTransactions {
  bool decode_as_json = false;
  bool prune = false;
  bool split = false;
  std::vector<std::string> txs_hashes;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("decode_as_json", s.decode_as_json);
    v("prune", s.prune);
    v("split", s.split);
    v("txs_hashes", s.txs_hashes);
  }

  struct Entry {
    std::string as_hex;
    std::string as_json;
    std::optional<std::uint64_t> block_height;  // of one in a block, as the next two
    std::optional<std::uint64_t> block_timestamp;
    std::optional<std::uint64_t> confirmations;
    bool in_pool = false;
    std::vector<std::uint64_t> output_indices;
    std::string prunable_hash;
    std::string pruned_as_hex;
    std::optional<std::uint64_t> received_timestamp;  // of one in the pool, as the next
    std::optional<bool> relayed;
    std::string tx_hash;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("as_hex", s.as_hex);
      v("as_json", s.as_json);
      v("block_height", s.block_height);
      v("block_timestamp", s.block_timestamp);
      v("confirmations", s.confirmations);
      v("double_spend_seen", false);  // the chain refuses the second
      v("in_pool", s.in_pool);
      v("output_indices", s.output_indices);
      v("prunable_as_hex", std::string_view());
      v("prunable_hash", s.prunable_hash);
      v("pruned_as_hex", s.pruned_as_hex);
      v("received_timestamp", s.received_timestamp);
      v("relayed", s.relayed);
      v("tx_hash", s.tx_hash);
    }
  };

  struct Answer {
    std::vector<std::string> missed_tx;
    std::string status{status_ok};
    std::vector<Entry> txs;
    std::vector<std::string> txs_as_hex;
    std::vector<std::string> txs_as_json;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("missed_tx", s.missed_tx);
      v("status", s.status);
      v("top_hash", top_hash);
      v("txs", s.txs);
      v("txs_as_hex", s.txs_as_hex);
      v("txs_as_json", s.txs_as_json);
      v("untrusted", untrusted);
    }
  };
};

struct IsKeyImageSpent {
  std::vector<std::string> key_images;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key_images", s.key_images);
  }

  struct Answer {
    std::vector<std::uint32_t> spent_status;  // 0 unspent, 1 in a block, 2 in the pool
    std::string status{status_ok};
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("spent_status", s.spent_status);
      v("status", s.status);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

struct SendRawTransaction {
  bool do_not_relay = false;
  bool do_sanity_checks = true;
  std::string tx_as_hex;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("do_not_relay", s.do_not_relay);
    v("do_sanity_checks", s.do_sanity_checks);
    v("tx_as_hex", s.tx_as_hex);
  }

  struct Answer {
    bool double_spend = false;
    bool invalid_input = false;
    bool invalid_output = false;
    bool not_relayed = false;
    std::optional<bool> nonzero_unlock_time;  // of newer versions, as tx_extra_too_big
    bool overspend = false;
    std::string reason;
    bool sanity_check_failed = false;
    std::string status{status_ok};
    bool too_big = false;
    bool too_few_outputs = false;
    std::optional<bool> tx_extra_too_big;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("double_spend", s.double_spend);
      v("fee_too_low", false);  // the chain takes any fee
      v("invalid_input", s.invalid_input);
      v("invalid_output", s.invalid_output);
      v("low_mixin", false);  // nor has it rings
      v("nonzero_unlock_time", s.nonzero_unlock_time);
      v("not_relayed", s.not_relayed);
      v("overspend", s.overspend);
      v("reason", s.reason);
      v("sanity_check_failed", s.sanity_check_failed);
      v("status", s.status);
      v("too_big", s.too_big);
      v("too_few_outputs", s.too_few_outputs);
      v("top_hash", top_hash);
      v("tx_extra_too_big", s.tx_extra_too_big);
      v("untrusted", untrusted);
    }
  };
};

// As wallets show it: as many bytes as the real one would have.
std::string shown_blob(const Transaction& transaction);

Reply<GetTransactions> run(Node& node, const GetTransactions& asked);
Reply<IsKeyImageSpent> run(Node& node, const IsKeyImageSpent& asked);
Reply<SendRawTransaction> run(Node& node, const SendRawTransaction& asked);

}  // namespace escrowstorm::mockrpc::daemonrpc
