// Seam: what goes wrong with the commits of a coordinator. Asked twice for each, before it is
// written and when it is durable.
#pragma once

#include <optional>
#include <string>

#include "base/observer.hpp"

namespace escrowstorm::sim {

class CommitFaults {
 public:
  virtual ~CommitFaults() = default;

  // Why it fails, with nothing written; nothing when it does not.
  virtual std::optional<std::string> before_commit(EscrowId escrow) = 0;

  // Whether the coordinator never hears that it is durable, since it dies. The crash comes by
  // itself, as soon as this is over.
  virtual bool after_commit(EscrowId escrow) = 0;
};

}  // namespace escrowstorm::sim
