#include "sim/invariants/invariants.hpp"

#include <array>

#include "sim/invariants/address_survives.hpp"
#include "sim/invariants/every_escrow_ends.hpp"
#include "sim/invariants/fresh_nonces.hpp"
#include "sim/invariants/leased_once.hpp"
#include "sim/invariants/leases_returned.hpp"
#include "sim/invariants/message_kept.hpp"
#include "sim/invariants/money_kept.hpp"
#include "sim/invariants/no_session_leaked.hpp"
#include "sim/invariants/one_address.hpp"
#include "sim/invariants/one_payout.hpp"
#include "sim/invariants/opened_once.hpp"
#include "sim/invariants/own_wallet_only.hpp"
#include "sim/invariants/payout_kept.hpp"
#include "sim/invariants/published_when_ready.hpp"
#include "sim/invariants/round_messages.hpp"

namespace escrowstorm::sim {
namespace {

template <class Member>
std::unique_ptr<Invariant> make(const InvariantScope& scope) {
  return std::make_unique<Member>(scope);
}

constexpr bool ledger = true;
constexpr std::array table{
    InvariantKind{"own_wallet_only", "a call for an escrow changes that escrow's wallet only",
                  ledger, make<OwnWalletOnly>},
    InvariantKind{"leased_once", "an instance works for one role of one escrow at a time", ledger,
                  make<LeasedOnce>},
    InvariantKind{"opened_once", "no wallet file is open in two instances", ledger,
                  make<OpenedOnce>},
    InvariantKind{"round_messages", "a round is given the messages of its group and round", ledger,
                  make<RoundMessages>},
    InvariantKind{"message_kept", "a message is in the memory before it is used", ledger,
                  make<MessageKept>},
    InvariantKind{"published_when_ready", "no address before three wallets are ready", ledger,
                  make<PublishedWhenReady>},
    InvariantKind{"one_address", "an escrow's address is its three wallets' and no other's", false,
                  make<OneAddress>},
    InvariantKind{"address_survives", "an address that was given out survives every crash", false,
                  make<AddressSurvives>},
    InvariantKind{"fresh_nonces", "nothing is signed with nonces thrown away since", ledger,
                  make<FreshNonces>},
    InvariantKind{"payout_kept", "a signed payout is in the memory before it is submitted", ledger,
                  make<PayoutKept>},
    InvariantKind{"one_payout", "an escrow is paid out once, to whom the decision names", ledger,
                  make<OnePayout>},
    InvariantKind{"money_kept", "money in is money out, fees, and what is still held", ledger,
                  make<MoneyKept>},
    InvariantKind{"no_session_leaked", "no wallet is left open", ledger, make<NoSessionLeaked>},
    InvariantKind{"leases_returned", "every lease is given back", false, make<LeasesReturned>},
    InvariantKind{"every_escrow_ends", "every escrow becomes ready or fails", false,
                  make<EveryEscrowEnds>},
};

}  // namespace

std::span<const InvariantKind> invariants() { return table; }

}  // namespace escrowstorm::sim
