#include <array>

#include "sim/probes/call_probes.hpp"
#include "sim/probes/crash_probes.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::array table{
    ProbeKind{"crash_between_answer_and_commit",
              "the coordinator died while a round's message was not durable yet",
              make_crash_between_answer_and_commit},
    ProbeKind{"crash_while_waiting_for_instances",
              "the coordinator died while an escrow waited for instances",
              make_crash_while_waiting_for_instances},
    ProbeKind{"crash_after_publication",
              "the coordinator died between the publication of an address and its escrow's end",
              make_crash_after_publication},
    ProbeKind{"started_over", "an escrow began again under new names", make_started_over},
    ProbeKind{"instance_died_with_a_wallet", "a wallet was open in an instance that was killed",
              make_instance_died_with_a_wallet},
    ProbeKind{"instance_died_in_the_key_exchange",
              "an instance was killed right after a round of the key exchange",
              make_instance_died_in_the_key_exchange},
    ProbeKind{"slot_taken_over", "an escrow took a slot in which another's wallet was left open",
              make_slot_taken_over},
    ProbeKind{"answer_of_a_round_lost", "make or exchange ran and its answer was lost",
              make_answer_of_a_round_lost},
    ProbeKind{"executed_twice", "a call was repeated after its answer was lost, and ran again",
              make_executed_twice},
    ProbeKind{"deadline_passed", "a call ran out of time", make_deadline_passed},
    ProbeKind{"refused_by_a_dead_instance", "a call found an instance that was down",
              make_refused_by_a_dead_instance},
    ProbeKind{"all_instances_leased", "an escrow had to wait for instances",
              make_all_instances_leased},
    ProbeKind{"late_call_before_a_drain",
              "a call ran late at an instance that was not handed out for that reason",
              make_late_call_before_a_drain},
};

}  // namespace

std::span<const ProbeKind> probe_kinds() { return table; }

}  // namespace escrowstorm::sim
