// How the set-up of one escrow ended.
#pragma once

#include <string>

namespace escrowstorm::coordinator {

struct SetupOutcome {
  bool ready = false;
  std::string address;  // published: when ready, or when published before the end
  std::string failure;  // one clause, when not: "buyer: make_multisig on instance 3: -28 ..."

  friend bool operator==(const SetupOutcome&, const SetupOutcome&) = default;
};

}  // namespace escrowstorm::coordinator
