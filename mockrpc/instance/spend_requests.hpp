// What the methods that spend have in common: addresses and payment ids read as the real one reads
// them, sending, and its error codes. Internal to the methods.
#pragma once

#include <optional>
#include <span>
#include <variant>

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/wallet/spending.hpp"

namespace escrowstorm::mockrpc {

// What keeps an open wallet from spending at all.
std::optional<Execution> refused_to_spend(const Slot& slot, std::uint64_t unlock_time);
// REQUIRES: a wallet is open.
std::optional<Execution> refused_disabled(const Slot& slot);

struct ReadPayees {
  std::vector<Payee> payees;
  std::optional<PaymentId> payment_id;
};

// monero's validate_transfer. `payment_id` is the obsolete parameter.
std::variant<ReadPayees, Execution> read_payees(
    const Slot& slot, std::span<const walletrpc::TransferDestination> destinations,
    const std::string& payment_id);

Execution spend_failed(const SpendRefused& refused);

// What of the transactions is asked for, and whether they are sent.
struct SendOptions {
  bool do_not_relay = false;
  bool get_key = false;
  bool get_hex = false;
  bool get_metadata = false;
};

// Sends them, or seals them into a txset.
std::variant<walletrpc::SentTransactions, Execution> send(Slot& slot, std::vector<PendingTx> txs,
                                                          const SendOptions& options);

// An answer about many as one about one. REQUIRES: there is one.
walletrpc::SentTransaction only(walletrpc::SentTransactions sent);

}  // namespace escrowstorm::mockrpc
