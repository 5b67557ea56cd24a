#include "sim/invariants/one_address.hpp"

#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::sim {

void OneAddress::durable(TimePoint at, const coordinator::EscrowRecord& record) {
  if (record.address.empty()) return;
  const auto [published, first] = published_.try_emplace(record.id, record.address);
  if (!first) {
    if (published->second != record.address)
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
  check_wallets(at, record);
}

// A wallet may become ready when its escrow's address has been published already.
void OneAddress::executed(const mockrpc::LedgerEntry& entry) {
  facts_.executed(entry);
  const bool exchanged = std::holds_alternative<walletrpc::ExchangeMultisigKeys>(*entry.request);
  if (exchanged && entry.wallet && entry.whom)
    check_wallet(entry.at, entry.whom->escrow, entry.instance, entry.wallet->name());
}

void OneAddress::check_wallets(TimePoint at, const coordinator::EscrowRecord& record) {
  for (const Role role : all_roles)
    check_wallet(at, record.id, record.instances[index_of(role)], record.wallets[index_of(role)]);
}

// Of a wallet that is ready; that all of them are when it is published is another invariant's.
void OneAddress::check_wallet(TimePoint at, EscrowId escrow, std::uint32_t instance,
                              std::string_view wallet) {
  const auto published = published_.find(escrow);
  const std::string* address = facts_.address_of(wallet);
  if (published == published_.end() || !address) return;
  if (*address != published->second)
    violated(at, escrow, instance,
             "the address published for escrow " + std::to_string(escrow) +
                 " is not that of wallet " + std::string(wallet));
  facts_.forget(wallet);
}

}  // namespace escrowstorm::sim
