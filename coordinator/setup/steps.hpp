// What each role does in each phase: the calls, in order, and what goes into them. The table of
// the workflow; the machine walks through it.
#pragma once

#include <span>

#include "base/walletrpc/request.hpp"
#include "coordinator/setup/publish_after.hpp"
#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

enum class Step : unsigned char {
  create_wallet,
  set_label,
  store,
  get_label,
  prepare,
  make,
  exchange,
  is_multisig,
  get_address,
  open_wallet,
  close_wallet,
};

// Empty for phases that only change what is known: publish, ready, failed.
std::span<const Step> steps_of(Phase phase, PublishAfter publish_after = PublishAfter::check);

// The call of `role` for a step of the record's phase. Reads wallets and messages from the record.
walletrpc::Request request_for(Step step, Role role, const EscrowRecord& record);

std::string_view method_of(Step step);

// Which of a role's messages a phase makes. REQUIRES: one of prepare, make, exchange_1, exchange_2.
std::size_t message_round(Phase phase);

inline constexpr std::uint32_t multisig_threshold = 2;

}  // namespace escrowstorm::coordinator
