// N instances on one storage, each with its one thread, all sharing the cores of one machine. Calls
// on an instance queue first come first served and take their time; what a call does happens when
// its turn comes, its answer leaves when its time is over. Instances can be killed and started.
// Lives on the world's executor.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/alarm.hpp"
#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/http/server.hpp"
#include "base/random.hpp"
#include "mockrpc/fleet/call_faults.hpp"
#include "mockrpc/fleet/fleet_call.hpp"
#include "mockrpc/fleet/ledger.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/latency/profile.hpp"
#include "mockrpc/network.hpp"
#include "mockrpc/storage/storage.hpp"
#include "mockrpc/version.hpp"

namespace escrowstorm::mockrpc {

class Chain;
class CpuShare;
class InstanceDisk;
class KeyScheme;
class Seat;
struct SeatHost;
struct DaemonLink;

struct FleetOptions {
  std::uint32_t instances = 3;
  Version version = *find_version(default_version_name);
  Network network = Network::mainnet;
  LatencyProfile latency;
  std::uint32_t cores = 8;
  Chain* chain = nullptr;  // what the wallets see, outlives the fleet; none: they have no daemon
  std::uint16_t daemon_port = 0;   // where that chain's daemon listens; 0: nowhere
  bool enforce_ring_size = false;  // spending is refused while the chain has too few outputs
  bool offline = false;            // the wallets look at no chain, and don't mind
  Ledger* ledger = nullptr;        // told of every call, outlives the fleet
  CallFaults* faults = nullptr;    // asked about every call, outlives the fleet
  Alarms* alarms = nullptr;        // what the fleet waits by, outlives it; none: the clock's
};

struct UnsavedWallet {
  std::uint32_t instance;
  std::string name;  // of its file
  std::string why;
};

class Fleet {
 public:
  // All references outlive it. Streams are named "mock.keys", "mock.latency" and
  // "mock.refresh", by instance.
  // REQUIRES: at least one core.
  Fleet(Clock& clock, Executors& executors, const Random& random, Storage& storage,
        FleetOptions options);
  // Drops the callers that wait and the calls that are at work.
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  std::uint32_t instances() const;

  // One call as typed values: waits its turn and its time. A caller that goes away does not stop it
  // from running. REQUIRES, all of these: instance < instances().
  Awaitable<FleetReply> call(std::uint32_t instance, walletrpc::Request request,
                             std::optional<CallFor> whom);

  // The same for who is told of the reply, which may be at once. REQUIRES: a request.
  void begin(std::uint32_t instance, std::shared_ptr<FleetCall> call);

  // The same as the body of a POST to /json_rpc, answered at once where nothing is to be waited
  // for. Bodies that are no call wait their turn too.
  http::Handling post(std::uint32_t instance, std::string_view body);

  // Ends all instances as SIGTERM ends the real ones: open wallets are saved and closed. Without it
  // they end as if killed. What could not be saved is lost.
  std::vector<UnsavedWallet> end();

  // Its process dies at once: the open wallet is gone unsaved, locks are free, calls under way or
  // queued are broken, further ones refused. Its ports no longer listen, their connections break.
  // Nothing when it is dead already.
  void kill(std::uint32_t instance);
  // And is started again: it answers with an empty slot, on its ports, and its chance goes on, so
  // that no two wallets are alike. Nothing when it is alive. Throws std::system_error when a port
  // was taken meanwhile.
  void start(std::uint32_t instance);
  bool is_alive(std::uint32_t instance) const;

  // Its process stops, as by SIGSTOP: its ports still take connections and requests, and nothing is
  // executed or answered; its wallet stays open, and the file locked. And goes on. Killing it ends
  // that too. Nothing when it is dead, or hangs already; when it does not hang.
  void hang(std::uint32_t instance);
  void resume(std::uint32_t instance);

  // Its port takes no connections any more, until it is opened again: further calls are refused,
  // those that are there are executed and answered. It goes on otherwise; a new process of it has
  // the same port, and finds it shut. Nothing when it is shut, or open, already.
  void shut_port(std::uint32_t instance);
  // Why not, when another has the number ("cannot listen on ..."): it stays shut then.
  std::optional<std::string> open_port(std::uint32_t instance);
  bool is_port_open(std::uint32_t instance) const;

  // As if its answers were cached: from now on is_multisig and prepare_multisig answer for the
  // wallet that is open now, until it is cured, or dies. False, and nothing happens, when no
  // multisig wallet is open.
  bool can_pollute(std::uint32_t instance) const;
  bool pollute(std::uint32_t instance);
  void cure(std::uint32_t instance);

  // What it saves is not written, until there is room again. A new process meets the same disk.
  void set_disk_full(std::uint32_t instance, bool full);

  // Its wallet, if it has one open that sees a daemon, begins to refresh by itself, which takes so
  // much longer than it does. False when there is none, or one is at it already.
  bool can_refresh(std::uint32_t instance) const;
  bool refresh(std::uint32_t instance, Duration longer);

  // The daemon of all wallets can't be reached, until it can. Or it lacks the last blocks.
  void set_daemon_up(bool up);
  void set_daemon_behind(std::uint64_t blocks);

  // Another program holds the wallet's file. False when there is none, or somebody has it open.
  bool can_lock_file(const std::string& wallet) const;
  bool lock_file(const std::string& wallet);
  void unlock_file(const std::string& wallet);
  // Some of its bytes are others now, or it is gone. False when there is none.
  bool has_file(const std::string& wallet, WalletFile file) const;
  bool damage_file(const std::string& wallet, WalletFile file);
  bool remove_file(const std::string& wallet, WalletFile file);

  // Serves instance i on port first.port + i of first.host, or each on a free port when it is 0.
  // Throws std::system_error (what() names the endpoint) when a port is taken or there is none;
  // `server` keeps those before it. `server` must be destroyed before the fleet, and nothing be
  // killed or started then. REQUIRES: all are alive.
  std::vector<http::Endpoint> listen(http::Server& server, const http::Endpoint& first);

 private:
  struct Port {
    http::Server* server;
    http::Endpoint where;
    std::uint32_t instance;
  };

  http::Handling serve(std::uint32_t instance, http::ServerRequest request);
  void listen_again(std::uint32_t instance);

  FleetOptions options_;
  Storage& storage_;
  ClockAlarms clock_alarms_;
  std::unique_ptr<KeyScheme> keys_;
  std::unique_ptr<CpuShare> cpu_;
  std::unique_ptr<SeatHost> host_;
  std::unique_ptr<DaemonLink> link_;
  std::map<std::string, std::unique_ptr<WalletLock>> foreign_locks_;  // by wallet
  std::vector<std::unique_ptr<InstanceDisk>> disks_;                  // by instance
  std::vector<std::unique_ptr<Seat>> seats_;
  std::vector<Port> ports_;
};

}  // namespace escrowstorm::mockrpc
