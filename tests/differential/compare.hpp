// Where two normalized answers are not the same. Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace escrowstorm::differential {

struct Tolerance {
  // Once money has been spent, amounts differ by what chance did to fees. Atomic units; 0: not at
  // all.
  std::uint64_t amount = 0;
  // And an output is the first or the second of its transaction.
  std::uint64_t place = 0;
};

// A clause each: "balance: real 5, mock 6".
std::vector<std::string> differences(const nlohmann::json& real, const nlohmann::json& mock,
                                     Tolerance tolerance);

}  // namespace escrowstorm::differential
