// Three wallets of an escrow under any history of calls, while the chain moves beneath them: nonces
// sign once, and money is kept.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/mockrpc/properties/escrow_world.hpp"

namespace escrowstorm::mockrpc::properties {
namespace {

std::string_view some_version() {
  return *rc::gen::elementOf(std::vector<std::string_view>{"0.18.5.1", "0.18.0.0"}).as("version");
}

void live(const EscrowSteps& steps) {
  EscrowWorld world(some_version());
  for (const EscrowStep& step : steps) world.perform(step);
  world.heal_and_pay();
  RC_CLASSIFY(world.paid() > 1, "paid before the end");
}

RC_GTEST_PROP(Escrow, NeverSignsWithStaleNoncesNorTwice, ()) { live(*some_signing_steps()); }

RC_GTEST_PROP(Escrow, KeepsTheMoneyThroughSpends, ()) { live(*some_spending_steps()); }

}  // namespace
}  // namespace escrowstorm::mockrpc::properties
