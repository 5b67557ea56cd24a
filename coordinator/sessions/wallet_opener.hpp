// Opens and closes the wallets of an escrow that is set up: takes instances for them, sees whether
// the wallet that is open is really the escrow's, and goes on elsewhere when an instance fails.
//
// A wallet that no instance can open, again and again, is locked by one that hangs, or its files
// are at odds. Where the wallet folder can be reached, the escrow goes on in a copy of the files
// under another name, which is committed before it is opened. The old name is never used again, so
// whatever the hanging instance still does when it goes on, it does to files that nobody reads.
//
// Lives on the world's executor; references outlive it. Tells an event of kind escrow, "moved",
// for each wallet that goes on in a copy.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "coordinator/files/wallet_folder.hpp"
#include "coordinator/life/carrier.hpp"
#include "coordinator/life/living_escrows.hpp"
#include "coordinator/sessions/open_wallets.hpp"

namespace escrowstorm::coordinator {

class WalletOpener {
 public:
  using Failure = std::optional<std::string>;  // one clause

  struct Seams {
    SlotPool& slots;
    LivingEscrows& escrows;
    WalletFolder* folder;  // may be none
    // Told of an instance that did not answer, before it is given back.
    std::function<void(InstanceId)> drain;
  };

  WalletOpener(std::shared_ptr<Carrier> carrier, Seams seams, bool verify_wallet);

  // Makes `held` have these roles' wallets open too, on other instances each time that it fails;
  // after the last one nothing is open. REQUIRES, all of these: the escrow of `held` lives.
  Awaitable<Failure> open(HeldWallets& held, RoleSet roles);

  // The same, once, as somebody does who does not know what is open: what was open already is
  // forgotten where it succeeds, and what fails is left as it is.
  Awaitable<Failure> open_racing(HeldWallets& held, RoleSet roles);

  // An instance may have been restarted while nobody looked, or somebody else may be on it: then
  // all is closed.
  Awaitable<void> look_again(HeldWallets& held);

  // Closes what is open and gives the instances back.
  Awaitable<void> close(HeldWallets& held);

 private:
  Awaitable<Failure> open_missing(HeldWallets& held, RoleSet roles, RoleSet& cannot_open);
  Awaitable<Failure> check_labels(HeldWallets& held, RoleSet roles);
  Awaitable<Failure> check_address(HeldWallets& held, Role role);
  Awaitable<Failure> move(HeldWallets& held, RoleSet roles, const WalletNames& before);
  Failure failed(HeldWallets& held, Role role, std::string_view method, const CallError& error);
  void tell_moved(EscrowId escrow, Role role, const std::string& to, const Failure& failure);

  const std::shared_ptr<Carrier> carrier_;
  const Seams seams_;
  const bool verify_wallet_;
};

}  // namespace escrowstorm::coordinator
