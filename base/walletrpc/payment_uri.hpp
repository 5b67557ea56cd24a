// Requests for payment as texts: monero:ADDRESS?tx_amount=...
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"

namespace escrowstorm::walletrpc {

struct PaymentUri {
  std::string address;
  Amount amount;
  std::string payment_id;
  std::string recipient_name;
  std::string tx_description;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("amount", s.amount);
    v("payment_id", s.payment_id);
    v("recipient_name", s.recipient_name);
    v("tx_description", s.tx_description);
  }
};

struct MakeUri : PaymentUri {
  static constexpr std::string_view method = "make_uri";

  struct Answer {
    std::string uri;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("uri", s.uri);
    }
  };
};

struct ParseUri {
  static constexpr std::string_view method = "parse_uri";
  std::string uri;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("uri", s.uri);
  }

  struct Answer {
    std::vector<std::string> unknown_parameters;
    PaymentUri uri;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("unknown_parameters", s.unknown_parameters);
      v("uri", s.uri);
    }
  };
};

}  // namespace escrowstorm::walletrpc
