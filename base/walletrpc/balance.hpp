// What the open wallet holds and how far it has looked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/amount.hpp"

namespace escrowstorm::walletrpc {

struct GetBalance {
  static constexpr std::string_view method = "get_balance";
  std::uint32_t account_index = 0;
  std::vector<std::uint32_t> address_indices;
  bool all_accounts = false;
  bool strict = false;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("address_indices", s.address_indices);
    v("all_accounts", s.all_accounts);
    v("strict", s.strict);
  }

  struct PerSubaddress {
    std::uint32_t account_index = 0;
    std::string address;
    std::uint32_t address_index = 0;
    Amount balance;
    std::uint64_t blocks_to_unlock = 0;
    std::string label;
    std::uint64_t num_unspent_outputs = 0;
    std::uint64_t time_to_unlock = 0;
    Amount unlocked_balance;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("account_index", s.account_index);
      v("address", s.address);
      v("address_index", s.address_index);
      v("balance", s.balance);
      v("blocks_to_unlock", s.blocks_to_unlock);
      v("label", s.label);
      v("num_unspent_outputs", s.num_unspent_outputs);
      v("time_to_unlock", s.time_to_unlock);
      v("unlocked_balance", s.unlocked_balance);
    }
  };

  struct Answer {
    Amount balance;
    std::uint64_t blocks_to_unlock = 0;
    bool multisig_import_needed = false;
    std::vector<PerSubaddress> per_subaddress;
    std::uint64_t time_to_unlock = 0;
    Amount unlocked_balance;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("balance", s.balance);
      v("blocks_to_unlock", s.blocks_to_unlock);
      v("multisig_import_needed", s.multisig_import_needed);
      v("per_subaddress", s.per_subaddress);
      v("time_to_unlock", s.time_to_unlock);
      v("unlocked_balance", s.unlocked_balance);
    }
  };
};

struct GetAccounts {
  static constexpr std::string_view method = "get_accounts";
  bool regexp = false;
  bool strict_balances = false;
  std::string tag;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("regexp", s.regexp);
    v("strict_balances", s.strict_balances);
    v("tag", s.tag);
  }

  struct Account {
    std::uint32_t account_index = 0;
    Amount balance;
    std::string base_address;
    std::string label;
    std::string tag;
    Amount unlocked_balance;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("account_index", s.account_index);
      v("balance", s.balance);
      v("base_address", s.base_address);
      v("label", s.label);
      v("tag", s.tag);
      v("unlocked_balance", s.unlocked_balance);
    }
  };

  struct Answer {
    std::vector<Account> subaddress_accounts;
    Amount total_balance;
    Amount total_unlocked_balance;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("subaddress_accounts", s.subaddress_accounts);
      v("total_balance", s.total_balance);
      v("total_unlocked_balance", s.total_unlocked_balance);
    }
  };
};

struct GetHeight {
  static constexpr std::string_view method = "get_height";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}

  struct Answer {
    std::uint64_t height = 0;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("height", s.height);
    }
  };
};

}  // namespace escrowstorm::walletrpc
