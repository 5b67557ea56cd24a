// The addresses that the mock shows, held against the real wallet RPC: a client that nobody here
// wrote must take them for what they are.
#include <gtest/gtest.h>

#include <memory>
#include <variant>

#include "base/http/rpc_transport.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "tests/fidelity/fleets.hpp"

namespace escrowstorm::fidelity {
namespace {

using namespace std::chrono_literals;
using namespace walletrpc;
using mockrpc::Network;

// Three instances of the mock, called without time or sockets.
class MockTrio {
 public:
  explicit MockTrio(Network network) {
    for (std::uint64_t i = 0; i < 3; ++i)
      instances_.emplace_back(mockrpc::WalletHost{&version_, network, &storage_, &keys_},
                              Random(7).stream("keys", i));
  }

  template <class Method>
  typename Method::Answer ask(std::size_t instance, Method method) {
    const mockrpc::Execution done = instances_[instance].execute(Request(std::move(method)));
    const auto* answer = std::get_if<Answer>(&done.outcome);
    if (!answer)
      ADD_FAILURE() << Method::method << ": " << std::get<RpcError>(done.outcome).message;
    return answer ? get<AnswerTo<Method>>(*answer).value : typename Method::Answer();
  }

  // What the others said.
  static std::vector<std::string> without(std::size_t own, std::vector<std::string> messages) {
    messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(own));
    return messages;
  }

 private:
  mockrpc::Version version_ = *mockrpc::find_version("0.18.5.1");
  mockrpc::MemoryStorage storage_;
  mockrpc::DlogKeyScheme keys_;
  std::vector<mockrpc::Instance> instances_;
};

// A wallet's own address, the placeholder after make, and the address of the three.
std::vector<std::string> addresses_on(Network network) {
  MockTrio trio(network);
  std::vector<std::string> shown;
  std::vector<std::string> messages(3);
  for (std::size_t i = 0; i < 3; ++i) {
    trio.ask(i, CreateWallet{"wallet" + std::to_string(i), "", "English"});
    messages[i] = trio.ask(i, PrepareMultisig{true}).multisig_info;
  }
  shown.push_back(trio.ask(0, GetAddress()).address);

  std::vector<std::string> made(3);
  for (std::size_t i = 0; i < 3; ++i)
    made[i] = trio.ask(i, MakeMultisig{MockTrio::without(i, messages), 2, ""}).multisig_info;
  shown.push_back(trio.ask(0, GetAddress()).address);
  for (int round = 0; round < 2; ++round) {
    messages = made;
    for (std::size_t i = 0; i < 3; ++i) {
      ExchangeMultisigKeys exchange{MockTrio::without(i, messages), ""};
      made[i] = trio.ask(i, std::move(exchange)).multisig_info;
    }
  }
  shown.push_back(trio.ask(0, GetAddress()).address);
  return shown;
}

Awaitable<void> validate(Transport& real, Clock& clock, std::string address,
                         ValidateAddress::Answer& answer) {
  walletrpc::Request request = ValidateAddress{std::move(address), false, true};
  const TimePoint deadline = clock.now() + 60s;
  const auto called = co_await real.call(0, std::move(request), std::nullopt, deadline);
  if (!called) ADD_FAILURE() << called.error().message;
  if (called) answer = get<AnswerTo<ValidateAddress>>(*called).value;
}

Awaitable<void> open_some_wallet(Transport& real, Clock& clock) {
  walletrpc::Request request = CreateWallet{"validator", "", "English"};
  const TimePoint deadline = clock.now() + 60s;
  const auto called = co_await real.call(0, std::move(request), std::nullopt, deadline);
  if (!called) ADD_FAILURE() << called.error().message;
}

TEST(RealAddresses, TheRealOneTakesTheMocksForWhatTheyAre) {
  RealFleet fleet;
  http::RpcTransport real(fleet.executor(), fleet.clock(), fleet.instances());
  fleet.run(open_some_wallet(real, fleet.clock()));
  for (const Network network : {Network::mainnet, Network::testnet, Network::stagenet}) {
    for (std::string address : addresses_on(network)) {
      ValidateAddress::Answer answer;
      fleet.run(validate(real, fleet.clock(), address, answer));
      EXPECT_TRUE(answer.valid) << address;
      EXPECT_EQ(answer.nettype, name_of(network)) << address;
      EXPECT_FALSE(answer.subaddress || answer.integrated) << address;

      address[40] = address[40] == '2' ? '3' : '2';  // the checksum no longer fits
      fleet.run(validate(real, fleet.clock(), address, answer));
      EXPECT_FALSE(answer.valid) << address;
    }
  }
}

}  // namespace
}  // namespace escrowstorm::fidelity
