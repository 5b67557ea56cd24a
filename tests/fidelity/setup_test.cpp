// What the coordinator publishes, held against what the three wallets say when they are opened
// again.
#include <gtest/gtest.h>

#include <memory>

#include "base/http/rpc_transport.hpp"
#include "coordinator/coordinator.hpp"
#include "coordinator/setup/wallet_name.hpp"
#include "sim/conformance/address.hpp"
#include "tests/fidelity/fleets.hpp"

namespace escrowstorm::fidelity {
namespace {

using namespace std::chrono_literals;

constexpr const char* prefix = "published";
constexpr EscrowId escrow = 7;

class NoObserver final : public Observer {
  void on(const Event&) override {}
};

struct LastRecord final : coordinator::EscrowStore {
  Awaitable<std::optional<std::string>> commit(coordinator::EscrowRecord record) override {
    last = std::move(record);
    co_return std::nullopt;
  }
  coordinator::EscrowRecord last;
};

// What a wallet is, opened on any instance.
struct Reopened {
  bool ready = false;
  std::uint32_t threshold = 0;
  std::uint32_t total = 0;
  std::string address;
};

template <class Method>
Awaitable<typename Method::Answer> ask(Transport& fleet, Clock& clock, InstanceId instance,
                                       Method method) {
  walletrpc::Request request = std::move(method);
  const TimePoint deadline = clock.now() + 60s;
  auto answer = co_await fleet.call(instance, std::move(request), std::nullopt, deadline);
  if (!answer) ADD_FAILURE() << Method::method << ": " << answer.error().message;
  if (!answer) co_return typename Method::Answer();
  co_return get<walletrpc::AnswerTo<Method>>(*answer).value;
}

Awaitable<void> set_up_into(coordinator::Coordinator& coordinator,
                            coordinator::SetupOutcome& outcome) {
  outcome = co_await coordinator.set_up(escrow);
}

Awaitable<void> reopen_into(Transport& fleet, Clock& clock, Role role, std::string password,
                            Reopened& wallet) {
  const auto instance = static_cast<InstanceId>((index_of(role) + 1) % role_count);
  walletrpc::OpenWallet open;
  open.filename = coordinator::wallet_name(prefix, escrow, role);
  open.password = std::move(password);
  co_await ask(fleet, clock, instance, open);
  const auto state = co_await ask(fleet, clock, instance, walletrpc::IsMultisig());
  const auto shown = co_await ask(fleet, clock, instance, walletrpc::GetAddress());
  co_await ask(fleet, clock, instance, walletrpc::CloseWallet());
  wallet.ready = state.ready;
  wallet.threshold = state.threshold;
  wallet.total = state.total;
  wallet.address = shown.address;
}

// What the fleet says to that password; nothing: the wallet is open.
Awaitable<void> try_to_open(Transport& fleet, Clock& clock, Role role, std::string password,
                            std::optional<CallError>& refused) {
  walletrpc::OpenWallet open;
  open.filename = coordinator::wallet_name(prefix, escrow, role);
  open.password = std::move(password);
  walletrpc::Request request = std::move(open);
  const TimePoint deadline = clock.now() + 60s;
  const auto answer = co_await fleet.call(0, std::move(request), std::nullopt, deadline);
  if (!answer) refused = answer.error();
}

void expect_what_was_published(FleetUnderTest& fleet) {
  http::RpcTransport transport(fleet.executor(), fleet.clock(), fleet.instances());
  SingleExecutor executors(fleet.executor());
  NoObserver observer;
  LastRecord store;
  coordinator::SystemEntropy entropy;
  coordinator::CoordinatorOptions options;
  options.wallet_prefix = prefix;
  options.life.sessions.policy = coordinator::SessionPolicy::open_per_step;  // we open them next
  coordinator::Coordinator coordinator(transport, fleet.clock(), executors, observer, store,
                                       entropy, options);
  coordinator::SetupOutcome outcome;
  fleet.run(set_up_into(coordinator, outcome));
  ASSERT_TRUE(outcome.ready) << outcome.failure;
  EXPECT_EQ(sim::has_real_spend_key(outcome.address), true) << outcome.address;

  for (const Role role : all_roles) {
    const std::string& password = store.last.passwords[index_of(role)];
    const std::string& others = store.last.passwords[(index_of(role) + 1) % role_count];
    for (const std::string& wrong : {std::string(), others}) {
      std::optional<CallError> refused;
      fleet.run(try_to_open(transport, fleet.clock(), role, wrong, refused));
      EXPECT_TRUE(refused) << name_of(role) << "'s wallet was opened with '" << wrong << "'";
    }
    Reopened wallet;
    fleet.run(reopen_into(transport, fleet.clock(), role, password, wallet));
    EXPECT_TRUE(wallet.ready) << name_of(role);
    EXPECT_EQ(wallet.threshold, 2u);
    EXPECT_EQ(wallet.total, 3u);
    EXPECT_EQ(wallet.address, outcome.address) << name_of(role);
  }
}

TEST(MockSetup, PublishesTheAddressOfAllThreeWallets) {
  MockFleet fleet("0.18.5.1");
  expect_what_was_published(fleet);
}

TEST(RealSetup, PublishesTheAddressOfAllThreeWallets) {
  RealFleet fleet;
  expect_what_was_published(fleet);
}

}  // namespace
}  // namespace escrowstorm::fidelity
