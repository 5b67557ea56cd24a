// Reads the text of a latency profile file: strict, every figure checked, nothing thrown.
//
//   {"label": "...", "unit": "ms", "based_on": "measured",
//    "methods": {"open_wallet": {"n": 3, "min": 1, "p50": 2, "p90": 3, "p99": 3, "max": 3,
//                                "cpu_p50": 1.5, "samples": [1, 2, 3]}}}
//
// Only "unit", "methods" and in it "p50" are required; docs/mock.md says what the others default
// to.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "mockrpc/latency/distribution.hpp"

namespace escrowstorm::mockrpc {

struct ProfileError {
  std::string line;  // place, key, what was expected
};

struct ProfileEntry {
  LatencyFigures figures;
  bool computing_known = false;  // the file has a cpu_p50
};

struct ProfileFile {
  std::string based_on;  // a shipped profile for what this one does not say; empty for none
  std::map<std::string, ProfileEntry> methods;
};

std::variant<ProfileFile, ProfileError> read_profile(std::string_view json,
                                                     std::string_view origin);

}  // namespace escrowstorm::mockrpc
