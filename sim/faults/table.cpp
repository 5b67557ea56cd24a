#include "sim/faults/table.hpp"

#include <algorithm>
#include <array>

#include "sim/faults/coordinator_crash.hpp"
#include "sim/faults/dropped_call.hpp"
#include "sim/faults/hang.hpp"
#include "sim/faults/lost_reply.hpp"
#include "sim/faults/rpc_error.hpp"
#include "sim/faults/slot_theft.hpp"
#include "sim/faults/slow_reply.hpp"
#include "sim/faults/wallet_crash.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::string_view_literals;

constexpr std::array only_delay{"delay"sv};
constexpr std::array only_then{"then"sv};
constexpr std::array code_and_message{"code"sv, "message"sv};
constexpr std::array crash{"when"sv, "delay"sv, "restart_after"sv};
constexpr std::array hanging{"delay"sv, "resume_after"sv};
constexpr std::array theft{"wallet"sv, "delay"sv};
constexpr std::array only_wallet{"wallet"sv};

FaultParameters none() { return FaultParameters(); }

FaultParameters restart_after(Duration time) {
  FaultParameters parameters;
  parameters.restart_after = time;
  return parameters;
}
FaultParameters wallet_restarts() { return restart_after(std::chrono::seconds(2)); }
FaultParameters goes_on() {
  FaultParameters parameters;
  parameters.resume_after = std::chrono::seconds(30);
  return parameters;
}
FaultParameters coordinator_restarts() { return restart_after(std::chrono::seconds(1)); }

template <class Kind>
std::unique_ptr<Fault> make(const FaultParameters& parameters) {
  return std::make_unique<Kind>(parameters);
}

constexpr std::array table{
    FaultKind{"slow_reply", "the answer leaves later, the instance is busy until then",
              FaultTarget::call, only_delay, only_delay, none, make<SlowReply>},
    FaultKind{"lost_reply",
              "the call is executed, its answer is lost",
              FaultTarget::call,
              only_then,
              {},
              none,
              make<LostReply>},
    FaultKind{"dropped_call",
              "the call is never executed",
              FaultTarget::call,
              only_then,
              {},
              none,
              make<DroppedCall>},
    FaultKind{"rpc_error", "an error is the answer, nothing is executed", FaultTarget::call,
              code_and_message, code_and_message, none, make<RpcErrorFault>},
    FaultKind{"wallet_crash",
              "an instance dies, its open wallet unsaved, and starts again",
              FaultTarget::instance,
              crash,
              {},
              wallet_restarts,
              make<WalletCrash>},
    FaultKind{"hang",
              "an instance answers nothing, its wallet's file locked, and goes on",
              FaultTarget::instance,
              hanging,
              {},
              goes_on,
              make<Hang>},
    FaultKind{"coordinator_crash",
              "the coordinator dies and starts again on what it committed",
              FaultTarget::coordinator,
              crash,
              {},
              coordinator_restarts,
              make<CoordinatorCrash>},
    FaultKind{"slot_theft", "a foreign client opens a wallet of its own on an instance",
              FaultTarget::instance, theft, only_wallet, none, make<SlotTheft>},
};

}  // namespace

std::span<const FaultKind> fault_kinds() { return table; }

const FaultKind* find_fault_kind(std::string_view name) {
  const auto at =
      std::find_if(table.begin(), table.end(), [&](const auto& kind) { return kind.name == name; });
  return at == table.end() ? nullptr : &*at;
}

}  // namespace escrowstorm::sim
