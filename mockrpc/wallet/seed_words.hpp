// A wallet's secret as 25 words. The arithmetic is monero's, three words for four bytes and one
// word repeated as a checksum; the words are not: each is a number below 1626 in four letters
// ("lusa"), for every language. They restore nothing anywhere else.
#pragma once

#include <string>

#include "mockrpc/keys/scalar.hpp"

namespace escrowstorm::mockrpc {

std::string seed_words(const Scalar& secret);

}  // namespace escrowstorm::mockrpc
