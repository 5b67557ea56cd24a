// Whether a daemon that somebody else runs is a monerod on regtest, which makes blocks when asked.
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/http/access.hpp"
#include "base/http/url.hpp"

namespace escrowstorm::sim {

// What is wrong with it, in one clause for behind its name; nothing when nothing is. The clock
// outlives the call.
Awaitable<std::optional<std::string>> regtest_daemon_complaint(Executor executor, Clock& clock,
                                                               http::Endpoint daemon,
                                                               http::Access access);

}  // namespace escrowstorm::sim
