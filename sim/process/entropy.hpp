// The one place of the harness that asks the machine for chance. A live fleet outlives the run, and
// its wallets are told apart by name only: two runs with the same seed must not name them alike.
// Nothing that a run measures or decides may depend on it; for that there is base/random.hpp.
#pragma once

#include <string>

namespace escrowstorm::sim {

// 16 hex digits, different each time. Throws std::system_error.
std::string unique_id();

}  // namespace escrowstorm::sim
