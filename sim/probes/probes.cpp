#include <algorithm>
#include <array>

#include "sim/probes/call_probes.hpp"
#include "sim/probes/copy_probes.hpp"
#include "sim/probes/crash_probes.hpp"
#include "sim/probes/payout_probes.hpp"
#include "sim/probes/session_probes.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {
namespace {

bool has(const Scenario& scenario, std::string_view fault) {
  return std::any_of(scenario.faults.begin(), scenario.faults.end(),
                     [&](const FaultSpec& one) { return one.fault == fault; });
}
bool crashes(const Scenario& scenario) {
  return has(scenario, "coordinator_crash") || has(scenario, "crash_after_commit");
}
bool loses_instances(const Scenario& scenario) {
  return has(scenario, "wallet_crash") || has(scenario, "slow_start");
}
bool loses_answers(const Scenario& scenario) { return has(scenario, "lost_reply"); }
bool hangs(const Scenario& scenario) { return has(scenario, "hang"); }
bool copies(const Scenario& scenario) {
  return scenario.coordinator.persistence == coordinator::Persistence::copy_per_round;
}
bool pays(const Scenario& scenario) { return scenario.storm.pays(); }

constexpr ProbeNeed nothing{"", [](const Scenario&) { return true; }};
constexpr ProbeNeed a_crash{"a coordinator that crashes", crashes};
constexpr ProbeNeed a_wallet_crash{"instances that crash", loses_instances};
constexpr ProbeNeed a_lost_answer{"answers that are lost", loses_answers};
constexpr ProbeNeed money{"escrows that are paid", pays};
constexpr ProbeNeed money_and_a_crash{
    "escrows that are paid, and a coordinator that crashes",
    [](const Scenario& scenario) { return pays(scenario) && crashes(scenario); }};
constexpr ProbeNeed money_and_a_wallet_crash{
    "escrows that are paid, and instances that crash",
    [](const Scenario& scenario) { return pays(scenario) && loses_instances(scenario); }};
constexpr ProbeNeed money_and_a_lost_answer{
    "escrows that are paid, and answers that are lost",
    [](const Scenario& scenario) { return pays(scenario) && loses_answers(scenario); }};

constexpr ProbeNeed money_and_a_hang{
    "escrows that are paid, and instances that hang",
    [](const Scenario& scenario) { return pays(scenario) && hangs(scenario); }};
constexpr ProbeNeed copies_per_round{"wallets that are copied before each round", copies};

constexpr std::array table{
    ProbeKind{"crash_between_answer_and_commit",
              "the coordinator died while a round's message was not durable yet", a_crash,
              make_crash_between_answer_and_commit},
    ProbeKind{"crash_while_waiting_for_instances",
              "the coordinator died while an escrow waited for instances", a_crash,
              make_crash_while_waiting_for_instances},
    ProbeKind{"crash_after_publication",
              "the coordinator died between the publication of an address and its escrow's end",
              a_crash, make_crash_after_publication},
    ProbeKind{"started_over", "an escrow began again under new names", nothing, make_started_over},
    ProbeKind{"instance_died_with_a_wallet", "a wallet was open in an instance that was killed",
              a_wallet_crash, make_instance_died_with_a_wallet},
    ProbeKind{"instance_died_in_the_key_exchange",
              "an instance was killed right after a round of the key exchange", a_wallet_crash,
              make_instance_died_in_the_key_exchange},
    ProbeKind{"slot_taken_over", "an escrow took a slot in which another's wallet was left open",
              nothing, make_slot_taken_over},
    ProbeKind{"answer_of_a_round_lost", "make or exchange ran and its answer was lost",
              a_lost_answer, make_answer_of_a_round_lost},
    ProbeKind{"executed_twice", "a call was repeated after its answer was lost, and ran again",
              a_lost_answer, make_executed_twice},
    ProbeKind{"deadline_passed", "a call ran out of time", nothing, make_deadline_passed},
    ProbeKind{"refused_by_a_dead_instance", "a call found an instance that was down",
              a_wallet_crash, make_refused_by_a_dead_instance},
    ProbeKind{"all_instances_leased", "an escrow had to wait for instances", nothing,
              make_all_instances_leased},
    ProbeKind{"late_call_before_a_drain",
              "a call ran late at an instance that was not handed out for that reason", nothing,
              make_late_call_before_a_drain},
    ProbeKind{"crash_after_decision",
              "the coordinator died when a decision was durable and its transaction not made",
              money_and_a_crash, make_crash_after_decision},
    ProbeKind{"crash_after_making",
              "the coordinator died when a payout's transaction was made and not signed",
              money_and_a_crash, make_crash_after_making},
    ProbeKind{"crash_after_signature",
              "the coordinator died when a payout was signed, which was not durable yet",
              money_and_a_crash, make_crash_after_signature},
    ProbeKind{"crash_after_signed_commit",
              "the coordinator died when a signed payout was durable and not submitted",
              money_and_a_crash, make_crash_after_signed_commit},
    ProbeKind{"crash_after_submission",
              "the coordinator died when a payout was submitted, which was not durable yet",
              money_and_a_crash, make_crash_after_submission},
    ProbeKind{"answer_of_submit_lost", "submit_multisig ran and its answer was lost",
              money_and_a_lost_answer, make_answer_of_submit_lost},
    ProbeKind{"payout_started_over", "a payout that had failed was made anew, after another sync",
              money, make_payout_started_over},
    ProbeKind{"session_ended_for_others",
              "a session ended while others waited, before its escrow was paid out", money,
              make_session_ended_for_others},
    ProbeKind{"session_found_lost",
              "a session's instance was restarted, and the next call found no wallet open",
              money_and_a_wallet_crash, make_session_found_lost},
    ProbeKind{"paid_during_a_look", "a deposit was paid while the balance was being read", money,
              make_paid_during_a_look},
    ProbeKind{"balance_joined", "who asked for a balance got the answer of a look under way", money,
              make_balance_joined},
    ProbeKind{"wallet_moved", "a wallet that nobody could open went on in a copy of its files",
              money_and_a_hang, make_wallet_moved},
    ProbeKind{"went_back_to_a_round", "a set-up that was interrupted went back to its round",
              copies_per_round, make_went_back_to_a_round},
};

}  // namespace

std::span<const ProbeKind> probe_kinds() { return table; }

bool is_coordinator_crash(const Event& event) {
  return event.kind == EventKind::escrow && event.phase == "crashed";
}

}  // namespace escrowstorm::sim
