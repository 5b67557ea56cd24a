// Addresses with a payment id in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escrowstorm::walletrpc {

struct MakeIntegratedAddress {
  static constexpr std::string_view method = "make_integrated_address";
  std::string payment_id;        // empty: a random one
  std::string standard_address;  // empty: the wallet's own
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("payment_id", s.payment_id);
    v("standard_address", s.standard_address);
  }

  struct Answer {
    std::string integrated_address;
    std::string payment_id;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("integrated_address", s.integrated_address);
      v("payment_id", s.payment_id);
    }
  };
};

struct SplitIntegratedAddress {
  static constexpr std::string_view method = "split_integrated_address";
  std::string integrated_address;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("integrated_address", s.integrated_address);
  }

  struct Answer {
    bool is_subaddress = false;
    std::string payment_id;
    std::string standard_address;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("is_subaddress", s.is_subaddress);
      v("payment_id", s.payment_id);
      v("standard_address", s.standard_address);
    }
  };
};

}  // namespace escrowstorm::walletrpc
