// Seam: what a storm drives. The coordinator in process now, a service behind REST later.
#pragma once

#include <string>

#include "base/async.hpp"
#include "base/observer.hpp"

namespace escrowstorm::sim {

struct EscrowResult {
  bool ready = false;
  std::string address;
  std::string failure;
};

class Target {
 public:
  virtual ~Target() = default;

  // One escrow from the request to the published address, or to its failure.
  virtual Awaitable<EscrowResult> set_up(EscrowId id) = 0;
};

}  // namespace escrowstorm::sim
