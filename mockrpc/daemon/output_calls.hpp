// monerod's calls about the outputs of the chain, counted by amount: 0 stands for all whose amount
// is hidden, which are those of all blocks but the first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "mockrpc/daemon/reply.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

struct GetOutputHistogram {
  std::vector<std::uint64_t> amounts;  // none: all
  std::uint64_t max_count = 0;         // 0: any
  std::uint64_t min_count = 0;
  std::uint64_t recent_cutoff = 0;  // seconds since 1970; 0: none counts as recent
  bool unlocked = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("amounts", s.amounts);
    v("max_count", s.max_count);
    v("min_count", s.min_count);
    v("recent_cutoff", s.recent_cutoff);
    v("unlocked", s.unlocked);
  }

  struct Entry {
    std::uint64_t amount = 0;
    std::uint64_t recent_instances = 0;
    std::uint64_t total_instances = 0;
    std::uint64_t unlocked_instances = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("amount", s.amount);
      v("recent_instances", s.recent_instances);
      v("total_instances", s.total_instances);
      v("unlocked_instances", s.unlocked_instances);
    }
  };

  struct Answer {
    std::vector<Entry> histogram;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("histogram", s.histogram);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

struct GetOutputDistribution {
  std::vector<std::uint64_t> amounts;
  bool binary = true;
  bool compress = false;
  bool cumulative = false;
  std::uint64_t from_height = 0;
  std::uint64_t to_height = 0;  // 0: the last one
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("amounts", s.amounts);
    v("binary", s.binary);
    v("compress", s.compress);
    v("cumulative", s.cumulative);
    v("from_height", s.from_height);
    v("to_height", s.to_height);
  }

  // Of one amount: how many outputs each block has, or has with those before it.
  struct Distribution {
    std::uint64_t amount = 0;
    std::uint64_t base = 0;  // how many there are before
    bool binary = false;
    bool compress = false;
    std::vector<std::uint64_t> counts;
    std::uint64_t start_height = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("amount", s.amount);
      v("base", s.base);
      v("binary", s.binary);
      v("compress", s.compress);
      if (s.binary && s.compress) v("compressed_data", varints(s.counts));
      if (s.binary && !s.compress) v("distribution", little_endian(s.counts));
      if (!s.binary) v("distribution", s.counts);
      v("start_height", s.start_height);
    }
    static std::string varints(const std::vector<std::uint64_t>& counts);
    static std::string little_endian(const std::vector<std::uint64_t>& counts);
  };

  struct Answer {
    std::vector<Distribution> distributions;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("credits", credits);
      v("distributions", s.distributions);
      v("status", status_ok);
      v("top_hash", top_hash);
      v("untrusted", untrusted);
    }
  };
};

Reply<GetOutputHistogram> run(Node& node, const GetOutputHistogram& asked);
Reply<GetOutputDistribution> run(Node& node, const GetOutputDistribution& asked);

}  // namespace escrowstorm::mockrpc::daemonrpc
