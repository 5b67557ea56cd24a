// monerod's calls about the transactions that wait for a block.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "mockrpc/daemon/reply.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

struct GetTransactionPool : NoParameters {
  struct Entry {
    std::uint64_t blob_size = 0;
    bool do_not_relay = false;
    Amount fee;
    std::string id_hash;
    bool kept_by_block = false;
    std::uint64_t last_relayed_time = 0;
    std::uint64_t max_used_block_height = 0;  // of the newest output it spends
    std::string max_used_block_id_hash;
    std::uint64_t receive_time = 0;
    bool relayed = false;
    std::string tx_blob;
    std::string tx_json;
    std::uint64_t weight = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("blob_size", s.blob_size);
      v("do_not_relay", s.do_not_relay);
      v("double_spend_seen", false);  // the chain refuses the second
      v("fee", s.fee);
      v("id_hash", s.id_hash);
      v("kept_by_block", s.kept_by_block);
      v("last_failed_height", 0);
      v("last_failed_id_hash", no_hash);
      v("last_relayed_time", s.last_relayed_time);
      v("max_used_block_height", s.max_used_block_height);
      v("max_used_block_id_hash", s.max_used_block_id_hash);
      v("receive_time", s.receive_time);
      v("relayed", s.relayed);
      v("tx_blob", s.tx_blob);
      v("tx_json", s.tx_json);
      v("weight", s.weight);
    }
    static constexpr std::string_view no_hash =
        "0000000000000000000000000000000000000000000000000000000000000000";
  };

  struct SpentKeyImage {
    std::string id_hash;
    std::vector<std::string> txs_hashes;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("id_hash", s.id_hash);
      v("txs_hashes", s.txs_hashes);
    }
  };

  struct Answer {
    std::vector<SpentKeyImage> spent_key_images;
    std::vector<Entry> transactions;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("spent_key_images", s.spent_key_images);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("transactions", s.transactions);
      v("untrusted", untrusted);
    }
  };
};

struct GetTransactionPoolHashes : NoParameters {
  struct Answer {
    std::vector<std::string> tx_hashes;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("tx_hashes", s.tx_hashes);
      v("untrusted", untrusted);
    }
  };
};

struct GetTransactionPoolStats : NoParameters {
  struct PoolStats {
    std::uint64_t bytes_max = 0;
    std::uint64_t bytes_med = 0;
    std::uint64_t bytes_min = 0;
    std::uint64_t bytes_total = 0;
    Amount fee_total;
    std::uint64_t num_10m = 0;  // older than ten minutes
    std::uint64_t num_not_relayed = 0;
    std::uint64_t oldest = 0;  // seconds since 1970
    std::uint64_t txs_total = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("bytes_max", s.bytes_max);
      v("bytes_med", s.bytes_med);
      v("bytes_min", s.bytes_min);
      v("bytes_total", s.bytes_total);
      v("fee_total", s.fee_total);
      v("histo_98pc", 0);
      v("num_10m", s.num_10m);
      v("num_double_spends", 0);
      v("num_failing", 0);
      v("num_not_relayed", s.num_not_relayed);
      v("oldest", s.oldest);
      v("txs_total", s.txs_total);
    }
  };

  struct Answer {
    PoolStats pool_stats;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("pool_stats", s.pool_stats);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

struct GetTxpoolBacklog : NoParameters {
  struct Answer {
    // For each: weight, fee, seconds in the pool, as little-endian 64-bit numbers.
    std::optional<std::string> backlog;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("backlog", s.backlog);
      v("credits", credits);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

// Without txids: all of them.
struct FlushTxpool {
  std::vector<std::string> txids;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("txids", s.txids);
  }
  using Answer = StatusAnswer;
};

struct RelayTx {
  std::vector<std::string> txids;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("txids", s.txids);
  }
  using Answer = PaidStatusAnswer;
};

Reply<GetTransactionPool> run(Node& node, const GetTransactionPool& asked);
Reply<GetTransactionPoolHashes> run(Node& node, const GetTransactionPoolHashes& asked);
Reply<GetTransactionPoolStats> run(Node& node, const GetTransactionPoolStats& asked);
Reply<GetTxpoolBacklog> run(Node& node, const GetTxpoolBacklog& asked);
Reply<FlushTxpool> run(Node& node, const FlushTxpool& asked);
Reply<RelayTx> run(Node& node, const RelayTx& asked);

}  // namespace escrowstorm::mockrpc::daemonrpc
