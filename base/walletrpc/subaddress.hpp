// Subaddresses: making, labelling and finding them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

// An account and an address in it.
struct SubaddressIndex {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("major", s.major);
    v("minor", s.minor);
  }
};

struct CreateAddress {
  static constexpr std::string_view method = "create_address";
  std::uint32_t account_index = 0;
  std::uint32_t count = 1;
  std::string label;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("count", s.count);
    v("label", s.label);
  }

  struct Answer {
    std::string address;  // the first of them
    std::uint32_t address_index = 0;
    std::vector<std::uint32_t> address_indices;
    std::vector<std::string> addresses;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("address_index", s.address_index);
      v("address_indices", s.address_indices);
      v("addresses", s.addresses);
    }
  };
};

struct LabelAddress {
  static constexpr std::string_view method = "label_address";
  SubaddressIndex index;
  std::string label;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("index", s.index);
    v("label", s.label);
  }
  using Answer = Empty;
};

struct GetAddressIndex {
  static constexpr std::string_view method = "get_address_index";
  std::string address;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
  }

  struct Answer {
    SubaddressIndex index;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("index", s.index);
    }
  };
};

}  // namespace escrowstorm::walletrpc
