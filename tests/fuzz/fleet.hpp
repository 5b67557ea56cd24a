// Three instances on wallets in memory and one chain, that take bodies of requests. The same bodies
// in the same order get the same answers, so that seeds may hold the messages of a key exchange.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/walletrpc/codec.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "mockrpc/version.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::fuzz {

class Fleet {
 public:
  static constexpr std::size_t count = 3;

  Fleet() {
    mockrpc::WalletHost host;
    host.version = &mockrpc::versions().back();
    host.storage = &storage_;
    host.keys = &keys_;
    host.chain = &chain_;
    for (std::size_t i = 0; i < count; ++i)
      instances_.emplace_back(host, random_.stream("instance", i));
  }

  mockrpc::Storage& storage() { return storage_; }

  mockrpc::CallOutcome execute(std::size_t instance, const walletrpc::Request& request) {
    return instances_[instance].execute(request).outcome;
  }

  // Nothing where the real one answers with HTTP 500 and the end of the connection.
  std::optional<std::string> post(std::size_t instance, std::string_view body) {
    const auto read = walletrpc::read_call(body);
    if (const auto* refusal = std::get_if<walletrpc::Refusal>(&read))
      return walletrpc::write_error(refusal->id, refusal->error);
    if (std::holds_alternative<walletrpc::Broken>(read)) return std::nullopt;
    const auto& call = std::get<walletrpc::Call>(read);
    const mockrpc::CallOutcome outcome = execute(instance, call.request);
    if (const auto* error = std::get_if<walletrpc::RpcError>(&outcome))
      return walletrpc::write_error(call.id, *error);
    return walletrpc::write_answer(call.id, std::get<walletrpc::Answer>(outcome));
  }

 private:
  Random random_{1};
  test::ManualClock clock_;
  mockrpc::MemoryStorage storage_;
  mockrpc::DlogKeyScheme keys_;
  mockrpc::Chain chain_{clock_, 1'700'000'000, random_.stream("chain")};
  std::vector<mockrpc::Instance> instances_;
};

// An input of the target `calls`: records of one character that names the instance and a body.
inline constexpr char record_end = '\x1e';

}  // namespace escrowstorm::fuzz
