#include "sim/invariants/one_address.hpp"

#include <algorithm>

#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::sim {

void OneAddress::durable(TimePoint at, const coordinator::EscrowRecord& record) {
  if (record.address.empty()) return;
  const auto [published, first] =
      published_.try_emplace(record.id, Published{record.address, record.wallets});
  if (!first) {
    if (published->second.address != record.address)
      violated(at, record.id, std::nullopt,
               "the address of escrow " + std::to_string(record.id) +
                   " was published and is another one now");
    return;
  }
  const auto [owner, is_new] = escrow_of_.try_emplace(record.address, record.id);
  if (!is_new)
    violated(at, record.id, std::nullopt,
             "escrow " + std::to_string(record.id) + " published the address of escrow " +
                 std::to_string(owner->second));
  for (const Role role : all_roles)
    check_wallet(at, record.id, record.instances[index_of(role)], record.wallets[index_of(role)]);
}

// A wallet may become ready when its escrow's address has been published already.
void OneAddress::executed(const mockrpc::LedgerEntry& entry) {
  facts_.executed(entry);
  const bool exchanged = holds_alternative<walletrpc::ExchangeMultisigKeys>(*entry.request);
  if (exchanged && entry.wallet && entry.whom)
    check_wallet(entry.at, entry.whom->escrow, entry.instance, entry.wallet->name());
}

// Of a wallet that is ready and one of those that were published: a call of an attempt that was
// given up may execute late. That all of them are ready when it is published is another
// invariant's.
void OneAddress::check_wallet(TimePoint at, EscrowId escrow, std::uint32_t instance,
                              std::string_view wallet) {
  const auto published = published_.find(escrow);
  const std::string* address = facts_.address_of(wallet);
  if (published == published_.end() || !address) return;
  const auto& [expected, wallets] = published->second;
  if (std::find(wallets.begin(), wallets.end(), wallet) == wallets.end()) return;
  if (*address != expected)
    violated(at, escrow, instance,
             "the address published for escrow " + std::to_string(escrow) +
                 " is not that of wallet " + std::string(wallet));
  facts_.forget(wallet);
}

}  // namespace escrowstorm::sim
