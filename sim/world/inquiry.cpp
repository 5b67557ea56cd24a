#include "sim/world/inquiry.hpp"

#include "base/walletrpc/error_code.hpp"
#include "coordinator/client/error_text.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

std::string in_words(const CallError& error) {
  const bool answered = error.kind == CallError::Kind::rpc_error;
  const std::string kind = answered ? std::to_string(error.code) : std::string(name_of(error.kind));
  if (error.message.empty()) return kind;
  return kind + (answered ? " " : ": ") + printable(coordinator::one_line(error.message));
}

bool no_wallet_open(const CallError& error) {
  return error.kind == CallError::Kind::rpc_error &&
         error.code == walletrpc::error_code::no_wallet_file;
}

}  // namespace escrowstorm::sim
