// Some instances on one storage and one chain, called directly, for the tests of the model.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "mockrpc/version.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::mockrpc::rigs {

inline const Version& version_named(std::string_view name) {
  for (const Version& version : versions())
    if (version.name == name) return version;
  throw std::invalid_argument("no such version");
}

using Messages = std::vector<std::string>;

// All but the one at `index`.
inline Messages others(const Messages& messages, std::size_t index) {
  Messages out = messages;
  out.erase(out.begin() + static_cast<std::ptrdiff_t>(index));
  return out;
}

class Rig {
 public:
  explicit Rig(std::size_t instances = 3, std::string_view version = default_version_name,
               Network network = Network::mainnet, std::uint64_t seed = 1)
      : Rig(std::make_unique<MemoryStorage>(), instances, version, network, seed) {}

  Rig(std::unique_ptr<Storage> storage, std::size_t instances = 3,
      std::string_view version = default_version_name, Network network = Network::mainnet,
      std::uint64_t seed = 1)
      : storage_(std::move(storage)),
        version_(&version_named(version)),
        network_(network),
        random_(seed) {
    for (std::size_t i = 0; i < instances; ++i) instances_.push_back(fresh(i));
  }

  Storage& storage() { return *storage_; }
  Chain& chain() { return chain_; }
  escrowstorm::test::ManualClock& clock() { return clock_; }
  Instance& instance(std::size_t i) { return *instances_[i]; }

  // The process ends and another takes its place: nothing is saved.
  void kill(std::size_t i) {
    instances_[i].reset();
    instances_[i] = fresh(instances_.size() + ++deaths_);
  }

  template <class Method>
  typename Method::Answer ok(std::size_t i, const Method& request) {
    Execution execution = instances_[i]->execute(request);
    last_cost = execution.cost;
    if (auto* error = std::get_if<walletrpc::RpcError>(&execution.outcome)) {
      ADD_FAILURE() << Method::method << " on " << i << ": " << error->code << ' '
                    << error->message;
      return {};
    }
    return get<walletrpc::AnswerTo<Method>>(
               std::get<walletrpc::Answer>(std::move(execution.outcome)))
        .value;
  }

  // {0, "no error"} when it succeeded.
  template <class Method>
  walletrpc::RpcError error(std::size_t i, const Method& request) {
    Execution execution = instances_[i]->execute(request);
    last_cost = execution.cost;
    if (auto* error = std::get_if<walletrpc::RpcError>(&execution.outcome))
      return std::move(*error);
    return {0, "no error"};
  }

  void create(std::size_t i, std::string name, std::string password = "") {
    ok(i, walletrpc::CreateWallet{std::move(name), std::move(password), "English"});
  }
  void open(std::size_t i, std::string name, std::string password = "") {
    ok(i, walletrpc::OpenWallet{std::move(name), std::move(password)});
  }
  walletrpc::RpcError open_error(std::size_t i, std::string name, std::string password = "") {
    return error(i, walletrpc::OpenWallet{std::move(name), std::move(password)});
  }
  void close(std::size_t i) { ok(i, walletrpc::CloseWallet{}); }
  std::string address(std::size_t i) { return ok(i, walletrpc::GetAddress{}).address; }
  walletrpc::IsMultisig::Answer is_multisig(std::size_t i) {
    return ok(i, walletrpc::IsMultisig{});
  }

  std::string prepare(std::size_t i) {
    return ok(i, walletrpc::PrepareMultisig{true}).multisig_info;
  }
  walletrpc::MakeMultisig::Answer make(std::size_t i, Messages messages,
                                       std::uint32_t threshold = 2) {
    return ok(i, walletrpc::MakeMultisig{std::move(messages), threshold, ""});
  }
  walletrpc::ExchangeMultisigKeys::Answer exchange(std::size_t i, Messages messages) {
    return ok(i, walletrpc::ExchangeMultisigKeys{std::move(messages), ""});
  }
  walletrpc::RpcError exchange_error(std::size_t i, Messages messages) {
    return error(i, walletrpc::ExchangeMultisigKeys{std::move(messages), ""});
  }

  // Wallets PREFIX0, PREFIX1, ... on instances 0, 1, ..., and the steps of a 2-of-3 set-up.
  Messages create_and_prepare(const std::string& prefix) {
    for (std::size_t i = 0; i < 3; ++i) create(i, prefix + std::to_string(i));
    return {prepare(0), prepare(1), prepare(2)};
  }
  Messages make_all(const Messages& messages) {
    Messages next;
    for (std::size_t i = 0; i < 3; ++i) next.push_back(make(i, others(messages, i)).multisig_info);
    return next;
  }
  Messages exchange_all(const Messages& messages) {
    Messages next;
    for (std::size_t i = 0; i < 3; ++i)
      next.push_back(exchange(i, others(messages, i)).multisig_info);
    return next;
  }
  void set_up(const std::string& prefix) {
    exchange_all(exchange_all(make_all(create_and_prepare(prefix))));
  }

  std::string last_cost;
  bool enforce_ring_size = false;  // of the processes that take the place of killed ones

 private:
  std::unique_ptr<Instance> fresh(std::size_t number) {
    WalletHost host{version_, network_, storage_.get(), &keys_, &chain_};
    host.enforce_ring_size = enforce_ring_size;
    return std::make_unique<Instance>(host, random_.stream("keys", number));
  }

  std::unique_ptr<Storage> storage_;
  const Version* version_;
  Network network_;
  DlogKeyScheme keys_;
  Random random_;
  escrowstorm::test::ManualClock clock_;
  Chain chain_{clock_, 1'700'000'000, random_.stream("chain")};
  std::size_t deaths_ = 0;
  std::vector<std::unique_ptr<Instance>> instances_;
};

}  // namespace escrowstorm::mockrpc::rigs
