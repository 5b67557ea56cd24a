// Blocks of a monerod on regtest, by its generateblocks.
#pragma once

#include "base/clock.hpp"
#include "base/http/access.hpp"
#include "base/http/url.hpp"
#include "sim/world/miner.hpp"

namespace escrowstorm::sim {

class NodeMiner final : public Miner {
 public:
  // The clock outlives it.
  NodeMiner(Executor executor, Clock& clock, http::Endpoint daemon, http::Access access = {})
      : executor_(std::move(executor)),
        clock_(clock),
        daemon_(std::move(daemon)),
        access_(std::move(access)) {}

  Awaitable<BankResult<std::uint64_t>> mine(std::string address, std::uint64_t blocks) override;

 private:
  Executor executor_;
  Clock& clock_;
  http::Endpoint daemon_;
  http::Access access_;
};

}  // namespace escrowstorm::sim
