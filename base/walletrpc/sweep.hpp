// Spending without change: all of an account, one output, or what can't be mixed.
#pragma once

#include "base/walletrpc/transfer.hpp"

namespace escrowstorm::walletrpc {

struct SweepAll {
  static constexpr std::string_view method = "sweep_all";
  std::uint32_t account_index = 0;
  std::string address;
  Amount below_amount;  // zero: any
  bool do_not_relay = false;
  bool get_tx_hex = false;
  bool get_tx_keys = false;
  bool get_tx_metadata = false;
  std::uint64_t outputs = 1;
  std::string payment_id;
  std::uint32_t priority = 0;
  std::uint64_t ring_size = 0;
  std::vector<std::uint32_t> subaddr_indices;
  bool subaddr_indices_all = false;
  std::uint64_t unlock_time = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("address", s.address);
    v("below_amount", s.below_amount);
    v("do_not_relay", s.do_not_relay);
    v("get_tx_hex", s.get_tx_hex);
    v("get_tx_keys", s.get_tx_keys);
    v("get_tx_metadata", s.get_tx_metadata);
    v("outputs", s.outputs);
    v("payment_id", s.payment_id);
    v("priority", s.priority);
    v("ring_size", s.ring_size);
    v("subaddr_indices", s.subaddr_indices);
    v("subaddr_indices_all", s.subaddr_indices_all);
    v("unlock_time", s.unlock_time);
  }
  using Answer = SentTransactions;
};

struct SweepSingle {
  static constexpr std::string_view method = "sweep_single";
  std::string address;
  bool do_not_relay = false;
  bool get_tx_hex = false;
  bool get_tx_key = false;
  bool get_tx_metadata = false;
  std::string key_image;
  std::uint64_t outputs = 1;
  std::string payment_id;
  std::uint32_t priority = 0;
  std::uint64_t ring_size = 0;
  std::uint64_t unlock_time = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("do_not_relay", s.do_not_relay);
    v("get_tx_hex", s.get_tx_hex);
    v("get_tx_key", s.get_tx_key);
    v("get_tx_metadata", s.get_tx_metadata);
    v("key_image", s.key_image);
    v("outputs", s.outputs);
    v("payment_id", s.payment_id);
    v("priority", s.priority);
    v("ring_size", s.ring_size);
    v("unlock_time", s.unlock_time);
  }
  using Answer = SentTransaction;
};

// Outputs from before ring signatures hid amounts: no wallet of today has any.
struct SweepDust {
  static constexpr std::string_view method = "sweep_dust";
  bool do_not_relay = false;
  bool get_tx_hex = false;
  bool get_tx_keys = false;
  bool get_tx_metadata = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("do_not_relay", s.do_not_relay);
    v("get_tx_hex", s.get_tx_hex);
    v("get_tx_keys", s.get_tx_keys);
    v("get_tx_metadata", s.get_tx_metadata);
  }
  using Answer = SentTransactions;
};

}  // namespace escrowstorm::walletrpc
