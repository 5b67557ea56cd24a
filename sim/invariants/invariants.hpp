// The table of invariants. To add one: a class in a file of its name here, and a line in
// invariants.cpp.
#pragma once

#include <memory>
#include <span>

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

struct InvariantKind {
  std::string_view name;
  std::string_view about;
  bool needs_ledger;  // so it is judged in the virtual and the mock world only
  std::unique_ptr<Invariant> (*make)(const InvariantScope& scope);
};

std::span<const InvariantKind> invariants();

}  // namespace escrowstorm::sim
