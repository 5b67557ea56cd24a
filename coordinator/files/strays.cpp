#include "coordinator/files/strays.hpp"

#include <functional>
#include <set>
#include <string>

#include "coordinator/setup/round_copies.hpp"
#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::coordinator {

void remove_strays(WalletFolder& folder, std::string_view prefix,
                   std::span<const EscrowRecord> remembered) {
  std::set<std::string, std::less<>> named;
  for (const EscrowRecord& record : remembered) {
    named.insert(record.wallets.begin(), record.wallets.end());
    const auto round = round_to_go_back_to(record.phase);
    for (const std::string& wallet : record.wallets)
      if (round) named.insert(input_copy_name(wallet, *round));
  }
  for (const std::string& wallet : folder.list(std::string(prefix) + '_'))
    if (is_copy_name(wallet) && !named.contains(wallet)) folder.remove(wallet);
}

}  // namespace escrowstorm::coordinator
