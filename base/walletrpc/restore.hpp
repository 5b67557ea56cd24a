// Wallets from words or keys, and their passwords.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct RestoreDeterministicWallet {
  static constexpr std::string_view method = "restore_deterministic_wallet";
  bool autosave_current = true;
  std::string filename;
  std::string language;
  std::string password;
  std::uint64_t restore_height = 0;
  std::string seed;
  std::string seed_offset;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("autosave_current", s.autosave_current);
    v("filename", s.filename);
    v("language", s.language);
    v("password", s.password);
    v("restore_height", s.restore_height);
    v("seed", s.seed);
    v("seed_offset", s.seed_offset);
  }

  struct Answer {
    std::string address;
    std::string info;
    std::string seed;
    bool was_deprecated = false;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("info", s.info);
      v("seed", s.seed);
      v("was_deprecated", s.was_deprecated);
    }
  };
};

struct GenerateFromKeys {
  static constexpr std::string_view method = "generate_from_keys";
  std::string address;
  bool autosave_current = true;
  std::string filename;
  std::string language;
  std::string password;
  std::uint64_t restore_height = 0;
  std::string spendkey;
  std::string viewkey;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("autosave_current", s.autosave_current);
    v("filename", s.filename);
    v("language", s.language);
    v("password", s.password);
    v("restore_height", s.restore_height);
    v("spendkey", s.spendkey);
    v("viewkey", s.viewkey);
  }

  struct Answer {
    std::string address;
    std::string info;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("info", s.info);
    }
  };
};

struct ChangeWalletPassword {
  static constexpr std::string_view method = "change_wallet_password";
  std::string new_password;
  std::string old_password;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("new_password", s.new_password);
    v("old_password", s.old_password);
  }
  using Answer = Empty;
};

}  // namespace escrowstorm::walletrpc
