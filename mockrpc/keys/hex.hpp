// Lower-case hex, as the RPC writes keys and infos; either case is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::mockrpc {

std::string to_hex(std::string_view bytes);

// Nothing on an odd length or a foreign character.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace escrowstorm::mockrpc
