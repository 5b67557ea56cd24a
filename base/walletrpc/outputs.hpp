// The outputs that the open wallet has.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"
#include "base/walletrpc/subaddress.hpp"
#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct IncomingTransfers {
  static constexpr std::string_view method = "incoming_transfers";
  std::uint32_t account_index = 0;
  std::vector<std::uint32_t> subaddr_indices;
  std::string transfer_type;  // "all", "available" or "unavailable"
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("subaddr_indices", s.subaddr_indices);
    v("transfer_type", s.transfer_type);
  }

  struct Output {
    Amount amount;
    std::uint64_t block_height = 0;
    bool frozen = false;
    std::uint64_t global_index = 0;
    std::string key_image;  // empty: not known
    std::string pubkey;
    bool spent = false;
    SubaddressIndex subaddr_index;
    std::string tx_hash;
    bool unlocked = false;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("amount", s.amount);
      v("block_height", s.block_height);
      v("frozen", s.frozen);
      v("global_index", s.global_index);
      v("key_image", s.key_image);
      v("pubkey", s.pubkey);
      v("spent", s.spent);
      v("subaddr_index", s.subaddr_index);
      v("tx_hash", s.tx_hash);
      v("unlocked", s.unlocked);
    }
  };

  struct Answer {
    std::vector<Output> transfers;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("transfers", s.transfers);
    }
  };
};

struct Freeze {
  static constexpr std::string_view method = "freeze";
  std::string key_image;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key_image", s.key_image);
  }
  using Answer = Empty;
};

struct Thaw {
  static constexpr std::string_view method = "thaw";
  std::string key_image;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key_image", s.key_image);
  }
  using Answer = Empty;
};

struct Frozen {
  static constexpr std::string_view method = "frozen";
  std::string key_image;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key_image", s.key_image);
  }

  struct Answer {
    bool frozen = false;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("frozen", s.frozen);
    }
  };
};

}  // namespace escrowstorm::walletrpc
