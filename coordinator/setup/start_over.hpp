// Which failures of a set-up are its instances' and not its own, so that it may start over on
// others: under other wallet names, so that what the failed attempt left on disk does no harm, and
// with nothing kept of it. Before publication there is no money, so nothing is lost by it.
#pragma once

#include "base/transport.hpp"
#include "coordinator/setup/steps.hpp"

namespace escrowstorm::coordinator {

// - An instance that did not answer: dead, hanging, or not a wallet RPC any more.
// - With exclusive slots, a slot that was lost (`is_lost`: another's wallet or none was met in it):
//   the instance was restarted, or a client that is not ours is on it. Where instances are shared
//   the other is one of ours, and would be there again.
// - With exclusive slots, a wallet that its instance can't open: another program has its file.
// - With exclusive slots, a wallet that its instance can't save: its disk is full.
// All else that a wallet answers it would answer again elsewhere.
bool is_fault_of_instance(Step step, const CallResult<walletrpc::Answer>& result, bool is_lost,
                          bool exclusive_slots);

}  // namespace escrowstorm::coordinator
