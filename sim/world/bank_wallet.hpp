// The bank's wallet: an ordinary one, alone on an instance of its own, as the typed calls that the
// bank needs. Who pays and who is paid are two of its accounts, so that what came to an address is
// its balance: nothing is ever spent from there.
//
// Lives on the world's executor; the references outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "base/clock.hpp"
#include "base/transport.hpp"
#include "base/wait_list.hpp"

namespace escrowstorm::sim {

class BankWallet {
 public:
  // Uses instance 0.
  BankWallet(Transport& transport, Clock& clock);
  BankWallet(const BankWallet&) = delete;
  BankWallet& operator=(const BankWallet&) = delete;

  // Makes it, with both accounts, on an instance that has no wallet. What failed otherwise.
  Awaitable<std::optional<CallError>> create();

  // What pays, once it is made.
  const std::string& address() const { return address_; }

  struct NewAddress {
    std::string text;
    std::uint32_t index = 0;
  };
  Awaitable<CallResult<NewAddress>> make_address(std::string label);

  // Looks at blocks and pool. One look at a time: who asks while one is under way waits for the
  // next, since that one may have passed by what is asked for.
  Awaitable<std::optional<CallError>> refresh();

  // What has come to an address of make_address(), as seen by the last refresh.
  Awaitable<CallResult<Amount>> balance(std::uint32_t index);

  // One transaction, which is in the pool when this returns its hash.
  Awaitable<CallResult<std::string>> transfer(
      std::vector<walletrpc::TransferDestination> destinations);

  // Drops who waits here.
  void abandon();

 private:
  template <class Method>
  Awaitable<CallResult<typename Method::Answer>> ask(Method request);

  Transport& transport_;
  Clock& clock_;
  std::string address_;
  std::uint32_t payees_ = 0;  // the account

  std::uint64_t refreshes_begun_ = 0;
  std::uint64_t refreshes_ended_ = 0;
  std::optional<CallError> refresh_failed_;  // of the last one
  std::unique_ptr<WaitList> refreshed_;
};

}  // namespace escrowstorm::sim
