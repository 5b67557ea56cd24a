// The terminal behind stderr, where progress goes.
#pragma once

#include <cstddef>

namespace escrowstorm::sim {

bool stderr_is_terminal();

// In columns; 80 when it can't be told.
std::size_t terminal_width();

}  // namespace escrowstorm::sim
