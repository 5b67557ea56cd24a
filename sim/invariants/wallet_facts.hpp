// What the ledger tells of each wallet file: whether its key exchange is done, and its address. An
// address is only known once an exchange has answered it, which no placeholder is.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "mockrpc/fleet/ledger.hpp"

namespace escrowstorm::sim {

class WalletFacts {
 public:
  void executed(const mockrpc::LedgerEntry& entry);
  void copied(std::string_view from, std::string_view to);

  // The address of a wallet that is ready; nothing for one that is not, or that was never met.
  const std::string* address_of(std::string_view wallet) const;
  void forget(std::string_view wallet);

 private:
  std::map<std::string, std::string, std::less<>> addresses_;
};

}  // namespace escrowstorm::sim
