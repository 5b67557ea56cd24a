// A wallet's secret as the 25 words that monero writes it in: three words for four bytes and one of
// them again as a checksum (src/mnemonics/electrum-words.cpp). English words, for every language.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mockrpc/keys/scalar.hpp"

namespace escrowstorm::mockrpc {

struct SeedWords {
  Bytes32 bytes{};
  bool old_style = false;  // 24 words, without the checksum
};

std::string seed_words(const Bytes32& bytes);

// In either case; of each word its first three letters count. Nothing when they are no seed.
std::optional<SeedWords> read_seed_words(std::string_view words);

}  // namespace escrowstorm::mockrpc
