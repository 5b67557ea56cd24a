#include "mockrpc/wallet/balance.hpp"

#include <algorithm>
#include <boost/assert.hpp>

#include "mockrpc/chain/emission.hpp"
#include "mockrpc/keys/address.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint64_t unlock_heights_end = 500'000'000;  // from here on a time is meant
constexpr std::uint64_t leeway_blocks = 1;
constexpr std::uint64_t leeway_seconds = 60;  // of blocks as low as the mock's

bool counts(const OwnedOutput& output, std::uint32_t account, bool strict) {
  const bool spent = output.spent && (!strict || output.spent_height > 0);
  return output.subaddress.account == account && !spent && !output.frozen;
}

std::uint64_t excess(std::uint64_t of, std::uint64_t over) { return of > over ? of - over : 0; }

}  // namespace

Amount sum(Amount a, Amount b) {
  const std::optional<Amount> both = a.plus(b);
  BOOST_ASSERT(both);
  return *both;
}

std::map<std::uint32_t, Amount> balances(const WalletMoney& money, std::uint32_t account,
                                         bool strict, OwnAddresses& addresses,
                                         const Subaddresses& shown) {
  std::map<std::uint32_t, Amount> held;
  const auto add = [&](std::uint32_t address, Amount amount) {
    held[address] = sum(held[address], amount);
  };
  for (const OwnedOutput& output : money.outputs)
    if (counts(output, account, strict)) add(output.subaddress.address, output.amount);
  if (strict) return held;

  for (const auto& [hash, tx] : money.pending) {
    if (tx.account != account || tx.failed) continue;
    add(0, tx.change);
    for (const Destination& destination : tx.destinations) {
      const auto index = addresses.index_of(destination.address, shown);
      if (index && index->account == account) add(index->address, destination.amount);
    }
  }
  for (const IncomingPayment& payment : money.pool_payments)
    if (payment.subaddress.account == account) add(payment.subaddress.address, payment.amount);
  return held;
}

std::map<std::uint32_t, UnlockedBalance> unlocked_balances(const WalletMoney& money,
                                                           std::uint32_t account, bool strict,
                                                           std::uint64_t now) {
  std::map<std::uint32_t, UnlockedBalance> held;
  for (const OwnedOutput& output : money.outputs) {
    if (!counts(output, account, strict)) continue;
    UnlockedBalance& balance = held[output.subaddress.address];
    if (is_unlocked(money, output.height, output.unlock_time, now)) {
      balance.amount = sum(balance.amount, output.amount);
      continue;
    }
    const bool until_height = output.unlock_time < unlock_heights_end;
    const std::uint64_t height =
        std::max(output.height + output_lock_blocks, until_height ? output.unlock_time : 0);
    const std::uint64_t time = until_height ? 0 : output.unlock_time;
    balance.blocks_to_unlock = std::max(balance.blocks_to_unlock, excess(height, money.height));
    balance.seconds_to_unlock = std::max(balance.seconds_to_unlock, excess(time, now));
  }
  return held;
}

bool is_unlocked(const WalletMoney& money, std::uint64_t height, std::uint64_t unlock_time,
                 std::uint64_t now) {
  const bool over = unlock_time < unlock_heights_end
                        ? money.height - 1 + leeway_blocks >= unlock_time
                        : now + leeway_seconds >= unlock_time;
  return over && height + output_lock_blocks <= money.height;
}

}  // namespace escrowstorm::mockrpc
