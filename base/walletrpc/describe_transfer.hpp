// What a txset would pay, asked by somebody who is to sign it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/transfer.hpp"

namespace escrowstorm::walletrpc {

struct DescribeTransfer {
  static constexpr std::string_view method = "describe_transfer";
  std::string multisig_txset;
  std::string unsigned_txset;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("multisig_txset", s.multisig_txset);
    v("unsigned_txset", s.unsigned_txset);
  }

  // An output that is spent.
  struct Source {
    Amount amount;
    std::uint64_t global_index = 0;
    std::string pubkey;
    bool rct = true;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("amount", s.amount);
      v("global_index", s.global_index);
      v("pubkey", s.pubkey);
      v("rct", s.rct);
    }
  };

  struct Description {
    Amount amount_in;
    Amount amount_out;
    std::string change_address;
    Amount change_amount;
    std::uint32_t dummy_outputs = 0;
    std::string extra;
    Amount fee;
    std::string payment_id;
    std::vector<TransferDestination> recipients;
    std::uint32_t ring_size = 0;
    std::vector<Source> sources;  // 0.18.0.0 does not tell them
    std::uint64_t unlock_time = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("amount_in", s.amount_in);
      v("amount_out", s.amount_out);
      v("change_address", s.change_address);
      v("change_amount", s.change_amount);
      v("dummy_outputs", s.dummy_outputs);
      v("extra", s.extra);
      v("fee", s.fee);
      v("payment_id", s.payment_id);
      v("recipients", s.recipients);
      v("ring_size", s.ring_size);
      v("sources", s.sources);
      v("unlock_time", s.unlock_time);
    }
  };

  struct Summary {
    Amount amount_in;
    Amount amount_out;
    std::string change_address;
    Amount change_amount;
    Amount fee;
    std::vector<TransferDestination> recipients;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("amount_in", s.amount_in);
      v("amount_out", s.amount_out);
      v("change_address", s.change_address);
      v("change_amount", s.change_amount);
      v("fee", s.fee);
      v("recipients", s.recipients);
    }
  };

  struct Answer {
    std::vector<Description> desc;
    Summary summary;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("desc", s.desc);
      v("summary", s.summary);
    }
  };
};

}  // namespace escrowstorm::walletrpc
