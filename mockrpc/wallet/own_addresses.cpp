#include "mockrpc/wallet/own_addresses.hpp"

#include "mockrpc/keys/address.hpp"

namespace escrowstorm::mockrpc {

// monero's get_subaddress_secret_key.
Scalar subaddress_offset(SubaddressIndex index, const Scalar& view_secret) {
  std::string bytes("SubAddr", sizeof "SubAddr");
  bytes.append(view_of(view_secret.bytes));
  for (const std::uint32_t number : {index.account, index.address})
    for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<char>(number >> (8 * i)));
  return hash_to_scalar(bytes);
}

OwnAddresses::OwnAddresses(const KeyScheme& scheme, Network network, const PublicKey& spend_key,
                           const Scalar& view_secret)
    : scheme_(&scheme), network_(network), spend_key_(spend_key), view_secret_(view_secret) {}

OwnAddresses::Made& OwnAddresses::made(SubaddressIndex index) {
  const auto [it, is_new] = made_.try_emplace(index);
  Made& made = it->second;
  if (is_new) {
    made.key = spend_key_;
    if (index != SubaddressIndex())
      made.key =
          scheme_->plus(spend_key_, scheme_->public_key(subaddress_offset(index, view_secret_)));
    made.point = scheme_->shown(made.key);
    indices_.emplace(made.point, index);
  }
  return made;
}

const CurvePoint& OwnAddresses::point(SubaddressIndex index) { return made(index).point; }

const std::string& OwnAddresses::text(SubaddressIndex index) {
  Made& wanted = made(index);
  if (wanted.text.empty()) wanted.text = make_text(index, wanted);
  return wanted.text;
}

std::string OwnAddresses::make_text(SubaddressIndex index, const Made& made) const {
  const bool main = index == SubaddressIndex();
  Address address;
  address.network = network_;
  address.kind = main ? AddressKind::standard : AddressKind::subaddress;
  address.spend = made.point;
  address.view = scheme_->shown(main ? scheme_->public_key(view_secret_)
                                     : scheme_->times(made.key, view_secret_));
  return address_text(address);
}

std::vector<std::pair<CurvePoint, SubaddressIndex>> OwnAddresses::watched(const Subaddresses& shown,
                                                                          bool ahead) {
  std::vector<std::pair<CurvePoint, SubaddressIndex>> all;
  if (spend_key_ == scheme_->identity()) return all;
  const auto watch = [&](std::uint32_t account, std::uint32_t addresses) {
    for (std::uint32_t i = 0; i < addresses; ++i)
      all.emplace_back(point({account, i}), SubaddressIndex{account, i});
  };
  for (std::uint32_t account = 0; account < shown.accounts(); ++account)
    watch(account, shown.addresses(account) + (ahead ? addresses_ahead : 0));
  if (ahead)
    for (std::uint32_t i = 0; i < accounts_ahead; ++i) watch(shown.accounts() + i, 1);
  return all;
}

std::uint64_t OwnAddresses::watched_count(const Subaddresses& shown) {
  std::uint64_t count = accounts_ahead;
  for (std::uint32_t account = 0; account < shown.accounts(); ++account)
    count += shown.addresses(account) + std::uint64_t{addresses_ahead};
  return count;
}

// Those that were not watched before.
void OwnAddresses::make_watched(const Subaddresses& shown) {
  const std::uint32_t accounts = shown.accounts() + accounts_ahead;
  if (made_below_.size() < accounts) made_below_.resize(accounts);
  for (std::uint32_t account = 0; account < accounts; ++account) {
    const bool beyond = account >= shown.accounts();
    const std::uint32_t end = beyond ? 1 : shown.addresses(account) + addresses_ahead;
    for (std::uint32_t& next = made_below_[account]; next < end; ++next) made({account, next});
  }
}

std::optional<SubaddressIndex> OwnAddresses::index_of(const CurvePoint& point,
                                                      const Subaddresses& shown) {
  if (spend_key_ == scheme_->identity()) return std::nullopt;
  make_watched(shown);
  const auto found = indices_.find(point);
  if (found == indices_.end()) return std::nullopt;
  const SubaddressIndex index = found->second;
  const bool watched = index.account < shown.accounts()
                           ? index.address < shown.addresses(index.account) + addresses_ahead
                           : index.account < shown.accounts() + accounts_ahead && index.address < 1;
  if (!watched) return std::nullopt;
  return index;
}

std::optional<SubaddressIndex> OwnAddresses::index_of(std::string_view text,
                                                      const Subaddresses& shown) {
  auto read = read_.find(text);
  if (read == read_.end()) {
    const std::optional<Address> address = parse_address(text, network_);
    read = read_.emplace(text, address ? std::optional(address->spend) : std::nullopt).first;
  }
  return read->second ? index_of(*read->second, shown) : std::nullopt;
}

}  // namespace escrowstorm::mockrpc
