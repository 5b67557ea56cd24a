// The secret keys of transactions that the open wallet made, signed or sent.
#pragma once

#include <string>
#include <string_view>

namespace escrowstorm::walletrpc {

struct GetTxKey {
  static constexpr std::string_view method = "get_tx_key";
  std::string txid;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("txid", s.txid);
  }

  struct Answer {
    std::string tx_key;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("tx_key", s.tx_key);
    }
  };
};

}  // namespace escrowstorm::walletrpc
