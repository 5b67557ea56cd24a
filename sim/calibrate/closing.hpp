// How a wallet is closed that a calibration which ended early may have left open.
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/transport.hpp"

namespace escrowstorm::sim {

// Unless another's is open by now: `label` is what was put into ours, empty: nothing yet. Why it
// may still be open, in one clause; nothing when it is not. An instance that is busy with what was
// asked of it before closes it thereafter. The references outlive the call.
Awaitable<std::optional<std::string>> close_ours(Transport& transport, Clock& clock,
                                                 InstanceId instance, std::string label);

}  // namespace escrowstorm::sim
