// Which calls may be repeated after which error, and which instances are to be trusted after it:
// the one place that says so. Plain decisions.
#pragma once

#include <string_view>

#include "base/transport.hpp"

namespace escrowstorm::coordinator {

inline constexpr int attempts_max = 3;

// How long to wait after the attempt of that number (1, 2, ...) before the next.
Duration backoff_after(int attempt);

// Known to do no harm when it runs twice: reads, and writes that leave the same behind.
bool is_safe_to_repeat(std::string_view method);

// Whether a call that ended with `error` may be sent again: always when it was never sent, when
// its outcome is unknown only if running twice is safe, never when it was answered.
bool may_repeat(std::string_view method, const CallError& error);

// Whether the wallet RPC itself answered, if only to refuse. If not, the call may still run there,
// and those that wait behind it.
bool was_answered(const CallResult<walletrpc::Answer>& result);

// Whether after this answer to close_wallet none is open. Any other error may mean that the wallet
// is open still, and its file locked.
bool is_closed(const CallResult<walletrpc::Answer>& close_wallet);

}  // namespace escrowstorm::coordinator
