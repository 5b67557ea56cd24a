#include "coordinator/setup/start_over.hpp"

#include "base/walletrpc/error_code.hpp"
#include "coordinator/client/retry_rule.hpp"

namespace escrowstorm::coordinator {
namespace {

// What 0.18.0.0 answers for a locked file is the same as for any other that can't be opened.
bool cannot_open(Step step, const CallResult<walletrpc::Answer>& result) {
  return step == Step::open_wallet && !result &&
         result.error().code == walletrpc::error_code::unknown_error;
}

// Its disk is full, or does not let it write: another instance may have a disk of its own.
bool cannot_save(const CallResult<walletrpc::Answer>& result) {
  return !result && result.error().code == walletrpc::error_code::unknown_error &&
         result.error().message.find("failed to save file") != std::string::npos;
}

}  // namespace

bool is_fault_of_instance(Step step, const CallResult<walletrpc::Answer>& result, bool is_lost,
                          bool exclusive_slots) {
  if (!was_answered(result)) return true;
  return exclusive_slots && (is_lost || cannot_open(step, result) || cannot_save(result));
}

}  // namespace escrowstorm::coordinator
