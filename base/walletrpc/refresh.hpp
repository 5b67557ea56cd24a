// How the open wallet looks at the chain: when, from where, and again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct Refresh {
  static constexpr std::string_view method = "refresh";
  std::uint64_t start_height = 0;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("start_height", s.start_height);
  }

  struct Answer {
    std::uint64_t blocks_fetched = 0;
    bool received_money = false;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("blocks_fetched", s.blocks_fetched);
      v("received_money", s.received_money);
    }
  };
};

struct AutoRefresh {
  static constexpr std::string_view method = "auto_refresh";
  bool enable = true;
  std::uint32_t period = 0;  // seconds; 0: the default
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("enable", s.enable);
    v("period", s.period);
  }
  using Answer = Empty;
};

struct RescanBlockchain {
  static constexpr std::string_view method = "rescan_blockchain";
  bool hard = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("hard", s.hard);
  }
  using Answer = Empty;
};

struct RescanSpent {
  static constexpr std::string_view method = "rescan_spent";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}
  using Answer = Empty;
};

struct ScanTx {
  static constexpr std::string_view method = "scan_tx";
  std::vector<std::string> txids;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("txids", s.txids);
  }
  using Answer = Empty;
};

struct SetDaemon {
  static constexpr std::string_view method = "set_daemon";
  std::string address;
  std::string password;
  bool ssl_allow_any_cert = false;
  std::vector<std::string> ssl_allowed_fingerprints;
  std::string ssl_ca_file;
  std::string ssl_certificate_path;
  std::string ssl_private_key_path;
  std::string ssl_support = "autodetect";
  bool trusted = false;
  std::string username;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("address", s.address);
    v("password", s.password);
    v("ssl_allow_any_cert", s.ssl_allow_any_cert);
    v("ssl_allowed_fingerprints", s.ssl_allowed_fingerprints);
    v("ssl_ca_file", s.ssl_ca_file);
    v("ssl_certificate_path", s.ssl_certificate_path);
    v("ssl_private_key_path", s.ssl_private_key_path);
    v("ssl_support", s.ssl_support);
    v("trusted", s.trusted);
    v("username", s.username);
  }
  using Answer = Empty;
};

}  // namespace escrowstorm::walletrpc
