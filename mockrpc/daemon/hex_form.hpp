// Hashes and keys as the daemon's calls write and read them. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mockrpc/keys/hex.hpp"
#include "mockrpc/keys/scalar.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

inline std::string hex_of(const Bytes32& bytes) { return to_hex(view_of(bytes)); }

// Nothing on what is no hex or not of this size.
std::optional<Bytes32> parse_hash(std::string_view hex);

// "0x1f"
std::string wide(std::uint64_t number);

}  // namespace escrowstorm::mockrpc::daemonrpc
