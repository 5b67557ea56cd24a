// How phases look in failed expectations.
#pragma once

#include <ostream>

#include "coordinator/setup/phase.hpp"

namespace escrowstorm::coordinator {

inline void PrintTo(Phase phase, std::ostream* out) { *out << name_of(phase); }

}  // namespace escrowstorm::coordinator
