// monerod's calls about itself: what it is, which rules hold, whom it knows (nobody), what it
// costs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mockrpc/daemon/reply.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

struct GetInfo : NoParameters {
  struct Answer {
    std::uint64_t adjusted_time = 0;
    std::uint64_t block_weight_limit = 0;
    std::uint64_t block_weight_median = 0;
    std::uint64_t height = 0;
    bool mainnet = false;
    std::string nettype;
    std::uint64_t rpc_connections_count = 0;
    bool stagenet = false;
    std::uint64_t start_time = 0;
    bool testnet = false;
    std::string top_block_hash;
    std::uint64_t tx_count = 0;
    std::uint64_t tx_pool_size = 0;
    std::string version;
    std::string wide_cumulative_difficulty;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("adjusted_time", s.adjusted_time);
      v("alt_blocks_count", 0);
      v("block_size_limit", s.block_weight_limit);
      v("block_size_median", s.block_weight_median);
      v("block_weight_limit", s.block_weight_limit);
      v("block_weight_median", s.block_weight_median);
      v("bootstrap_daemon_address", std::string_view());
      v("busy_syncing", false);
      v("credits", credits);
      v("cumulative_difficulty", s.height);
      v("cumulative_difficulty_top64", 0);
      v("database_size", 0);  // there is no database
      v("difficulty", 1);
      v("difficulty_top64", 0);
      v("free_space", 0);
      v("grey_peerlist_size", 0);
      v("height", s.height);
      v("height_without_bootstrap", s.height);
      v("incoming_connections_count", 0);
      v("mainnet", s.mainnet);
      v("nettype", s.nettype);
      v("offline", true);
      v("outgoing_connections_count", 0);
      v("restricted", false);
      v("rpc_connections_count", s.rpc_connections_count);
      v("stagenet", s.stagenet);
      v("start_time", s.start_time);
      v("status", status_ok);
      v("synchronized", true);
      v("target", 120);
      v("target_height", 0);
      v("testnet", s.testnet);
      v("top_block_hash", s.top_block_hash);
      v("top_hash", top_hash);
      v("tx_count", s.tx_count);
      v("tx_pool_size", s.tx_pool_size);
      v("untrusted", untrusted);
      v("update_available", false);
      v("version", s.version);
      v("was_bootstrap_ever_used", false);
      v("white_peerlist_size", 0);
      v("wide_cumulative_difficulty", s.wide_cumulative_difficulty);
      v("wide_difficulty", std::string_view("0x1"));
    }
  };
};

struct GetVersion : NoParameters {
  struct HardFork {
    std::uint32_t version = 0;
    std::uint64_t height = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("height", s.height);
      v("hf_version", s.version);
    }
  };

  struct Answer {
    std::optional<std::uint64_t> current_height;  // of newer versions
    std::vector<HardFork> hard_forks;             // likewise
    bool release = false;
    std::uint32_t version = 0;  // major << 16 | minor
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("current_height", s.current_height);
      v("hard_forks", s.hard_forks);
      v("release", s.release);
      v("status", status_ok);
      v("untrusted", untrusted);
      v("version", s.version);
    }
  };
};

struct HardForkInfo {
  std::uint8_t version = 0;  // 0: the newest
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("version", s.version);
  }

  struct Answer {
    std::uint64_t earliest_height = 0;
    bool enabled = false;
    std::uint64_t votes = 0;   // of the blocks of the window
    std::uint64_t window = 0;  // blocks
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("earliest_height", s.earliest_height);
      v("enabled", s.enabled);
      v("state", 0);
      v("status", status_ok);
      v("threshold", 0);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
      v("version", newest);
      v("votes", s.votes);
      v("voting", newest);
      v("window", s.window);
    }
  };
  static constexpr std::uint32_t newest = 16;
};

struct GetFeeEstimate {
  std::uint64_t grace_blocks = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("grace_blocks", s.grace_blocks);
  }

  struct Answer {
    std::vector<std::uint64_t> fees;  // for each byte, by priority
    std::uint64_t quantization_mask = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("fee", s.fees.front());
      v("fees", s.fees);
      v("quantization_mask", s.quantization_mask);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

struct SyncInfo : NoParameters {
  struct Answer {
    std::uint64_t height = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("height", s.height);
      v("next_needed_pruning_seed", 1);
      v("overview", std::string_view("[]"));
      v("status", status_ok);
      v("target_height", 0);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

// What the real one allows when nothing is set, in KiB a second.
struct GetLimit : NoParameters {
  struct Answer {
    template <class Self, class Visitor>
    static void fields(Self&, Visitor& v) {
      v("limit_down", 8192);
      v("limit_up", 2048);
      v("status", status_ok);
      v("untrusted", untrusted);
    }
  };
};

// Nothing to list, and nothing to do: nobody is connected, banned or known, no chain is an
// alternative, all is saved.
struct GetConnections : NoParameters {
  using Answer = StatusAnswer;
};
struct GetBans : NoParameters {
  using Answer = StatusAnswer;
};
struct GetAlternateChains : NoParameters {
  using Answer = StatusAnswer;
};
struct GetAltBlocksHashes : NoParameters {
  using Answer = PaidStatusAnswer;
};
// There are no peers to choose from, but the choice must be of the right kinds.
struct GetPeerList {
  bool include_blocked = false;
  bool public_only = true;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("include_blocked", s.include_blocked);
    v("public_only", s.public_only);
  }
  using Answer = StatusAnswer;
};
struct GetPublicNodes {
  bool gray = false;
  bool include_blocked = false;
  bool white = true;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("gray", s.gray);
    v("include_blocked", s.include_blocked);
    v("white", s.white);
  }
  using Answer = StatusAnswer;
};
struct SaveBc : NoParameters {
  using Answer = StatusAnswer;
};
// There is no cache either.
struct FlushCache {
  bool bad_blocks = false;
  bool bad_txs = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("bad_blocks", s.bad_blocks);
    v("bad_txs", s.bad_txs);
  }
  using Answer = StatusAnswer;
};

Reply<GetInfo> run(Node& node, const GetInfo& asked);
Reply<GetVersion> run(Node& node, const GetVersion& asked);
Reply<HardForkInfo> run(Node& node, const HardForkInfo& asked);
Reply<GetFeeEstimate> run(Node& node, const GetFeeEstimate& asked);
Reply<SyncInfo> run(Node& node, const SyncInfo& asked);
Reply<GetLimit> run(Node& node, const GetLimit& asked);
Reply<GetConnections> run(Node& node, const GetConnections& asked);
Reply<GetBans> run(Node& node, const GetBans& asked);
Reply<GetAlternateChains> run(Node& node, const GetAlternateChains& asked);
Reply<GetAltBlocksHashes> run(Node& node, const GetAltBlocksHashes& asked);
Reply<GetPeerList> run(Node& node, const GetPeerList& asked);
Reply<GetPublicNodes> run(Node& node, const GetPublicNodes& asked);
Reply<SaveBc> run(Node& node, const SaveBc& asked);
Reply<FlushCache> run(Node& node, const FlushCache& asked);

}  // namespace escrowstorm::mockrpc::daemonrpc
