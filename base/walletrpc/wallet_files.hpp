// Methods that put a wallet into the instance's one slot, take it out, and save it.
#pragma once

#include <string>
#include <string_view>

namespace escrowstorm::walletrpc {

struct Empty {
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}
};

struct CreateWallet {
  static constexpr std::string_view method = "create_wallet";
  std::string filename;
  std::string password;
  std::string language;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("filename", s.filename);
    v("language", s.language);
    v("password", s.password);
  }
  using Answer = Empty;
};

struct OpenWallet {
  static constexpr std::string_view method = "open_wallet";
  std::string filename;
  std::string password;
  bool autosave_current = true;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("autosave_current", s.autosave_current);
    v("filename", s.filename);
    v("password", s.password);
  }
  using Answer = Empty;
};

struct CloseWallet {
  static constexpr std::string_view method = "close_wallet";
  bool autosave_current = true;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("autosave_current", s.autosave_current);
  }
  using Answer = Empty;
};

struct Store {
  static constexpr std::string_view method = "store";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}
  using Answer = Empty;
};

}  // namespace escrowstorm::walletrpc
