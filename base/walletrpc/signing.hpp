// Texts signed with the keys of an address.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace escrowstorm::walletrpc {

struct Sign {
  static constexpr std::string_view method = "sign";
  std::uint32_t account_index = 0;
  std::uint32_t address_index = 0;
  std::string data;
  std::string signature_type;  // "spend", "view", or empty for "spend"
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("address_index", s.address_index);
    v("data", s.data);
    v("signature_type", s.signature_type);
  }

  struct Answer {
    std::string signature;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("signature", s.signature);
    }
  };
};

struct Verify {
  static constexpr std::string_view method = "verify";
  std::string address;
  std::string data;
  std::string signature;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("data", s.data);
    v("signature", s.signature);
  }

  struct Answer {
    bool good = false;
    bool old = false;
    std::string signature_type;
    std::uint32_t version = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("good", s.good);
      v("old", s.old);
      v("signature_type", s.signature_type);
      v("version", s.version);
    }
  };
};

}  // namespace escrowstorm::walletrpc
