// One step of a random history of a funded escrow: its three wallets, the one that it pays, and the
// chain. Values that RapidCheck makes, shows and shrinks; any sequence of them can be performed.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <ostream>
#include <vector>

namespace escrowstorm::mockrpc::properties {

inline constexpr std::size_t signer_count = 3;

enum class EscrowDeed : std::uint8_t {
  mine,           // blocks that pay nobody
  mine_to_group,  // one that pays the group
  pay_group,      // a transaction of the faucet's, into the pool
  reorganise,     // the last blocks go
  drop_pool,
  refresh,
  export_info,
  import_infos,  // of some of the others, the last ones or older ones
  sync,          // the three refresh, export and import, and one may save
  transfer,
  sweep,
  sign,           // one of the last txsets
  sign_die_sign,  // the process ends after it signed, and the client repeats the call
  submit,         // likewise
  spend,          // transfer, sign and submit, as it should be done
  payee_pays,
  reopen,
  kill,
  check_money
};

struct EscrowStep {
  EscrowDeed deed = EscrowDeed::mine;
  std::size_t wallet = 0;
  std::size_t choice = 0;  // among what the deed leaves open
};

using EscrowSteps = std::vector<EscrowStep>;

std::ostream& operator<<(std::ostream& out, const EscrowStep& step);

// Mostly single calls in any order, or mostly money that moves.
rc::Gen<EscrowSteps> some_signing_steps();
rc::Gen<EscrowSteps> some_spending_steps();

}  // namespace escrowstorm::mockrpc::properties
