// junit.xml: a run as a test suite, as CI systems show it. A pure function.
#pragma once

#include <string>

#include "sim/metrics/summary.hpp"

namespace escrowstorm::sim {

// A test case for each verdict. Whatever comes from outside is escaped, and what XML can't hold
// becomes '?'.
std::string junit_xml(const Summary& summary);

}  // namespace escrowstorm::sim
