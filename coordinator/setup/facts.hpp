// What an escrow has learnt from the answers to its calls, and what is wrong with them: the record
// that is committed, and which wallets it knows to be its own. Plain data and judgement, no I/O.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/transport.hpp"
#include "coordinator/secrets/wallet_passwords.hpp"
#include "coordinator/setup/steps.hpp"
#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

class SetupFacts {
 public:
  // Of an escrow that begins. `wallet_prefix` is how the wallets of this coordinator are named, see
  // wallet_name.hpp.
  SetupFacts(EscrowId escrow, std::uint32_t attempt, std::string wallet_prefix,
             WalletPasswords passwords);

  // Of one that was published, or that goes back to a round: only its record is known.
  SetupFacts(EscrowRecord known, std::string wallet_prefix)
      : record(std::move(known)), wallet_prefix_(std::move(wallet_prefix)) {}

  EscrowRecord record;

  // Takes in how a call of `role` in the record's phase ended. What is wrong with that, in one
  // clause: "vendor: make_multisig on instance 1: -28 This wallet is already multisig".
  std::optional<std::string> learn(Role role, Step step,
                                   const CallResult<walletrpc::Answer>& result);

  // What keeps the address from being published once all roles have passed the check.
  std::optional<std::string> disagreement() const;

  // The address the key exchange ended with; before that, what the wallets show after `make`.
  const std::string& address() const { return roles_[0].address; }

  // The role created a wallet that is still open.
  bool is_open(Role role) const { return of(role).open; }

  // ... and nothing says that another's wallet is open in its place. Once any role's slot was seen
  // to be lost, others use these instances too: then only a wallet whose label was read is trusted.
  bool is_own(Role role) const;

  // Another's wallet, or none, was met in the place of the role's.
  bool is_lost(Role role) const { return of(role).lost; }

 private:
  struct RoleFacts {
    bool open = false;      // created, and not closed since
    bool verified = false;  // its label was read
    bool lost = false;      // another's wallet, or none, was met in its place
    std::string address;    // that the last exchange answered, or make left
  };

  RoleFacts& of(Role role) { return roles_[index_of(role)]; }
  const RoleFacts& of(Role role) const { return roles_[index_of(role)]; }
  std::string refused(Role role, Step step, const CallError& error);
  std::optional<std::string> accepted(Role role, Step step, const walletrpc::Answer& answer);
  std::optional<std::string> keep_message(Role role, Step step, const std::string& message);
  std::optional<std::string> finalized(Role role,
                                       const walletrpc::ExchangeMultisigKeys::Answer& answer);
  std::optional<std::string> check_label(Role role, const std::string& label);
  std::optional<std::string> check_multisig(Role role, const walletrpc::IsMultisig::Answer& state);
  std::optional<std::string> shown_after_make(Role role, const std::string& address);
  std::optional<std::string> check_address(Role role, const std::string& address);

  // "vendor: is_multisig (check) on instance 1": how a clause begins. The phase is named where the
  // method does not say it.
  std::string place(Role role, Step step) const;
  // "vendor: expected wallet escrow_7_vendor on instance 1"
  std::string expected_wallet(Role role) const;

  std::string wallet_prefix_;
  std::array<RoleFacts, role_count> roles_;
};

// Whether a call answered that the wallet is multisig.
bool shows_multisig(const CallResult<walletrpc::Answer>& is_multisig);

// What make_multisig shows before the exchange is done, on any network: its spend key is the
// identity point, so money sent there is lost.
bool is_placeholder_address(std::string_view address);

}  // namespace escrowstorm::coordinator
