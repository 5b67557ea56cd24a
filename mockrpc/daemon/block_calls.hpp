// monerod's calls about blocks. A height counts from 0; the count of blocks is one more than the
// last height.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "mockrpc/daemon/reply.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

struct GetBlockCount : NoParameters {
  struct Answer {
    std::uint64_t count = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("count", s.count);
      v("status", status_ok);
      v("untrusted", untrusted);
    }
  };
};

struct GetHeight : NoParameters {
  struct Answer {
    std::string hash;  // of the last block
    std::uint64_t height = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("hash", s.hash);
      v("height", s.height);
      v("status", status_ok);
      v("untrusted", untrusted);
    }
  };
};

// The only one whose parameters are an array and whose result is no object.
struct OnGetBlockHash {
  std::vector<std::uint64_t> heights;
  using Answer = std::string;
};

struct GenerateBlocks {
  std::uint64_t amount_of_blocks = 0;
  std::string prev_block;
  std::uint32_t starting_nonce = 0;
  std::string wallet_address;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("amount_of_blocks", s.amount_of_blocks);
    v("prev_block", s.prev_block);
    v("starting_nonce", s.starting_nonce);
    v("wallet_address", s.wallet_address);
  }

  struct Answer {
    std::vector<std::string> blocks;
    std::uint64_t height = 0;  // of the last one; of the next one when none was asked for
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("blocks", s.blocks);
      v("height", s.height);
      v("status", status_ok);
      v("untrusted", untrusted);
    }
  };
};

struct PopBlocks {
  std::uint64_t nblocks = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("nblocks", s.nblocks);
  }

  struct Answer {
    std::uint64_t height = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("height", s.height);
      v("status", status_ok);
      v("untrusted", untrusted);
    }
  };
};

// Without a hash it is what the real one shows when none was asked for. Every block has difficulty
// 1, as with --fixed-difficulty 1.
struct BlockHeader {
  std::uint64_t block_size = 0;
  std::optional<std::uint64_t> block_weight;
  std::uint64_t cumulative_difficulty = 0;
  std::uint64_t depth = 0;
  std::uint64_t difficulty = 0;
  std::string hash;
  std::uint64_t height = 0;
  std::optional<std::uint64_t> long_term_weight;
  std::uint32_t major_version = 0;
  std::string miner_tx_hash;
  std::uint32_t minor_version = 0;
  std::uint32_t nonce = 0;
  std::uint64_t num_txes = 0;
  std::string pow_hash;
  std::string prev_hash;
  Amount reward;
  std::uint64_t timestamp = 0;
  std::string wide_cumulative_difficulty;
  std::string wide_difficulty;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("block_size", s.block_size);
    v("block_weight", s.block_weight);
    v("cumulative_difficulty", s.cumulative_difficulty);
    v("cumulative_difficulty_top64", 0);
    v("depth", s.depth);
    v("difficulty", s.difficulty);
    v("difficulty_top64", 0);
    v("hash", s.hash);
    v("height", s.height);
    v("long_term_weight", s.long_term_weight);
    v("major_version", s.major_version);
    v("miner_tx_hash", s.miner_tx_hash);
    v("minor_version", s.minor_version);
    v("nonce", s.nonce);
    v("num_txes", s.num_txes);
    v("orphan_status", false);
    v("pow_hash", s.pow_hash);
    v("prev_hash", s.prev_hash);
    v("reward", s.reward);
    v("timestamp", s.timestamp);
    v("wide_cumulative_difficulty", s.wide_cumulative_difficulty);
    v("wide_difficulty", s.wide_difficulty);
  }
};

struct HeaderAnswer {
  BlockHeader block_header;
  std::vector<BlockHeader> block_headers;  // of get_block_header_by_hash with several hashes
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("block_header", s.block_header);
    v("block_headers", s.block_headers);
    v("credits", credits);
    v("status", status_ok);
    v("top_hash", top_hash);
    v("untrusted", untrusted);
  }
};

struct GetLastBlockHeader {
  bool fill_pow_hash = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("fill_pow_hash", s.fill_pow_hash);
  }
  using Answer = HeaderAnswer;
};

struct GetBlockHeaderByHash {
  bool fill_pow_hash = false;
  std::string hash;
  std::vector<std::string> hashes;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("fill_pow_hash", s.fill_pow_hash);
    v("hash", s.hash);
    v("hashes", s.hashes);
  }
  using Answer = HeaderAnswer;
};

struct GetBlockHeaderByHeight {
  bool fill_pow_hash = false;
  std::uint64_t height = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("fill_pow_hash", s.fill_pow_hash);
    v("height", s.height);
  }
  using Answer = HeaderAnswer;
};

struct GetBlockHeadersRange {
  std::uint64_t end_height = 0;
  bool fill_pow_hash = false;
  std::uint64_t start_height = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("end_height", s.end_height);
    v("fill_pow_hash", s.fill_pow_hash);
    v("start_height", s.start_height);
  }

  struct Answer {
    std::vector<BlockHeader> headers;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("headers", s.headers);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

struct GetBlock {
  bool fill_pow_hash = false;
  std::string hash;
  std::uint64_t height = 0;  // when there is no hash
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("fill_pow_hash", s.fill_pow_hash);
    v("hash", s.hash);
    v("height", s.height);
  }

  struct Answer {
    std::string blob;
    BlockHeader block_header;
    std::string json;
    std::string miner_tx_hash;
    std::vector<std::string> tx_hashes;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("blob", s.blob);
      v("block_header", s.block_header);
      v("credits", credits);
      v("json", s.json);
      v("miner_tx_hash", s.miner_tx_hash);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("tx_hashes", s.tx_hashes);
      v("untrusted", untrusted);
    }
  };
};

struct GetCoinbaseTxSum {
  std::uint64_t count = 0;
  std::uint64_t height = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("count", s.count);
    v("height", s.height);
  }

  struct Answer {
    Amount emission_amount;
    Amount fee_amount;
    std::string status{status_ok};
    std::string wide_emission_amount;
    std::string wide_fee_amount;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("emission_amount", s.emission_amount);
      v("emission_amount_top64", 0);
      v("fee_amount", s.fee_amount);
      v("fee_amount_top64", 0);
      v("status", s.status);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
      v("wide_emission_amount", s.wide_emission_amount);
      v("wide_fee_amount", s.wide_fee_amount);
    }
  };
};

Reply<GetBlockCount> run(Node& node, const GetBlockCount& asked);
Reply<GetHeight> run(Node& node, const GetHeight& asked);
Reply<OnGetBlockHash> run(Node& node, const OnGetBlockHash& asked);
Reply<GenerateBlocks> run(Node& node, const GenerateBlocks& asked);
Reply<PopBlocks> run(Node& node, const PopBlocks& asked);
Reply<GetLastBlockHeader> run(Node& node, const GetLastBlockHeader& asked);
Reply<GetBlockHeaderByHash> run(Node& node, const GetBlockHeaderByHash& asked);
Reply<GetBlockHeaderByHeight> run(Node& node, const GetBlockHeaderByHeight& asked);
Reply<GetBlockHeadersRange> run(Node& node, const GetBlockHeadersRange& asked);
Reply<GetBlock> run(Node& node, const GetBlock& asked);
Reply<GetCoinbaseTxSum> run(Node& node, const GetCoinbaseTxSum& asked);

}  // namespace escrowstorm::mockrpc::daemonrpc
