// How set-ups are done.
#pragma once

#include <string>

#include "coordinator/setup/multisig_switch.hpp"
#include "coordinator/setup/persistence.hpp"
#include "coordinator/setup/publish_after.hpp"
#include "coordinator/setup/waits.hpp"

namespace escrowstorm::coordinator {

struct SetupPolicy {
  std::string wallet_prefix = "escrow";
  bool verify_wallet = true;
  PublishAfter publish_after = PublishAfter::check;
  Persistence persistence = Persistence::journal;
  SetupWaits waits{};
  MultisigSwitch multisig_switch = MultisigSwitch::prepare;
  bool exclusive_slots = true;  // nobody else of this coordinator works on a leased instance
  // With verify_wallet: the wallets are closed, opened from their files and checked again before
  // publication. Otherwise they are only saved.
  bool reopen_check = true;
  bool keep_open = false;  // once it is ready: the lease is handed over with the wallets
};

}  // namespace escrowstorm::coordinator
