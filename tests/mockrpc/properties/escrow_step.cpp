#include "tests/mockrpc/properties/escrow_step.hpp"

#include <array>

namespace escrowstorm::mockrpc::properties {
namespace {

constexpr std::array names{"mine",          "mine to the group",
                           "pay the group", "reorganise",
                           "drop pool",     "refresh",
                           "export",        "import",
                           "sync",          "transfer",
                           "sweep",         "sign",
                           "sign twice",    "submit",
                           "spend",         "payee pays",
                           "reopen",        "kill",
                           "check money"};

rc::Gen<EscrowSteps> steps_of(rc::Gen<EscrowDeed> deed) {
  // Each costs more than a step of a set-up.
  return rc::gen::scale(
      0.3, rc::gen::container<EscrowSteps>(rc::gen::build<EscrowStep>(
               rc::gen::set(&EscrowStep::deed, std::move(deed)),
               rc::gen::set(&EscrowStep::wallet, rc::gen::inRange<std::size_t>(0, signer_count)),
               rc::gen::set(&EscrowStep::choice, rc::gen::inRange<std::size_t>(0, 64)))));
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const EscrowStep& step) {
  return out << "\n  " << step.wallet << ": " << names[static_cast<std::size_t>(step.deed)] << " ("
             << step.choice << ")";
}

rc::Gen<EscrowSteps> some_signing_steps() {
  return steps_of(rc::gen::weightedElement<EscrowDeed>({{2, EscrowDeed::mine},
                                                        {1, EscrowDeed::mine_to_group},
                                                        {1, EscrowDeed::pay_group},
                                                        {1, EscrowDeed::reorganise},
                                                        {1, EscrowDeed::drop_pool},
                                                        {3, EscrowDeed::refresh},
                                                        {3, EscrowDeed::export_info},
                                                        {4, EscrowDeed::import_infos},
                                                        {3, EscrowDeed::sync},
                                                        {8, EscrowDeed::transfer},
                                                        {1, EscrowDeed::sweep},
                                                        {10, EscrowDeed::sign},
                                                        {4, EscrowDeed::sign_die_sign},
                                                        {4, EscrowDeed::submit},
                                                        {2, EscrowDeed::spend},
                                                        {1, EscrowDeed::reopen},
                                                        {2, EscrowDeed::kill}}));
}

rc::Gen<EscrowSteps> some_spending_steps() {
  return steps_of(rc::gen::weightedElement<EscrowDeed>({{4, EscrowDeed::mine},
                                                        {1, EscrowDeed::mine_to_group},
                                                        {3, EscrowDeed::pay_group},
                                                        {3, EscrowDeed::reorganise},
                                                        {2, EscrowDeed::drop_pool},
                                                        {3, EscrowDeed::refresh},
                                                        {1, EscrowDeed::import_infos},
                                                        {3, EscrowDeed::sync},
                                                        {1, EscrowDeed::sweep},
                                                        {1, EscrowDeed::sign},
                                                        {2, EscrowDeed::submit},
                                                        {6, EscrowDeed::spend},
                                                        {3, EscrowDeed::payee_pays},
                                                        {1, EscrowDeed::reopen},
                                                        {1, EscrowDeed::kill},
                                                        {4, EscrowDeed::check_money}}));
}

}  // namespace escrowstorm::mockrpc::properties
