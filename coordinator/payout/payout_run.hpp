// One payout: looks whether the price is there, decides, makes the transaction with one wallet and
// signs it with another that has looked at it, submits it and waits until it is confirmed.
//
// Exactly once, whatever dies when: the decision is durable before anything is done about it, and
// what is signed is durable before it is submitted. Who finds a signed txset submits that one again
// and never makes another; who finds none knows that none was submitted. The wallets are used in
// the escrow's session, so nobody syncs between a transaction and its second signature.
//
// Lives in the frame of whoever runs it, once; references outlive it. Tells events of kind escrow
// as phases of phase.hpp are reached ("decided", "signed", "submitted", "closed"; message: the
// decision; duration: since the run began), and "payout", not ok, for each try that failed.
#pragma once

#include <optional>
#include <string>

#include "coordinator/payout/payout_options.hpp"
#include "coordinator/setup/persistence.hpp"
#include "coordinator/watch/watch.hpp"

namespace escrowstorm::coordinator {

class PayoutRun {
 public:
  // REQUIRES: `record` has no other decision, and is not closed.
  PayoutRun(Carrier& carrier, Sessions& sessions, const PayoutOptions& options,
            Persistence persistence, EscrowRecord& record, Decision decision);
  PayoutRun(const PayoutRun&) = delete;
  PayoutRun& operator=(const PayoutRun&) = delete;

  // Nothing when it is closed, otherwise why not in one clause.
  Awaitable<std::optional<std::string>> run();

 private:
  using Failure = std::optional<WorkFailure>;
  using Work = Awaitable<Failure> (PayoutRun::*)(OpenWallets wallets);

  Awaitable<Failure> until_done(Work work, RoleSet roles);
  Awaitable<Failure> once(Work work, RoleSet roles);

  Awaitable<Failure> make(OpenWallets wallets);
  Awaitable<Failure> decide(WalletWork& work);
  Awaitable<Failure> sign(WalletWork& work);
  Awaitable<Failure> submit(OpenWallets wallets);
  Awaitable<Failure> confirm();
  Awaitable<Failure> look(OpenWallets wallets);
  Awaitable<Failure> sync(OpenWallets wallets);
  Awaitable<Failure> reach(Phase phase);

  void tell(std::string_view phase, bool ok, std::string message);

  Carrier& carrier_;
  Sessions& sessions_;
  const PayoutOptions options_;
  const Persistence persistence_;
  EscrowRecord& record_;
  const Decision decision_;
  const Signers signers_;
  const TimePoint began_;
  bool known_ = true;          // to the creator's wallet, at the last look
  std::uint64_t missing_ = 1;  // confirmations, at the last look
};

}  // namespace escrowstorm::coordinator
