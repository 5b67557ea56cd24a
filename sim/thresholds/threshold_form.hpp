// What a threshold has to look like, for those who can't ask Threshold::parse(). Refuses nothing
// that it takes. Each part stands beside what reads it.
#pragma once

#include <string>

#include "sim/scenario/text_form.hpp"

namespace escrowstorm::sim {

TextForm threshold_form();  // threshold.cpp

// Regular expressions: for the paths of all metrics, and for the words of a selection.
std::string metric_pattern();     // metric.cpp
std::string selection_pattern();  // selection.cpp

}  // namespace escrowstorm::sim
