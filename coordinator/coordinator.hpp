// The escrow service as a library: sets up 2-of-3 escrows over a fleet of wallet RPC instances,
// sees what is paid to them, and pays it out. It knows no world: time, wallets, memory and events
// reach it through seams. Lives on the world's executor; all references outlive it.
//
// It may die at any moment and be started again with what its memory holds: an escrow that was in
// the middle starts over with the next attempt, under other wallet names and with a lease of its
// own; one whose address is committed is ready; one that ended stays as it ended. So does an escrow
// whose instances fail it before it is published (setup/start_over.hpp). Where instances are leased
// exclusively, those that did not answer, and all that an earlier coordinator may have called, are
// drained before anybody gets them (slots/drain.hpp).
//
// Tells events of kind escrow ("started", in each attempt; "started_over" with the reason at the
// end of one that another follows; "publish"; "close" when closing failed after publication;
// "ready" or "failed" with the duration of the attempt), lease, store (one for each commit) and rpc
// (one for each time a call is sent). Addresses are shortened in them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"
#include "coordinator/files/wallet_folder.hpp"
#include "coordinator/life/balance.hpp"
#include "coordinator/life/life_options.hpp"
#include "coordinator/payout/payout_outcome.hpp"
#include "coordinator/secrets/entropy.hpp"
#include "coordinator/setup/multisig_switch.hpp"
#include "coordinator/setup/outcome.hpp"
#include "coordinator/setup/persistence.hpp"
#include "coordinator/setup/publish_after.hpp"
#include "coordinator/setup/waits.hpp"
#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

struct CoordinatorOptions {
  std::string slots = "exclusive_lease";  // a name of slots/policies.hpp
  bool verify_wallet = true;              // see docs/scenarios.md: whose wallet is open is asked
                                          // before a wallet is worked in
  bool reopen_check = false;              // and files are reopened and checked before publication
  PublishAfter publish_after = PublishAfter::check;
  Persistence persistence = Persistence::journal;
  SetupWaits waits;  // none
  MultisigSwitch multisig_switch = MultisigSwitch::prepare;
  LifeOptions life;
  std::uint32_t setup_attempts = 5;  // at most so many of an escrow, in one life; 1 or more
  Duration call_deadline = std::chrono::seconds(60);
  // Where the fleet's wallet files are, which it outlives; null where they can't be reached. Not
  // used with persistence none, which could not remember what it copied.
  WalletFolder* wallet_folder = nullptr;
  // Wallet files are named after it, see setup/wallet_name.hpp: unique on the fleet, letters and
  // digits.
  std::string wallet_prefix = "escrow";
};

class Coordinator {
 public:
  // `remembered`: what `store` holds, each escrow once; no commit of an earlier coordinator may
  // reach the store after it was read. `entropy` makes the wallets' passwords. Set-ups go on when
  // set_up() asks, payouts at once;
  // instances are drained where anything is remembered at all.
  // Throws std::invalid_argument on a policy name that is none, on fewer than three instances, or
  // where wallet files are to be copied and can't be reached.
  Coordinator(Transport& transport, Clock& clock, Executors& executors, Observer& observer,
              EscrowStore& store, Entropy& entropy, CoordinatorOptions options,
              std::vector<EscrowRecord> remembered = {});
  // Drops set-ups under way, as a crash would, and with them the coroutines that wait in set_up();
  // does no I/O. What comes back from calls and commits under way is then ignored, so the loop may
  // go on running.
  ~Coordinator();
  Coordinator(const Coordinator&) = delete;
  Coordinator& operator=(const Coordinator&) = delete;

  // Waits for instances, sets the three wallets up, publishes the address and frees the instances.
  // Ends always where instances come back, since every call has a deadline. May be asked again, and
  // by several at once: all get the one outcome, without anything being done twice.
  Awaitable<SetupOutcome> set_up(EscrowId id, Terms terms = {});

  // Of an escrow that is ready; a failure says so where it is not. They end always, and may be
  // asked again, and by several at once.
  Awaitable<BalanceOutcome> balance(EscrowId id);
  Awaitable<PayoutOutcome> pay_out(EscrowId id, Decision decision);

  // Closes the wallets that are kept open, once nobody uses them, and gives their instances back.
  Awaitable<void> rest();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace escrowstorm::coordinator
