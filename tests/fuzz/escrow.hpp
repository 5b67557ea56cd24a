// A group of three, set up, funded by three coinbases and synced, and its chain: what the targets
// of what signers hand each other begin with. Each Escrow is a fresh copy of the same start, so
// that nonces in seeds fit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "tests/fuzz/check.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::fuzz {

using test::stranger;

class Escrow {
 public:
  static constexpr std::size_t count = 3;

  // `version` is that of all instances, by its place in versions().
  explicit Escrow(std::size_t version = 1);

  mockrpc::Chain& chain() { return chain_; }
  const std::string& address() const;

  // Nothing when it is refused.
  template <class Method>
  std::optional<typename Method::Answer> call(std::size_t instance, const Method& request) {
    auto outcome = instances_[instance].execute(request).outcome;
    auto* answer = std::get_if<walletrpc::Answer>(&outcome);
    if (answer == nullptr) return std::nullopt;
    return get<walletrpc::AnswerTo<Method>>(std::move(*answer)).value;
  }

  // Ends the program when it is refused.
  template <class Method>
  typename Method::Answer must(std::size_t instance, const Method& request) {
    auto outcome = instances_[instance].execute(request).outcome;
    if (const auto* error = std::get_if<walletrpc::RpcError>(&outcome))
      check(false, std::string(Method::method) + " succeeds: " + error->message);
    return get<walletrpc::AnswerTo<Method>>(std::get<walletrpc::Answer>(std::move(outcome))).value;
  }

  // The info that a member exported last at the start.
  const std::string& info(std::size_t instance) const;

  // What the members seal, as hex, and back.
  std::string sealed(std::string_view magic, std::string_view plain);
  static std::string unsealed(std::string_view magic, const std::string& hex);

  void mine(std::size_t blocks, const char* address = stranger);
  // Blocks go and others come; all wallets look, and are closed and opened again.
  void reorganise(std::size_t blocks);
  void refresh_all();
  void sync();  // refresh, export and import, all of them
  void reopen_all();

  // Ends the program unless no money came or went, and the wallets see what the chain says.
  // REQUIRES: they have seen all blocks.
  void check_money();

 private:
  struct Start;
  static const Start& start();
  void open_all();

  mockrpc::MemoryStorage storage_;
  mockrpc::DlogKeyScheme keys_;
  mockrpc::Chain chain_;
  RandomStream random_{3};
  std::vector<mockrpc::Instance> instances_;
};

// All that a chain's blocks hold and do not spend; of one recipient when that is said.
Amount unspent(const mockrpc::Chain& chain, const mockrpc::CurvePoint* recipient = nullptr);

inline constexpr std::string_view info_magic = "Monero multisig export\x01";
// An input of several records.
inline constexpr char record_separator = '\x1e';

}  // namespace escrowstorm::fuzz
