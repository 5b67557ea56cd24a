#include "sim/faults/table.hpp"

#include <algorithm>
#include <array>

namespace escrowstorm::sim {
namespace {

using namespace std::string_view_literals;

constexpr std::array only_delay{"delay"sv};
constexpr std::array only_then{"then"sv};
constexpr std::array code_and_message{"code"sv, "message"sv};
constexpr std::array crash{"when"sv, "delay"sv, "restart_after"sv};
constexpr std::array theft{"wallet"sv, "delay"sv};
constexpr std::array only_wallet{"wallet"sv};

FaultParameters none() { return FaultParameters(); }

FaultParameters restart_after(Duration time) {
  FaultParameters parameters;
  parameters.restart_after = time;
  return parameters;
}
FaultParameters wallet_restarts() { return restart_after(std::chrono::seconds(2)); }
FaultParameters coordinator_restarts() { return restart_after(std::chrono::seconds(1)); }

constexpr std::array table{
    FaultKind{"slow_reply", "the answer leaves later, the instance is busy until then", false,
              only_delay, only_delay, none},
    FaultKind{"lost_reply", "the call is executed, its answer is lost", false, only_then, {}, none},
    FaultKind{"dropped_call", "the call is never executed", false, only_then, {}, none},
    FaultKind{"rpc_error", "an error is the answer, nothing is executed", false, code_and_message,
              code_and_message, none},
    FaultKind{"wallet_crash",
              "an instance dies, its open wallet unsaved, and starts again",
              true,
              crash,
              {},
              wallet_restarts},
    FaultKind{"coordinator_crash",
              "the coordinator dies and starts again on what it committed",
              true,
              crash,
              {},
              coordinator_restarts},
    FaultKind{"slot_theft", "a foreign client opens a wallet of its own on an instance", true,
              theft, only_wallet, none},
};

}  // namespace

std::span<const FaultKind> fault_kinds() { return table; }

const FaultKind* find_fault_kind(std::string_view name) {
  const auto at =
      std::find_if(table.begin(), table.end(), [&](const auto& kind) { return kind.name == name; });
  return at == table.end() ? nullptr : &*at;
}

}  // namespace escrowstorm::sim
