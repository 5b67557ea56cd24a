// The messages of the key exchange that the fleet's wallets have made, by what they say: which
// wallet made each, and in which round. Judged by the ledger: also those whose answer was lost.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mockrpc/fleet/ledger.hpp"

namespace escrowstorm::sim {

// Stands for a message; two have the same only by a chance of one in 2^64.
using MessageId = std::uint64_t;
MessageId message_id(std::string_view message);

// prepare_multisig makes those of round 0, make_multisig of round 1, each exchange of one more.
struct MadeMessage {
  std::string wallet;
  int round = 0;
};

class MessageBook {
 public:
  // Takes in what was made. Call it after having looked up what was used.
  void executed(const mockrpc::LedgerEntry& entry);
  // A copy has the rounds of the wallet, which saves itself in each but the first.
  void copied(std::string_view from, std::string_view to);

  // Nothing when no wallet of this fleet made it.
  const MadeMessage* find(MessageId id) const;
  // The last round in which the wallet made a message; -1 when in none.
  int last_round_of(std::string_view wallet) const;

 private:
  // Looked up, never iterated.
  std::unordered_map<MessageId, MadeMessage> made_;
  std::unordered_map<std::string, int> last_round_;
};

// The message that a call has made; empty: none.
std::string_view message_made_by(const mockrpc::CallOutcome& outcome);

// The messages that a make_multisig or exchange_multisig_keys takes; empty for other calls.
std::span<const std::string> messages_used_by(const walletrpc::Request& request);

}  // namespace escrowstorm::sim
