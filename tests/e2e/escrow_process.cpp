// A coordinator as a process of its own, for tests that kill it: leads one escrow from the request
// to the release, and goes on where its database says that an earlier one stopped. Says
// "address ..." and "paid ... atomic units".
//   DB_ENCRYPTION_KEY=... escrow_process DATABASE WALLET_PREFIX PRICE BUYER_ADDRESS VENDOR_ADDRESS
//   URL URL URL...
#include <boost/asio/co_spawn.hpp>
#include <cstdlib>
#include <iostream>
#include <vector>

#include "base/executors.hpp"
#include "base/http/rpc_transport.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "base/rethrow.hpp"
#include "coordinator/coordinator.hpp"
#include "coordinator/store/escrow_database.hpp"
#include "coordinator/store/sqlite_store.hpp"

namespace {

using namespace escrowstorm;
using namespace std::chrono_literals;

struct Silent final : Observer {
  void on(const Event&) override {}
};

coordinator::CoordinatorOptions options(std::string prefix) {
  coordinator::CoordinatorOptions options;
  options.wallet_prefix = std::move(prefix);
  options.call_deadline = 5s;
  options.life.watch.cache = 0s;
  options.life.payout.confirmations = 1;
  options.life.payout.look_every = 5ms;
  return options;
}

Awaitable<void> lead(coordinator::Coordinator& coordinator, Clock& clock, coordinator::Terms terms,
                     bool was_funded) {
  const Amount price = terms.price;
  const coordinator::SetupOutcome ready = co_await coordinator.set_up(0, std::move(terms));
  std::cout << "address " << ready.address << ' ' << ready.failure << std::endl;
  // It may be paid out already: then nothing is there any more, and the payout says so.
  coordinator::PayoutOutcome paid;
  while (ready.ready && !paid.paid) {
    const coordinator::BalanceOutcome seen = co_await coordinator.balance(0);
    const bool asks = seen.seen && (seen.balance.unlocked >= price || was_funded);
    if (asks) paid = co_await coordinator.pay_out(0, coordinator::Decision::release);
    const TimePoint again = clock.now() + 5ms;
    if (!paid.paid) co_await clock.sleep_until(again);
  }
  std::cout << "paid " << paid.amount.atomic() << " atomic units" << std::endl;
  co_await coordinator.rest();
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 9) return 2;
  auto key = coordinator::DatabaseKey::from_environment();
  if (const auto* wrong = std::get_if<std::string>(&key)) {
    std::cerr << *wrong << std::endl;
    return 1;
  }
  auto database = coordinator::EscrowDatabase::open(
      arguments[1], std::get<std::optional<coordinator::DatabaseKey>>(key));
  if (!database) {
    std::cerr << database.error().message << std::endl;
    return 1;
  }
  auto remembered = database->read_all();
  if (!remembered) return 1;
  std::vector<http::Endpoint> fleet;
  for (int i = 6; i < count; ++i)
    fleet.push_back(std::get<http::Endpoint>(http::parse_endpoint(arguments[i])));
  coordinator::Terms terms;
  terms.price = Amount::from_atomic(std::strtoull(arguments[3], nullptr, 10));
  terms.buyer_address = arguments[4];
  terms.vendor_address = arguments[5];

  const bool was_funded = !remembered->empty() &&
                          remembered->front().phase >= coordinator::Phase::funded &&
                          coordinator::lives(remembered->front().phase);

  RealLoop loop;
  RealClock clock(loop.get_executor());
  SingleExecutor executors(loop.get_executor());
  Silent observer;
  http::RpcTransport transport(loop.get_executor(), clock, std::move(fleet));
  coordinator::SqliteStore store(std::move(*database));
  coordinator::SystemEntropy entropy;
  coordinator::Coordinator coordinator(transport, clock, executors, observer, store, entropy,
                                       options(arguments[2]), std::move(*remembered));
  boost::asio::co_spawn(loop, lead(coordinator, clock, std::move(terms), was_funded),
                        [&loop](std::exception_ptr thrown) {
                          rethrow(thrown);
                          loop.stop();
                        });
  loop.run();
  std::_Exit(0);  // the loop is over; nothing here is worth an orderly end
}
