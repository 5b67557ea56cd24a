// A mock fleet whose every call is judged: for tests of invariants that call it as they like.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <variant>

#include "base/rethrow.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/invariants/judge.hpp"
#include "sim/virtual/virtual_clock.hpp"

namespace escrowstorm::sim {

// Whether its wallets see a chain.
enum class Money : unsigned char { none, seen };

struct InvariantRig {
  explicit InvariantRig(Money money = Money::none) : has_money(money == Money::seen) {
    if (has_money) judge.look_at(WorldMoney{&chain, &paid});
  }

  const bool has_money;
  VirtualLoop loop{find_scheduler("fifo")->make(RandomStream(1), choices_without_end)};
  VirtualClock clock{loop};
  Judge judge{"escrow", true};
  mockrpc::MemoryStorage storage;
  mockrpc::Chain chain{clock, 1'767'225'600, RandomStream(2)};
  std::vector<Payment> paid;
  mockrpc::Fleet fleet{clock, loop, Random(1), storage, options()};

  mockrpc::FleetOptions options() {
    mockrpc::FleetOptions options;
    options.instances = 9;
    options.latency = std::get<mockrpc::LatencyProfile>(
        mockrpc::LatencyProfile::load("none", mockrpc::default_version_name));
    options.ledger = &judge;
    if (has_money) options.chain = &chain;
    return options;
  }

  Awaitable<void> carry(std::uint32_t instance, std::optional<CallFor> whom,
                        walletrpc::Request request, std::optional<mockrpc::FleetReply>& reply) {
    reply = co_await fleet.call(instance, std::move(request), whom);
  }

  mockrpc::CallOutcome call(std::uint32_t instance, std::optional<CallFor> whom,
                            walletrpc::Request request) {
    std::optional<mockrpc::FleetReply> reply;
    boost::asio::co_spawn(loop.executor(), carry(instance, whom, std::move(request), reply),
                          rethrow);
    // Wallets that see a chain go on looking at it for ever.
    if (has_money)
      while (!reply) loop.run(1);
    else
      loop.run();
    return std::get<mockrpc::CallOutcome>(*reply);
  }

  template <class Method>
  typename Method::Answer ask(std::uint32_t instance, CallFor whom, Method method) {
    const auto outcome = call(instance, whom, std::move(method));
    const auto* answer = std::get_if<walletrpc::Answer>(&outcome);
    if (!answer) throw std::runtime_error(std::get<walletrpc::RpcError>(outcome).message);
    return get<walletrpc::AnswerTo<Method>>(*answer).value;
  }

  static std::string wallet_of(CallFor whom) {
    return "escrow_" + std::to_string(whom.escrow) + "_" + std::string(name_of(whom.role));
  }

  void create(std::uint32_t instance, CallFor whom) {
    ask(instance, whom, walletrpc::CreateWallet{wallet_of(whom), "", "English"});
  }

  // The record of an escrow whose role r works on instance `first` + r.
  static coordinator::EscrowRecord record_of(EscrowId escrow, std::uint32_t first) {
    coordinator::EscrowRecord record;
    record.id = escrow;
    for (const Role role : all_roles) {
      record.wallets[index_of(role)] = wallet_of({escrow, role});
      record.instances[index_of(role)] = first + static_cast<std::uint32_t>(index_of(role));
    }
    return record;
  }
  void durable(const coordinator::EscrowRecord& record) { judge.durable(clock.now(), record); }

  // What the others of the record made in a round.
  static std::vector<std::string> others(const coordinator::EscrowRecord& record, Role role,
                                         std::size_t round) {
    std::vector<std::string> messages;
    for (const Role other : all_roles)
      if (other != role) messages.push_back(record.messages[index_of(other)][round]);
    return messages;
  }

  // A good set-up up to the end of a round: 0 prepare, 1 make, 2 and 3 the exchanges. Each message
  // is durable before the next round. Answers the address once there is one.
  std::string set_up(coordinator::EscrowRecord& record, std::size_t last_round = 3) {
    std::string address;
    for (const Role role : all_roles) create(record.instances[index_of(role)], {record.id, role});
    for (std::size_t round = 0; round <= last_round; ++round) {
      std::array<std::string, role_count> made;
      for (const Role role : all_roles) made[index_of(role)] = act(record, role, round, address);
      for (const Role role : all_roles)
        record.messages[index_of(role)][round] = made[index_of(role)];
      durable(record);
    }
    return address;
  }

  std::string act(const coordinator::EscrowRecord& record, Role role, std::size_t round,
                  std::string& address) {
    const CallFor whom{record.id, role};
    const std::uint32_t instance = record.instances[index_of(role)];
    if (round == 0) return ask(instance, whom, walletrpc::PrepareMultisig{true}).multisig_info;
    if (round == 1) {
      walletrpc::MakeMultisig make;
      make.multisig_info = others(record, role, 0);
      make.threshold = 2;
      return ask(instance, whom, make).multisig_info;
    }
    walletrpc::ExchangeMultisigKeys exchange;
    exchange.multisig_info = others(record, role, round - 1);
    const auto answer = ask(instance, whom, exchange);
    if (!answer.address.empty()) address = answer.address;
    return answer.multisig_info;
  }

  // The names of the invariants that were violated.
  std::vector<std::string> broken() const {
    std::vector<std::string> names;
    for (const JudgedInvariant& one : judge.judged())
      if (one.violations > 0) names.emplace_back(one.name);
    return names;
  }
  std::string story() const {
    std::string text;
    for (const Violation& one : judge.violations()) text += one.what + "\n";
    return text;
  }
};

}  // namespace escrowstorm::sim
