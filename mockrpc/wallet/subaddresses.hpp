// The accounts and addresses that a wallet shows, with their labels and tags: the part of its cache
// file that follows monero's m_subaddress_labels and m_account_tags. A value.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/wallet/subaddress_index.hpp"

namespace escrowstorm::mockrpc {

class Subaddresses {
 public:
  // One account with one address.
  Subaddresses();

  std::uint32_t accounts() const { return static_cast<std::uint32_t>(accounts_.size()); }
  // None for an account that is not there.
  std::uint32_t addresses(std::uint32_t account) const;
  bool contains(SubaddressIndex index) const { return index.address < addresses(index.account); }
  // Empty for what is not there.
  std::string_view label(SubaddressIndex index) const;

  // Their index. REQUIRES for the second: the account is there.
  std::uint32_t add_account(std::string label);
  std::uint32_t add_address(std::uint32_t account, std::string label);
  // Makes all up to this one, where they are missing.
  void expand(SubaddressIndex index);
  // Back to one account with one address. The first account keeps its tag.
  void start_over();
  // REQUIRES: it is there.
  void set_label(SubaddressIndex index, std::string label);

  // Descriptions by tag, of tags that an account has.
  const std::map<std::string, std::string>& tags() const { return tags_; }
  // Empty: none. REQUIRES for both: the account is there.
  const std::string& tag(std::uint32_t account) const { return accounts_[account].tag; }
  void set_tag(std::uint32_t account, std::string tag);
  // REQUIRES: an account has the tag.
  void describe_tag(const std::string& tag, std::string description);

  void write(ByteWriter& out) const;
  static std::optional<Subaddresses> read(ByteReader& in);

  friend bool operator==(const Subaddresses&, const Subaddresses&) = default;

 private:
  struct Account {
    std::string tag;
    std::vector<std::string> labels;  // by address, at least one

    friend bool operator==(const Account&, const Account&) = default;
  };

  void drop_unused_tags();

  std::vector<Account> accounts_;
  std::map<std::string, std::string> tags_;
};

}  // namespace escrowstorm::mockrpc
