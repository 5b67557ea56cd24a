// The table of faults, by the name they have in a scenario. The scenario's reader and writer go by
// it too. To add one: a file for it here with its name, derived from Fault, a line in table.cpp,
// and a paragraph in docs/faults.md; a parameter that no other has also goes into FaultParameters,
// the reader and the writer.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "sim/scenario/fault_spec.hpp"

namespace escrowstorm::sim {

class Fault;

// What it acts on: call and commit are only decided about, the others are parts of the world.
enum class FaultTarget : unsigned char { call, commit, instance, wallet, world, coordinator };

struct FaultKind {
  std::string_view name;
  std::string_view about;
  FaultTarget target;
  std::span<const std::string_view> keys;      // its own: every fault has the trigger's too
  std::span<const std::string_view> required;  // those of its keys that have no default
  FaultParameters (*defaults)();
  std::unique_ptr<Fault> (*make)(const FaultParameters& parameters);
  std::span<const CrashWhen> moments = all_crash_whens;  // that its key "when" may name
  std::string_view only_method{};  // it acts on calls of this one, always; empty: not so

  // Rather than deciding about calls or commits alone; it may do so at a time, without a call.
  bool acts_on_world() const {
    return target != FaultTarget::call && target != FaultTarget::commit;
  }
};

std::span<const FaultKind> fault_kinds();

// Nothing when no fault has that name.
const FaultKind* find_fault_kind(std::string_view name);

}  // namespace escrowstorm::sim
