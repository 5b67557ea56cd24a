// Methods that are about the server and not about its wallet.
//
// Every request and answer of walletrpc is a plain struct whose fields() names its JSON keys, in
// the order the real one writes them (sorted), and its nested Answer. Keys absent from a request
// keep the defaults written here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct GetVersion {
  static constexpr std::string_view method = "get_version";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}

  struct Answer {
    bool release = false;
    std::uint32_t version = 0;  // major << 16 | minor: 65561 is 1.25, of Monero 0.18.0.0
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("release", s.release);
      v("version", s.version);
    }
  };
};

struct GetLanguages {
  static constexpr std::string_view method = "get_languages";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}

  struct Answer {
    std::vector<std::string> languages;
    std::vector<std::string> languages_local;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("languages", s.languages);
      v("languages_local", s.languages_local);
    }
  };
};

// Ends the process that serves the call.
struct StopWallet {
  static constexpr std::string_view method = "stop_wallet";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}
  using Answer = Empty;
};

struct SetLogLevel {
  static constexpr std::string_view method = "set_log_level";
  std::int8_t level = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("level", s.level);
  }
  using Answer = Empty;
};

struct SetLogCategories {
  static constexpr std::string_view method = "set_log_categories";
  std::string categories;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("categories", s.categories);
  }

  struct Answer {
    std::string categories;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("categories", s.categories);
    }
  };
};

}  // namespace escrowstorm::walletrpc
