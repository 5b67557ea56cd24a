// Addresses and keys of the open wallet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escrowstorm::walletrpc {

struct GetAddress {
  static constexpr std::string_view method = "get_address";
  std::uint32_t account_index = 0;
  std::vector<std::uint32_t> address_index;  // empty: all of the account
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("address_index", s.address_index);
  }

  struct Entry {
    std::string address;
    std::uint32_t address_index = 0;
    std::string label;
    bool used = false;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("address_index", s.address_index);
      v("label", s.label);
      v("used", s.used);
    }
  };

  struct Answer {
    std::string address;
    std::vector<Entry> addresses;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("addresses", s.addresses);
    }
  };
};

struct ValidateAddress {
  static constexpr std::string_view method = "validate_address";
  std::string address;
  bool allow_openalias = false;
  bool any_net_type = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("allow_openalias", s.allow_openalias);
    v("any_net_type", s.any_net_type);
  }

  struct Answer {
    bool integrated = false;
    std::string nettype;
    std::string openalias_address;
    bool subaddress = false;
    bool valid = false;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("integrated", s.integrated);
      v("nettype", s.nettype);
      v("openalias_address", s.openalias_address);
      v("subaddress", s.subaddress);
      v("valid", s.valid);
    }
  };
};

struct QueryKey {
  static constexpr std::string_view method = "query_key";
  std::string key_type;  // "mnemonic", "view_key" or "spend_key"
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key_type", s.key_type);
  }

  struct Answer {
    std::string key;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("key", s.key);
    }
  };
};

}  // namespace escrowstorm::walletrpc
