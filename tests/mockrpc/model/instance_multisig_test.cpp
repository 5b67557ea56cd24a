// The multisig set-up through the RPC: the rounds, the trap after make, every shape, the switch.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "mockrpc/keys/address.hpp"
#include "mockrpc/keys/hex.hpp"
#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::Messages;
using rigs::not_finalized;
using rigs::others;
using rigs::Rig;
using testing::StartsWith;

void expect_status(Rig& rig, std::size_t i, bool multisig, bool ready) {
  const IsMultisig::Answer status = rig.is_multisig(i);
  EXPECT_EQ(status.multisig, multisig);
  EXPECT_EQ(status.ready, ready);
  EXPECT_EQ(status.threshold, multisig ? 2u : 0u);
  EXPECT_EQ(status.total, multisig ? 3u : 0u);
}

bool is_placeholder(const std::string& text, Network network) {
  const auto address = parse_address(text, network);
  return address && address->spend == base_point_times(Scalar{});
}

class OnNetwork : public testing::TestWithParam<std::tuple<std::string_view, Network>> {};

INSTANTIATE_TEST_SUITE_P(Setup, OnNetwork,
                         testing::Combine(testing::Values("0.18.0.0", "0.18.5.1"),
                                          testing::ValuesIn(all_networks)));

TEST_P(OnNetwork, GoesThroughTheRoundsOfARealTwoOfThree) {
  const auto [version, network] = GetParam();
  Rig rig(3, version, network);
  const Messages prepared = rig.create_and_prepare("w");
  for (const std::string& message : prepared) EXPECT_EQ(message.size(), 189u);
  for (std::size_t i = 0; i < 3; ++i) expect_status(rig, i, false, false);

  Messages made;
  std::string placeholder;
  for (std::size_t i = 0; i < 3; ++i) {
    const MakeMultisig::Answer answer = rig.make(i, others(prepared, i));
    EXPECT_EQ(rig.last_cost, "make_multisig");
    EXPECT_EQ(answer.multisig_info.size(), 236u);
    EXPECT_EQ(rig.address(i), answer.address);
    if (i > 0) {
      EXPECT_EQ(answer.address, placeholder);
    }
    placeholder = answer.address;
    made.push_back(answer.multisig_info);
    expect_status(rig, i, true, false);
  }
  const std::string_view begins[] = {"41fJjQDhryD1111111111", "9sCrDesy9LK1111111111",
                                     "51sLpF8fWaK1111111111"};
  EXPECT_THAT(placeholder, StartsWith(std::string(begins[static_cast<int>(network)])));
  EXPECT_TRUE(is_placeholder(placeholder, network));

  Messages exchanged;
  for (std::size_t i = 0; i < 3; ++i) {
    const ExchangeMultisigKeys::Answer answer = rig.exchange(i, others(made, i));
    EXPECT_EQ(rig.last_cost, "exchange_multisig_keys#1");
    EXPECT_EQ(answer.address, "");
    EXPECT_EQ(answer.multisig_info.size(), 236u);
    exchanged.push_back(answer.multisig_info);
    expect_status(rig, i, true, false);
    EXPECT_FALSE(is_placeholder(rig.address(i), network));  // shown, but not yet confirmed
  }
  const std::string address = rig.address(0);
  for (std::size_t i = 0; i < 3; ++i) {
    const ExchangeMultisigKeys::Answer answer = rig.exchange(i, others(exchanged, i));
    EXPECT_EQ(rig.last_cost, "exchange_multisig_keys#2");
    EXPECT_EQ(answer.address, address);
    EXPECT_EQ(answer.multisig_info.size(), 236u);
    EXPECT_EQ(rig.address(i), address);
    expect_status(rig, i, true, true);
  }
  EXPECT_TRUE(rig.ok(0, ValidateAddress{address}).valid);
}

TEST(Multisig, GivesEachEscrowAnAddressOfItsOwn) {
  Rig rig;
  std::set<std::string> addresses;
  for (int i = 0; i < 10; ++i) {
    rig.set_up("e" + std::to_string(i) + "_");
    addresses.insert(rig.address(0));
    EXPECT_EQ(rig.address(1), rig.address(0));
    EXPECT_EQ(rig.address(2), rig.address(0));
  }
  EXPECT_EQ(addresses.size(), 10u);
}

TEST(Multisig, IsTheSameAgainFromTheSameSeed) {
  Rig a(3, "0.18.5.1", Network::mainnet, 7);
  Rig b(3, "0.18.5.1", Network::mainnet, 7);
  Rig c(3, "0.18.5.1", Network::mainnet, 8);
  for (Rig* rig : {&a, &b, &c}) rig->set_up("w");
  EXPECT_EQ(a.address(0), b.address(0));
  EXPECT_NE(a.address(0), c.address(0));
}

TEST(Multisig, TakesOwnMessagesInAnyOrder) {
  Rig rig;
  const Messages p = rig.create_and_prepare("w");
  const Messages m{rig.make(0, {p[0], p[1], p[2]}).multisig_info,
                   rig.make(1, {p[2], p[0]}).multisig_info,
                   rig.make(2, {p[1], p[2], p[0]}).multisig_info};
  const Messages e{rig.exchange(0, {m[2], m[1], m[0]}).multisig_info,
                   rig.exchange(1, {m[0], m[2], m[2]}).multisig_info,
                   rig.exchange(2, {m[1], m[0], m[2]}).multisig_info};
  EXPECT_EQ(rig.exchange(0, {e[2], e[1]}).address, rig.exchange(1, {e[0], e[1], e[2]}).address);
}

TEST(Multisig, PreparesAgainWithAnotherSignatureAndTheSameKey) {
  Rig rig;
  const Messages first = rig.create_and_prepare("w");
  const std::string again = rig.prepare(1);
  EXPECT_NE(again, first[1]);
  const Messages made{rig.make(0, {again, first[2]}).multisig_info,
                      rig.make(1, {first[0], first[2]}).multisig_info,
                      rig.make(2, {first[0], first[1]}).multisig_info};
  rig.exchange_all(rig.exchange_all(made));
  EXPECT_EQ(rig.address(0), rig.address(1));
}

TEST(Multisig, MakesATwoOfTwoOfOneMessageWithoutAWarning) {
  Rig rig;
  const Messages prepared = rig.create_and_prepare("w");
  const MakeMultisig::Answer a = rig.make(0, {prepared[1]});
  const MakeMultisig::Answer b = rig.make(1, {prepared[0]});
  EXPECT_EQ(a.address, b.address);
  EXPECT_FALSE(is_placeholder(a.address, Network::mainnet));  // N-of-N has its address at once
  EXPECT_EQ(rig.is_multisig(0).total, 2u);
  EXPECT_FALSE(rig.is_multisig(0).ready);
  EXPECT_EQ(rig.exchange(0, {b.multisig_info}).address, a.address);
  EXPECT_EQ(rig.last_cost, "exchange_multisig_keys#2");
  EXPECT_TRUE(rig.is_multisig(0).ready);
}

TEST(Multisig, KnowsEveryShapeOfGroup) {
  const auto sizes = [](std::uint32_t threshold, std::size_t n) {
    Rig rig(n);
    Messages now;
    for (std::size_t i = 0; i < n; ++i) {
      rig.create(i, "w" + std::to_string(i));
      now.push_back(rig.prepare(i));
    }
    Messages next;
    for (std::size_t i = 0; i < n; ++i)
      next.push_back(rig.make(i, others(now, i), threshold).multisig_info);
    std::vector<std::size_t> seen{now[0].size(), next[0].size()};
    while (!rig.is_multisig(0).ready) {
      now = std::exchange(next, {});
      for (std::size_t i = 0; i < n; ++i)
        next.push_back(rig.exchange(i, others(now, i)).multisig_info);
      seen.push_back(next[0].size());
    }
    for (std::size_t i = 1; i < n; ++i) EXPECT_EQ(rig.address(i), rig.address(0));
    seen.push_back(rig.ok(0, QueryKey{"mnemonic"}).key.size());
    return seen;
  };
  using Sizes = std::vector<std::size_t>;
  // Lengths of the messages and of the seed, as 0.18.0.0 makes them.
  EXPECT_EQ(sizes(1, 2), (Sizes{189, 192, 236, 236, 464}));
  EXPECT_EQ(sizes(2, 2), (Sizes{189, 236, 236, 464}));
  EXPECT_EQ(sizes(1, 3), (Sizes{189, 236, 192, 236, 236, 528}));
  EXPECT_EQ(sizes(3, 3), (Sizes{189, 236, 236, 528}));
  EXPECT_EQ(sizes(3, 4), (Sizes{189, 280, 236, 236, 720}));
  EXPECT_EQ(sizes(2, 4), (Sizes{189, 280, 280, 236, 236, 720}));
  EXPECT_EQ(sizes(1, 4), (Sizes{189, 280, 280, 192, 236, 236, 592}));
  EXPECT_EQ(sizes(2, 5), (Sizes{189, 324, 412, 324, 236, 236, 848}));
}

TEST(Multisig, IsSwitchedOnByPrepareAlone) {
  Rig rig;
  Messages prepared;
  for (std::size_t i = 0; i < 3; ++i) {
    rig.create(i, "w" + std::to_string(i));
    rig.ok(i, SetAttribute{"enable-multisig-experimental", "1"});
    prepared.push_back(rig.ok(i, PrepareMultisig{false}).multisig_info);
  }
  rig.make_all(prepared);
  const RpcError disabled = rig.exchange_error(0, {"x", "y"});
  EXPECT_EQ(disabled.code, error_code::disabled);
  EXPECT_THAT(disabled.message,
              StartsWith("This wallet is multisig, and multisig is disabled. Multisig is an "));
  EXPECT_EQ(rig.error(0, ExportMultisigInfo{}), not_finalized);
}

TEST(Multisig, ForgetsTheSwitchBetweenPrepareAndMake) {
  Rig rig;
  const Messages prepared = rig.create_and_prepare("w");
  for (std::size_t i = 0; i < 3; ++i) rig.close(i);
  for (std::size_t i = 0; i < 3; ++i) rig.open(i, "w" + std::to_string(i));
  const Messages made = rig.make_all(prepared);
  EXPECT_EQ(rig.exchange_error(0, others(made, 0)).code, error_code::disabled);
}

TEST(Multisig, KeepsTheSwitchOnceMade) {
  Rig rig;
  const auto reopen = [&] {
    for (std::size_t i = 0; i < 3; ++i) rig.close(i);
    for (std::size_t i = 0; i < 3; ++i) rig.open(i, "w" + std::to_string(i));
  };
  Messages now = rig.make_all(rig.create_and_prepare("w"));
  reopen();
  now = rig.exchange_all(now);
  reopen();
  rig.exchange_all(now);
  const std::string address = rig.address(0);
  reopen();
  expect_status(rig, 0, true, true);
  EXPECT_EQ(rig.address(0), address);
  EXPECT_EQ(rig.address(2), address);
}

TEST(MultisigKeys, AreThoseOfTheAddress) {
  Rig rig;
  const auto scalar = [&](std::size_t i, const std::string& type) {
    const std::string bytes = from_hex(rig.ok(i, QueryKey{type}).key).value();
    Scalar secret;
    std::copy(bytes.begin(), bytes.end(), secret.bytes.begin());
    return secret;
  };
  const Messages prepared = rig.create_and_prepare("w");
  const Scalar spend = scalar(0, "spend_key");
  Address address;
  address.spend = base_point_times(spend);
  address.view = base_point_times(scalar(0, "view_key"));
  EXPECT_EQ(rig.address(0), address_text(address));
  EXPECT_EQ(scalar(0, "view_key"), hash_to_scalar(view_of(spend.bytes)));

  rig.exchange_all(rig.exchange_all(rig.make_all(prepared)));
  EXPECT_NE(scalar(0, "spend_key"), spend);
  EXPECT_EQ(scalar(0, "view_key"), scalar(1, "view_key"));
  const auto group = parse_address(rig.address(0), Network::mainnet);
  ASSERT_TRUE(group);
  EXPECT_EQ(group->view, base_point_times(scalar(0, "view_key")));
}

TEST(MultisigKeys, AreShownAsWordsUntilMultisigAndAsHexWhenReady) {
  Rig rig;
  const Messages prepared = rig.create_and_prepare("w");
  const std::string words = rig.ok(0, QueryKey{"mnemonic"}).key;
  EXPECT_EQ(std::count(words.begin(), words.end(), ' '), 24);
  const Messages made = rig.make_all(prepared);
  EXPECT_EQ(rig.error(0, QueryKey{"mnemonic"}), not_finalized);
  EXPECT_EQ(rig.ok(0, QueryKey{"view_key"}).key.size(), 64u);
  rig.exchange_all(rig.exchange_all(made));
  const std::string seed = rig.ok(0, QueryKey{"mnemonic"}).key;
  EXPECT_THAT(seed, StartsWith("0200000003000000" + rig.ok(0, QueryKey{"spend_key"}).key));
  EXPECT_EQ(seed.size(), 592u);
  EXPECT_EQ(rig.error(0, QueryKey{"nonsense"}), (RpcError{0, "key_type nonsense not found"}));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
