// The addresses that belong to a wallet's keys: points and texts, made when first asked for and
// kept, since a point costs 40 us. Owned by its wallet, on the world's executor.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mockrpc/chain/transaction.hpp"
#include "mockrpc/keys/key_scheme.hpp"
#include "mockrpc/network.hpp"
#include "mockrpc/wallet/subaddresses.hpp"

namespace escrowstorm::mockrpc {

// How many addresses beyond the last of each account a wallet looks for, and how many accounts. The
// real one looks for 200 and 50.
inline constexpr std::uint32_t addresses_ahead = 4;
inline constexpr std::uint32_t accounts_ahead = 1;

// What to add to the secret spend key. REQUIRES: not the main address.
Scalar subaddress_offset(SubaddressIndex index, const Scalar& view_secret);

class OwnAddresses {
 public:
  // The scheme outlives it.
  OwnAddresses(const KeyScheme& scheme, Network network, const PublicKey& spend_key,
               const Scalar& view_secret);

  // Any index has an address, whether the wallet shows it or not.
  const CurvePoint& point(SubaddressIndex index);
  const std::string& text(SubaddressIndex index);

  // The points that the wallet looks for: what it shows and, with `ahead`, some beyond. None while
  // the group has no key: everybody shares that address.
  std::vector<std::pair<CurvePoint, SubaddressIndex>> watched(const Subaddresses& shown,
                                                              bool ahead);
  // How many those are with the ones beyond, of a wallet that has a key.
  static std::uint64_t watched_count(const Subaddresses& shown);
  // Which of those, with the ones beyond, has this point or text. Costs the same however many
  // there are.
  std::optional<SubaddressIndex> index_of(const CurvePoint& point, const Subaddresses& shown);
  std::optional<SubaddressIndex> index_of(std::string_view text, const Subaddresses& shown);

 private:
  struct Made {
    PublicKey key;
    CurvePoint point;
    std::string text;
  };

  Made& made(SubaddressIndex index);
  void make_watched(const Subaddresses& shown);
  std::string make_text(SubaddressIndex index, const Made& made) const;

  const KeyScheme* scheme_;
  Network network_;
  PublicKey spend_key_;
  Scalar view_secret_;
  std::map<SubaddressIndex, Made> made_;
  std::map<CurvePoint, SubaddressIndex> indices_;
  std::vector<std::uint32_t> made_below_;  // by account: its addresses below are made
  // Texts that were asked for, also others'; reading one is as dear as making a point.
  std::map<std::string, std::optional<CurvePoint>, std::less<>> read_;
};

}  // namespace escrowstorm::mockrpc
