#include "mockrpc/cli/serve.hpp"

#include <sys/random.h>
#include <sys/resource.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <system_error>
#include <variant>

#include "base/http/server.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "base/signals.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/cli/arrival_log.hpp"
#include "mockrpc/cli/texts.hpp"
#include "mockrpc/daemon/daemon.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/disk_storage.hpp"
#include "mockrpc/storage/memory_storage.hpp"

namespace escrowstorm::mockrpc {
namespace {

void say(const std::string& line) { std::cerr << "mock-wallet-rpc: " << line << std::endl; }

// Each port and each connection is a descriptor; the default of 1024 is soon used up.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);  // where it may not be raised, listening says what is missing
}

// Without --seed two fleets on one folder must not make the same wallets: the system's entropy.
std::uint64_t fresh_seed() {
  std::uint64_t seed = 0;
  if (getentropy(&seed, sizeof seed) != 0)
    throw std::system_error(errno, std::generic_category(), "no entropy for a seed; give --seed");
  return seed;
}

std::unique_ptr<Storage> open_storage(const CliOptions& options) {
  if (options.wallet_dir.empty()) {
    say("no --wallet-dir: wallets live in memory and are gone at the end");
    return std::make_unique<MemoryStorage>();
  }
  auto storage = DiskStorage::open(options.wallet_dir);
  if (const auto* error = std::get_if<std::string>(&storage)) {
    say("--wallet-dir: " + *error + "; give a folder to write to, or one to make in such a folder");
    return nullptr;
  }
  return std::move(std::get<std::unique_ptr<DiskStorage>>(storage));
}

void announce(const CliOptions& options, const std::vector<http::Endpoint>& endpoints) {
  const bool one = endpoints.size() == 1;
  std::cout << "mock-wallet-rpc: " << endpoints.size() << (one ? " instance" : " instances")
            << " of monero-wallet-rpc " << options.version.name << " (" << name_of(options.network)
            << ", latency " << options.latency_name << ") " << (one ? "answers" : "answer")
            << " on " << describe(endpoints) << std::endl;
  if (!std::cout)
    throw std::runtime_error(
        "standard output can't be written: nobody would learn where the instances answer");
}

void announce_daemon(const CliOptions& options, const http::Endpoint& endpoint) {
  const bool regtest = options.network == Network::mainnet;
  std::cout << "mock-wallet-rpc: monerod " << options.version.name << " ("
            << (regtest ? "regtest" : name_of(options.network)) << ") listens on "
            << endpoint.to_string() << std::endl;
}

void say_why_not(const std::system_error& error, std::string_view port_flag) {
  say(std::string(error.what()) + "; " + remedy_for(error.code(), port_flag));
}

bool listen(Fleet& fleet, http::Server& server, const CliOptions& options) {
  try {
    announce(options, fleet.listen(server, options.first));
    return true;
  } catch (const std::system_error& error) {
    say_why_not(error, instance_port_flag);
    return false;
  }
}

// The port, or none when it can't be had.
std::optional<std::uint16_t> listen(Daemon& daemon, http::Server& server,
                                    const CliOptions& options) {
  try {
    const auto endpoint = daemon.listen(server, {options.first.host, *options.daemon_port});
    announce_daemon(options, endpoint);
    return endpoint.port;
  } catch (const std::system_error& error) {
    say_why_not(error, daemon_port_flag);
    return std::nullopt;
  }
}

FleetOptions fleet_options(const CliOptions& options, Chain& chain, std::uint16_t daemon_port,
                           ArrivalLog* arrivals) {
  FleetOptions fleet;
  fleet.instances = options.instances;
  fleet.version = options.version;
  fleet.network = options.network;
  fleet.latency = options.latency;
  fleet.cores = options.cores;
  if (options.daemon_port && !options.offline) fleet.chain = &chain;
  fleet.daemon_port = daemon_port;
  fleet.enforce_ring_size = options.enforce_ring_size;
  fleet.offline = options.offline;
  fleet.faults = arrivals;
  return fleet;
}

// Whether all of it could be written so far.
bool flush(ArrivalLog& arrivals, const CliOptions& options) {
  if (arrivals.flush()) return true;
  say("--arrivals: '" + options.arrivals_file +
      "' can't be written; see that its folder is there and has room");
  return false;
}

void say_what_is_ignored(const CliOptions& options) {
  if (options.ignored.empty()) return;
  std::string line = "ignored:";
  for (const std::string& flag : options.ignored) line += " " + flag;
  say(line);
}

std::uint64_t chosen_seed(const CliOptions& options) {
  if (options.seed) return *options.seed;
  const std::uint64_t seed = fresh_seed();
  say("seed " + std::to_string(seed));
  return seed;
}

}  // namespace

int serve(const CliOptions& options) {
  // Whoever reads our output may go away, and files may get no longer: errors of the write.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  raise_descriptor_limit();
  say_what_is_ignored(options);
  const std::unique_ptr<Storage> storage = open_storage(options);
  if (!storage) return exit_status::cannot_set_up;
  std::optional<ArrivalLog> arrivals;
  if (!options.arrivals_file.empty()) arrivals.emplace(options.arrivals_file);
  if (arrivals && !flush(*arrivals, options)) return exit_status::cannot_set_up;

  RealLoop loop;
  RealClock clock(loop.get_executor());
  SingleExecutor executors(loop.get_executor());
  const Random random(chosen_seed(options));
  Chain chain(clock, clock.unix_began(), random.stream("mock.chain"));
  Daemon daemon(chain, options.version, options.network);
  http::Server daemon_server(loop.get_executor(), http::ServerLimits{});
  const auto daemon_port =
      options.daemon_port ? listen(daemon, daemon_server, options) : std::uint16_t{0};
  if (!daemon_port) {
    loop.abandon();
    return exit_status::cannot_set_up;
  }
  Fleet fleet(clock, executors, random, *storage,
              fleet_options(options, chain, *daemon_port, arrivals ? &*arrivals : nullptr));
  http::Server server(loop.get_executor(), options.limits, options.manners);
  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  if (!ignores(SIGHUP)) signals.add(SIGHUP);
  signals.async_wait([&loop](const boost::system::error_code&, int) { loop.stop(); });

  const bool listening = listen(fleet, server, options);
  if (listening) loop.run();
  loop.abandon();
  if (!listening) return exit_status::cannot_set_up;
  const auto unsaved = fleet.end();
  for (const UnsavedWallet& wallet : unsaved)
    say("wallet '" + wallet.name + "', open in instance " + std::to_string(wallet.instance) +
        ", is not saved and lost what it did since it last was: " + wallet.why +
        "; see that --wallet-dir can be written and has room");
  const bool all_written = !arrivals || flush(*arrivals, options);
  return unsaved.empty() && all_written ? exit_status::ok : exit_status::own_failure;
}

}  // namespace escrowstorm::mockrpc
