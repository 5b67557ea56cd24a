// Monero's English word list for seeds: 1626 words, in their order, which is that of the numbers
// they stand for.
#pragma once

#include <string_view>

namespace escrowstorm::mockrpc {

extern const std::string_view english_words;

}  // namespace escrowstorm::mockrpc
