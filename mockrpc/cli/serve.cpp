#include "mockrpc/cli/serve.hpp"

#include <sys/random.h>
#include <sys/resource.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <system_error>

#include "base/http/server.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "mockrpc/cli/texts.hpp"
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
}

bool listen(Fleet& fleet, http::Server& server, const CliOptions& options) {
  try {
    announce(options, fleet.listen(server, options.first));
    return true;
  } catch (const std::system_error& error) {
    say(std::string(error.what()) + "; " + remedy_for(error.code()));
    return false;
  }
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
  std::signal(SIGPIPE, SIG_IGN);  // whoever reads our output may go away
  raise_descriptor_limit();
  say_what_is_ignored(options);
  const std::unique_ptr<Storage> storage = open_storage(options);
  if (!storage) return exit_status::cannot_set_up;

  RealLoop loop;
  RealClock clock(loop.get_executor());
  SingleExecutor executors(loop.get_executor());
  const Random random(chosen_seed(options));
  Fleet fleet(clock, executors, random, *storage,
              FleetOptions{.instances = options.instances,
                           .version = options.version,
                           .network = options.network,
                           .latency = options.latency,
                           .cores = options.cores});
  http::Server server(loop.get_executor(), options.limits, options.manners);
  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&loop](const boost::system::error_code&, int) { loop.stop(); });

  const bool listening = listen(fleet, server, options);
  if (listening) loop.run();
  loop.abandon();
  if (!listening) return exit_status::cannot_set_up;
  if (const auto saved = fleet.end(); !saved) {
    say("an open wallet is not saved: " + saved.error().text);
    return exit_status::own_failure;
  }
  return exit_status::ok;
}

}  // namespace escrowstorm::mockrpc
