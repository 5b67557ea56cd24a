// Labels kept in the wallet's cache file.
#pragma once

#include <string>
#include <string_view>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct SetAttribute {
  static constexpr std::string_view method = "set_attribute";
  std::string key;
  std::string value;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key", s.key);
    v("value", s.value);
  }
  using Answer = Empty;
};

struct GetAttribute {
  static constexpr std::string_view method = "get_attribute";
  std::string key;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("key", s.key);
  }

  struct Answer {
    std::string value;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("value", s.value);
    }
  };
};

}  // namespace escrowstorm::walletrpc
