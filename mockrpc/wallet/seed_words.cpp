#include "mockrpc/wallet/seed_words.hpp"

#include <algorithm>
#include <array>
#include <boost/crc.hpp>
#include <map>
#include <vector>

#include "mockrpc/wallet/english_words.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint32_t word_count = 1626;
constexpr std::size_t prefix_size = 3;  // tells words apart
constexpr std::size_t seed_size = 24;

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space)
      words.back().push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string_view prefix_of(std::string_view word) { return word.substr(0, prefix_size); }

// Which of the words the checksum repeats.
std::size_t checksum_place(const std::vector<std::string>& words) {
  boost::crc_32_type crc;
  for (std::size_t i = 0; i < seed_size; ++i) {
    const std::string_view prefix = prefix_of(words[i]);
    crc.process_bytes(prefix.data(), prefix.size());
  }
  return crc.checksum() % seed_size;
}

void append_words(std::uint32_t value, const std::vector<std::string>& list,
                  std::vector<std::string>& words) {
  const std::uint32_t first = value % word_count;
  const std::uint32_t second = (value / word_count + first) % word_count;
  const std::uint32_t third = (value / word_count / word_count + second) % word_count;
  for (const std::uint32_t number : {first, second, third}) words.push_back(list[number]);
}

// Nothing for numbers that no value has.
std::optional<std::uint32_t> value_of(std::uint32_t first, std::uint32_t second,
                                      std::uint32_t third) {
  const std::uint64_t middle = (word_count - first + second) % word_count;
  const std::uint64_t high = (word_count - second + third) % word_count;
  const std::uint64_t value = first + word_count * (middle + word_count * high);
  if (value >> 32 != 0) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

std::optional<std::vector<std::uint32_t>> numbers_of(const std::vector<std::string>& words) {
  std::map<std::string, std::uint32_t, std::less<>> by_prefix;
  std::uint32_t number = 0;
  for (const std::string& word : split(english_words)) by_prefix.emplace(prefix_of(word), number++);
  std::vector<std::uint32_t> numbers;
  for (const std::string& word : words) {
    const auto found = by_prefix.find(prefix_of(word));
    if (found == by_prefix.end()) return std::nullopt;
    numbers.push_back(found->second);
  }
  return numbers;
}

}  // namespace

std::string seed_words(const Bytes32& bytes) {
  const std::vector<std::string> list = split(english_words);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    std::uint32_t value = 0;
    for (std::size_t j = 4; j-- > 0;) value = value << 8 | bytes[i + j];
    append_words(value, list, words);
  }
  words.push_back(words[checksum_place(words)]);

  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text.push_back(' ');
    text += word;
  }
  return text;
}

std::optional<SeedWords> read_seed_words(std::string_view text) {
  const std::vector<std::string> words = split(text);
  if (words.size() != seed_size && words.size() != seed_size + 1) return std::nullopt;
  const auto numbers = numbers_of(words);
  if (!numbers) return std::nullopt;
  SeedWords seed;
  seed.old_style = words.size() == seed_size;
  if (!seed.old_style && prefix_of(words[checksum_place(words)]) != prefix_of(words.back()))
    return std::nullopt;
  for (std::size_t i = 0; i < seed_size / 3; ++i) {
    const auto value = value_of((*numbers)[3 * i], (*numbers)[3 * i + 1], (*numbers)[3 * i + 2]);
    if (!value) return std::nullopt;
    for (std::size_t j = 0; j < 4; ++j)
      seed.bytes[4 * i + j] = static_cast<unsigned char>(*value >> (8 * j));
  }
  return seed;
}

}  // namespace escrowstorm::mockrpc
