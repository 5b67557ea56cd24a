#include "mockrpc/wallet/seed_words.hpp"

#include <numeric>
#include <vector>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint32_t word_count = 1626;

// Eleven bits: consonant, vowel, consonant, vowel.
std::string word_of(std::uint32_t number) {
  constexpr std::string_view consonants = "bdfghjklmnprstvz";
  constexpr std::string_view vowels = "aeiu";
  return {consonants[number & 15], vowels[number >> 4 & 3], consonants[number >> 6 & 15],
          vowels[number >> 10 & 3]};
}

std::vector<std::uint32_t> word_numbers(const Scalar& secret) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < secret.bytes.size(); i += 4) {
    std::uint32_t value = 0;
    for (std::size_t j = 4; j-- > 0;) value = value << 8 | secret.bytes[i + j];
    const std::uint32_t first = value % word_count;
    const std::uint32_t second = (value / word_count + first) % word_count;
    const std::uint32_t third = (value / word_count / word_count + second) % word_count;
    numbers.insert(numbers.end(), {first, second, third});
  }
  return numbers;
}

}  // namespace

std::string seed_words(const Scalar& secret) {
  std::vector<std::uint32_t> numbers = word_numbers(secret);
  const std::uint32_t sum = std::accumulate(numbers.begin(), numbers.end(), 0u);
  numbers.push_back(numbers[sum % numbers.size()]);

  std::string words;
  for (const std::uint32_t number : numbers) {
    if (!words.empty()) words.push_back(' ');
    words += word_of(number);
  }
  return words;
}

}  // namespace escrowstorm::mockrpc
