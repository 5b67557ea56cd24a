#include "mockrpc/wallet/subaddresses.hpp"

#include <algorithm>
#include <boost/assert.hpp>
#include <utility>

namespace escrowstorm::mockrpc {

namespace {

constexpr std::string_view first_label = "Primary account";

}  // namespace

Subaddresses::Subaddresses() { add_account(std::string(first_label)); }

std::uint32_t Subaddresses::addresses(std::uint32_t account) const {
  return account < accounts() ? static_cast<std::uint32_t>(accounts_[account].labels.size()) : 0;
}

std::string_view Subaddresses::label(SubaddressIndex index) const {
  return contains(index) ? std::string_view(accounts_[index.account].labels[index.address]) : "";
}

std::uint32_t Subaddresses::add_account(std::string label) {
  accounts_.emplace_back().labels.push_back(std::move(label));
  return accounts() - 1;
}

std::uint32_t Subaddresses::add_address(std::uint32_t account, std::string label) {
  BOOST_ASSERT(account < accounts());
  accounts_[account].labels.push_back(std::move(label));
  return addresses(account) - 1;
}

void Subaddresses::expand(SubaddressIndex index) {
  while (accounts() <= index.account) add_account("Untitled account");
  auto& labels = accounts_[index.account].labels;
  if (labels.size() <= index.address) labels.resize(std::size_t{index.address} + 1);
}

void Subaddresses::set_label(SubaddressIndex index, std::string label) {
  BOOST_ASSERT(contains(index));
  accounts_[index.account].labels[index.address] = std::move(label);
}

void Subaddresses::set_tag(std::uint32_t account, std::string tag) {
  BOOST_ASSERT(account < accounts());
  if (!tag.empty()) tags_.try_emplace(tag);
  accounts_[account].tag = std::move(tag);
  drop_unused_tags();
}

void Subaddresses::start_over() {
  std::string tag = std::move(accounts_.front().tag);
  accounts_.clear();
  add_account(std::string(first_label));
  accounts_.front().tag = std::move(tag);
  drop_unused_tags();
}

void Subaddresses::drop_unused_tags() {
  std::erase_if(tags_, [&](const auto& entry) {
    return std::none_of(accounts_.begin(), accounts_.end(),
                        [&](const Account& each) { return each.tag == entry.first; });
  });
}

void Subaddresses::describe_tag(const std::string& tag, std::string description) {
  BOOST_ASSERT(tags_.contains(tag));
  tags_[tag] = std::move(description);
}

void Subaddresses::write(ByteWriter& out) const {
  out.varint(accounts_.size());
  for (const Account& account : accounts_) {
    out.text(account.tag);
    out.varint(account.labels.size());
    for (const std::string& label : account.labels) out.text(label);
  }
  for (const auto& [tag, description] : tags_) out.text(description);
}

std::optional<Subaddresses> Subaddresses::read(ByteReader& in) {
  Subaddresses read;
  read.accounts_.clear();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    Account& account = read.accounts_.emplace_back();
    account.tag = in.text();
    for (std::size_t labels = in.count(); labels > 0 && in.ok(); --labels)
      account.labels.emplace_back(in.text());
    if (account.labels.empty()) return std::nullopt;
    if (!account.tag.empty()) read.tags_.try_emplace(account.tag);
  }
  for (auto& [tag, description] : read.tags_) description = in.text();
  if (!in.ok() || read.accounts_.empty()) return std::nullopt;
  return read;
}

}  // namespace escrowstorm::mockrpc
