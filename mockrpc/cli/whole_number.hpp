// Numbers on the command line. CLI11 by itself takes "-1" for 2^64 - 1 and "010" for 8.
#pragma once

#include <cstdint>

namespace CLI {
class Validator;
}

namespace escrowstorm::mockrpc {

// For an option's transform(): decimal digits and nothing else, within the range.
CLI::Validator whole_number(std::uint64_t least, std::uint64_t most);

}  // namespace escrowstorm::mockrpc
