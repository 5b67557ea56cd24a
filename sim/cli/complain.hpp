// A line about what went wrong, as all commands write it.
#pragma once

#include <ostream>
#include <string_view>

namespace escrowstorm::sim {

inline void complain(std::ostream& err, std::string_view what) {
  err << "escrowstorm: " << what << '\n' << std::flush;
}

}  // namespace escrowstorm::sim
