// Accounts of the open wallet, their labels and tags.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/wallet_files.hpp"

namespace escrowstorm::walletrpc {

struct CreateAccount {
  static constexpr std::string_view method = "create_account";
  std::string label;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("label", s.label);
  }

  struct Answer {
    std::uint32_t account_index = 0;
    std::string address;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("account_index", s.account_index);
      v("address", s.address);
    }
  };
};

struct LabelAccount {
  static constexpr std::string_view method = "label_account";
  std::uint32_t account_index = 0;
  std::string label;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("account_index", s.account_index);
    v("label", s.label);
  }
  using Answer = Empty;
};

struct GetAccountTags {
  static constexpr std::string_view method = "get_account_tags";
  template <class Self, class Visitor>
  static void fields(Self&, Visitor&) {}

  struct Tag {
    std::vector<std::uint32_t> accounts;
    std::string label;
    std::string tag;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("accounts", s.accounts);
      v("label", s.label);
      v("tag", s.tag);
    }
  };

  struct Answer {
    std::vector<Tag> account_tags;
    template <class Self, class Visitor>
    static void fields(Self& s, Visitor& v) {
      v("account_tags", s.account_tags);
    }
  };
};

struct TagAccounts {
  static constexpr std::string_view method = "tag_accounts";
  std::vector<std::uint32_t> accounts;
  std::string tag;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("accounts", s.accounts);
    v("tag", s.tag);
  }
  using Answer = Empty;
};

struct UntagAccounts {
  static constexpr std::string_view method = "untag_accounts";
  std::vector<std::uint32_t> accounts;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("accounts", s.accounts);
  }
  using Answer = Empty;
};

struct SetAccountTagDescription {
  static constexpr std::string_view method = "set_account_tag_description";
  std::string description;
  std::string tag;
  template <class Self, class Visitor>
  static void fields(Self& s, Visitor& v) {
    v("description", s.description);
    v("tag", s.tag);
  }
  using Answer = Empty;
};

}  // namespace escrowstorm::walletrpc
