#include "coordinator/client/retry_rule.hpp"

#include <algorithm>
#include <array>

#include "base/walletrpc/error_code.hpp"

namespace escrowstorm::coordinator {
namespace {

using namespace walletrpc;

// What is not named here is not: create and open would replace what is open, make and exchange
// are refused the second time and lose their message, an export spoils the nonces of the last.
constexpr std::array safe_methods{
    GetVersion::method,      GetLanguages::method, GetAddress::method,  ValidateAddress::method,
    QueryKey::method,        GetBalance::method,   GetAccounts::method, GetHeight::method,
    IsMultisig::method,      GetAttribute::method,
    SetAttribute::method,  // the same value again
    Store::method,
    PrepareMultisig::method,  // another signature, the same key: any copy works
};

}  // namespace

Duration backoff_after(int attempt) {
  return attempt == 1 ? std::chrono::milliseconds(50) : std::chrono::milliseconds(200);
}

bool is_safe_to_repeat(std::string_view method) {
  return std::find(safe_methods.begin(), safe_methods.end(), method) != safe_methods.end();
}

bool may_repeat(std::string_view method, const CallError& error) {
  switch (error.kind) {
    case CallError::Kind::refused:
      return true;
    case CallError::Kind::outcome_unknown:
    case CallError::Kind::deadline:
      return is_safe_to_repeat(method);
    case CallError::Kind::bad_answer:
    case CallError::Kind::rpc_error:
      return false;
  }
  return false;
}

bool was_answered(const CallResult<walletrpc::Answer>& result) {
  return result || result.error().kind == CallError::Kind::rpc_error;
}

bool is_closed(const CallResult<walletrpc::Answer>& close_wallet) {
  return close_wallet || (close_wallet.error().kind == CallError::Kind::rpc_error &&
                          close_wallet.error().code == walletrpc::error_code::no_wallet_file);
}

}  // namespace escrowstorm::coordinator
