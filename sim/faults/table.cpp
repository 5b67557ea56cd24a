#include "sim/faults/table.hpp"

#include <algorithm>
#include <array>

#include "base/walletrpc/request.hpp"
#include "sim/faults/accept_and_hang.hpp"
#include "sim/faults/bandwidth.hpp"
#include "sim/faults/block_stall.hpp"
#include "sim/faults/busy.hpp"
#include "sim/faults/cache_pollution.hpp"
#include "sim/faults/clock_jump.hpp"
#include "sim/faults/connect_refused.hpp"
#include "sim/faults/connection_reset.hpp"
#include "sim/faults/coordinator_crash.hpp"
#include "sim/faults/corrupted_wallet_file.hpp"
#include "sim/faults/crash_after_commit.hpp"
#include "sim/faults/daemon_down.hpp"
#include "sim/faults/daemon_lag.hpp"
#include "sim/faults/database_error.hpp"
#include "sim/faults/disk_full.hpp"
#include "sim/faults/dribble.hpp"
#include "sim/faults/dropped_call.hpp"
#include "sim/faults/duplicate_delivery.hpp"
#include "sim/faults/empty_reply.hpp"
#include "sim/faults/file_locked.hpp"
#include "sim/faults/hang.hpp"
#include "sim/faults/http_status.hpp"
#include "sim/faults/lost_reply.hpp"
#include "sim/faults/malformed_json.hpp"
#include "sim/faults/missing_wallet_file.hpp"
#include "sim/faults/refresh_storm.hpp"
#include "sim/faults/reorganisation.hpp"
#include "sim/faults/rpc_error.hpp"
#include "sim/faults/slot_theft.hpp"
#include "sim/faults/slow_reply.hpp"
#include "sim/faults/slow_start.hpp"
#include "sim/faults/truncated_body.hpp"
#include "sim/faults/wallet_crash.hpp"
#include "sim/faults/wrong_content_length.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::string_view_literals;

constexpr std::array only_delay{"delay"sv};
constexpr std::array slowness{"delay"sv, "spread"sv, "up_to"sv};
constexpr std::array bytes_and_pause{"bytes"sv, "pause"sv};
constexpr std::array only_bandwidth{"bytes_per_second"sv};
constexpr std::array only_then{"then"sv};
constexpr std::array code_and_message{"code"sv, "message"sv};
constexpr std::array only_when{"when"sv};
constexpr std::array status_and_when{"status"sv, "when"sv};
constexpr std::array only_status{"status"sv};
constexpr std::array crash{"when"sv, "delay"sv, "restart_after"sv};
constexpr std::array hanging{"delay"sv, "resume_after"sv};
constexpr std::array theft{"wallet"sv, "delay"sv};
constexpr std::array only_wallet{"wallet"sv};

constexpr std::array delay_and_lasts{"delay"sv, "lasts"sv};
constexpr std::array only_lasts{"lasts"sv};
constexpr std::array lag{"delay"sv, "blocks"sv, "lasts"sv};
constexpr std::array delay_and_file{"delay"sv, "file"sv};
constexpr std::array delay_and_depth{"delay"sv, "depth"sv};
constexpr std::array only_message{"message"sv};
constexpr std::array only_by{"by"sv};
constexpr std::array delay_and_by{"delay"sv, "by"sv};
constexpr std::array only_restart{"restart_after"sv};

FaultParameters none() { return FaultParameters(); }

FaultParameters in_drops() {
  FaultParameters parameters;
  parameters.bytes = 1;
  parameters.pause = std::chrono::milliseconds(10);
  return parameters;
}
FaultParameters after_it() {
  FaultParameters parameters;
  parameters.when = CrashWhen::after;
  return parameters;
}
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
template <int seconds>
FaultParameters lasts() {
  FaultParameters parameters;
  parameters.lasts = std::chrono::seconds(seconds);
  return parameters;
}
FaultParameters behind() {
  FaultParameters parameters = lasts<600>();
  parameters.blocks = 5;
  return parameters;
}
FaultParameters three_deep() {
  FaultParameters parameters;
  parameters.depth = 3;
  return parameters;
}
FaultParameters full_database() {
  FaultParameters parameters;
  parameters.message = "database or disk is full";
  return parameters;
}
FaultParameters coordinator_restarts() { return restart_after(std::chrono::seconds(1)); }

template <class Kind>
std::unique_ptr<Fault> make(const FaultParameters& parameters) {
  return std::make_unique<Kind>(parameters);
}

constexpr std::array table{
    FaultKind{"slow_reply", "the answer leaves later, the instance is busy until then",
              FaultTarget::call, slowness, only_delay, none, make<SlowReply>},
    FaultKind{"dribble",
              "the answer arrives in drops",
              FaultTarget::call,
              bytes_and_pause,
              {},
              in_drops,
              make<Dribble>},
    FaultKind{"bandwidth", "the answer arrives over a narrow line", FaultTarget::call,
              only_bandwidth, only_bandwidth, none, make<Bandwidth>},
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
    FaultKind{"connection_reset",
              "the connection is reset, before, while or after the call executes",
              FaultTarget::call,
              only_when,
              {},
              after_it,
              make<ConnectionReset>,
              all_reset_whens},
    FaultKind{"empty_reply",
              "the call is executed, the connection ends without a byte",
              FaultTarget::call,
              {},
              {},
              none,
              make<EmptyReply>},
    FaultKind{"accept_and_hang",
              "the call is taken and never comes to its turn, no answer comes",
              FaultTarget::call,
              {},
              {},
              none,
              make<AcceptAndHang>},
    FaultKind{"truncated_body",
              "the connection ends in the middle of the answer",
              FaultTarget::call,
              {},
              {},
              none,
              make<TruncatedBody>},
    FaultKind{"malformed_json",
              "the answer is half of its JSON",
              FaultTarget::call,
              {},
              {},
              none,
              make<MalformedJson>},
    FaultKind{"wrong_content_length",
              "the answer says that it is half as long as it is",
              FaultTarget::call,
              {},
              {},
              none,
              make<WrongContentLength>},
    FaultKind{"http_status", "an HTTP status is the answer", FaultTarget::call, status_and_when,
              only_status, none, make<HttpStatus>},
    FaultKind{"busy",
              "HTTP status 503 is the answer, nothing is executed",
              FaultTarget::call,
              {},
              {},
              none,
              make<Busy>},
    FaultKind{"duplicate_delivery",
              "the call is executed twice, the second answer comes back",
              FaultTarget::call,
              {},
              {},
              none,
              make<DuplicateDelivery>},
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
    FaultKind{"connect_refused",
              "the port of an instance is shut, its process lives on",
              FaultTarget::instance,
              delay_and_lasts,
              {},
              lasts<10>,
              make<ConnectRefused>},
    FaultKind{"slot_theft", "a foreign client opens a wallet of its own on an instance",
              FaultTarget::instance, theft, only_wallet, none, make<SlotTheft>},
    FaultKind{"clock_jump", "the coordinator is stopped, and then all that it waited for is over",
              FaultTarget::coordinator, delay_and_by, only_by, none, make<ClockJump>},
    FaultKind{"crash_after_commit",
              "the coordinator dies when a commit is durable and it has not heard of it",
              FaultTarget::commit,
              only_restart,
              {},
              coordinator_restarts,
              make<CrashAfterCommit>},
    FaultKind{"database_error",
              "a commit of the coordinator fails, nothing is written",
              FaultTarget::commit,
              only_message,
              {},
              full_database,
              make<DatabaseError>},
    FaultKind{
        "cache_pollution",
        "an instance answers for the wallet that was closed there, as the founding notes think",
        FaultTarget::instance,
        only_lasts,
        {},
        lasts<10>,
        make<CachePollution>,
        all_crash_whens,
        walletrpc::CloseWallet::method},
    FaultKind{"slow_start",
              "an instance dies, and takes long to start again",
              FaultTarget::instance,
              delay_and_lasts,
              {},
              lasts<10>,
              make<SlowStart>},
    FaultKind{"disk_full",
              "an instance can not save its wallet",
              FaultTarget::instance,
              delay_and_lasts,
              {},
              lasts<30>,
              make<DiskFull>},
    FaultKind{"file_locked",
              "another program has the file of a wallet open",
              FaultTarget::wallet,
              delay_and_lasts,
              {},
              lasts<30>,
              make<FileLocked>},
    FaultKind{"missing_wallet_file",
              "a file of a wallet is gone",
              FaultTarget::wallet,
              delay_and_file,
              {},
              none,
              make<MissingWalletFile>},
    FaultKind{"corrupted_wallet_file",
              "a file of a wallet is damaged",
              FaultTarget::wallet,
              delay_and_file,
              {},
              none,
              make<CorruptedWalletFile>},
    FaultKind{"daemon_down",
              "the daemon of the wallets can not be reached",
              FaultTarget::world,
              delay_and_lasts,
              {},
              lasts<30>,
              make<DaemonDown>},
    FaultKind{"daemon_lag",
              "the daemon of the wallets lacks the last blocks",
              FaultTarget::world,
              lag,
              {},
              behind,
              make<DaemonLag>},
    FaultKind{"block_stall",
              "no blocks come",
              FaultTarget::world,
              delay_and_lasts,
              {},
              lasts<600>,
              make<BlockStall>},
    FaultKind{"reorganisation",
              "the last blocks are replaced by others",
              FaultTarget::world,
              delay_and_depth,
              {},
              three_deep,
              make<Reorganisation>},
    FaultKind{"refresh_storm",
              "all wallets look at the chain at once, and it takes long",
              FaultTarget::world,
              delay_and_lasts,
              {},
              lasts<10>,
              make<RefreshStorm>},
};

}  // namespace

std::span<const FaultKind> fault_kinds() { return table; }

const FaultKind* find_fault_kind(std::string_view name) {
  const auto at =
      std::find_if(table.begin(), table.end(), [&](const auto& kind) { return kind.name == name; });
  return at == table.end() ? nullptr : &*at;
}

}  // namespace escrowstorm::sim
