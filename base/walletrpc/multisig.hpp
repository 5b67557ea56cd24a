// The key exchange of an M-of-N wallet, the sync between its participants, and what they sign.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct IsMultisig {
  static constexpr std::string_view method = "is_multisig";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}

  struct Answer {
    bool multisig = false;
    bool ready = false;
    std::uint32_t threshold = 0;
    std::uint32_t total = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("multisig", s.multisig);
      v("ready", s.ready);
      v("threshold", s.threshold);
      v("total", s.total);
    }
  };
};

struct PrepareMultisig {
  static constexpr std::string_view method = "prepare_multisig";
  bool enable_multisig_experimental = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("enable_multisig_experimental", s.enable_multisig_experimental);
  }

  struct Answer {
    std::string multisig_info;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("multisig_info", s.multisig_info);
    }
  };
};

struct MakeMultisig {
  static constexpr std::string_view method = "make_multisig";
  std::vector<std::string> multisig_info;
  std::uint32_t threshold = 0;
  std::string password;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("multisig_info", s.multisig_info);
    v("password", s.password);
    v("threshold", s.threshold);
  }

  struct Answer {
    std::string address;
    std::string multisig_info;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("multisig_info", s.multisig_info);
    }
  };
};

struct ExchangeMultisigKeys {
  static constexpr std::string_view method = "exchange_multisig_keys";
  std::vector<std::string> multisig_info;
  std::string password;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("multisig_info", s.multisig_info);
    v("password", s.password);
  }

  struct Answer {
    std::string address;  // empty until the last round
    std::string multisig_info;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("address", s.address);
      v("multisig_info", s.multisig_info);
    }
  };
};

// Does nothing but refuse, and only the older version has it.
struct FinalizeMultisig {
  static constexpr std::string_view method = "finalize_multisig";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}
  using Answer = Empty;
};

struct ExportMultisigInfo {
  static constexpr std::string_view method = "export_multisig_info";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}

  struct Answer {
    std::string info;  // hex
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("info", s.info);
    }
  };
};

struct ImportMultisigInfo {
  static constexpr std::string_view method = "import_multisig_info";
  std::vector<std::string> info;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("info", s.info);
  }

  struct Answer {
    std::uint64_t n_outputs = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("n_outputs", s.n_outputs);
    }
  };
};

struct SignMultisig {
  static constexpr std::string_view method = "sign_multisig";
  std::string tx_data_hex;  // a txset
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("tx_data_hex", s.tx_data_hex);
  }

  struct Answer {
    std::string tx_data_hex;
    std::vector<std::string> tx_hash_list;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("tx_data_hex", s.tx_data_hex);
      v("tx_hash_list", s.tx_hash_list);
    }
  };
};

struct SubmitMultisig {
  static constexpr std::string_view method = "submit_multisig";
  std::string tx_data_hex;  // a txset with signatures enough
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("tx_data_hex", s.tx_data_hex);
  }

  struct Answer {
    std::vector<std::string> tx_hash_list;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("tx_hash_list", s.tx_hash_list);
    }
  };
};

}  // namespace escrowstorm::walletrpc
