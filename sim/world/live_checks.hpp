// What must be true of a live fleet before a storm may touch it: every instance answers, is of a
// version that this project knows, has no wallet open that the storm would push out, and is not on
// mainnet. Lives on the world's executor; made for one check.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/transport.hpp"
#include "base/wait_list.hpp"

namespace escrowstorm::sim {

struct LiveCheckOptions {
  bool allow_mainnet = false;
  bool allow_unknown_version = false;
  std::function<void(const std::string&)> say;  // progress, a line each; may be empty
  std::string_view pushing_out = "the storm";   // what an open wallet is in the way of
};

class LiveChecks {
 public:
  // `names` of the instances for complaints, in the order of the transport. References outlive it.
  LiveChecks(Executor executor, Clock& clock, Transport& transport, std::vector<std::string> names,
             LiveCheckOptions options);

  // All complaints, a line each, in the order of the instances; none when the fleet will do. The
  // network is asked for only when everything else is in order, since the only way to learn it is
  // to make a wallet: one without a file, which is gone when it is closed.
  Awaitable<std::vector<std::string>> complaints();

  // Instances may have such a wallet open now: one that ends here owes them a close_wallet.
  bool makes_wallets() const { return makes_wallets_; }

 private:
  using Check = Awaitable<std::string> (LiveChecks::*)(InstanceId);

  Awaitable<void> check_all(Check check);
  Awaitable<void> check_next_ones(Check check);
  Awaitable<std::string> check_instance(InstanceId instance);
  Awaitable<std::string> check_network(InstanceId instance);
  Awaitable<CallResult<walletrpc::Answer>> ask(InstanceId instance, walletrpc::Request request);
  std::vector<std::string> found() const;
  void say(const std::string& line) const;

  Executor executor_;
  Clock& clock_;
  Transport& transport_;
  std::vector<std::string> names_;
  LiveCheckOptions options_;

  std::vector<std::string> complaint_;  // by instance, empty when there is none
  InstanceId next_ = 0;
  std::size_t workers_ = 0;
  bool makes_wallets_ = false;
  WaitList done_;
};

}  // namespace escrowstorm::sim
