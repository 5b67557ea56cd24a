#include "mockrpc/keys/base58.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t block_bytes = 8;
constexpr std::size_t block_chars = 11;
constexpr std::array<std::size_t, block_bytes + 1> chars_of_bytes{0, 2, 3, 5, 6, 7, 9, 10, 11};

constexpr std::array<std::int8_t, 256> digits = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}();

void encode_block(std::string_view block, std::string& out) {
  std::uint64_t number = 0;
  for (const char c : block) number = number << 8 | static_cast<unsigned char>(c);
  const std::size_t chars = chars_of_bytes[block.size()];
  out.append(chars, alphabet.front());
  for (auto place = out.rbegin(); number > 0; ++place, number /= alphabet.size())
    *place = alphabet[number % alphabet.size()];
}

bool decode_block(std::string_view block, std::string& out) {
  const auto size = std::find(chars_of_bytes.begin(), chars_of_bytes.end(), block.size());
  if (size == chars_of_bytes.end()) return false;
  const auto bytes = static_cast<std::size_t>(size - chars_of_bytes.begin());

  std::uint64_t number = 0;
  std::uint64_t before = 0;  // without the last digit
  std::uint64_t last = 0;
  for (const char c : block) {
    const std::int8_t digit = digits[static_cast<unsigned char>(c)];
    if (digit < 0) return false;
    before = number;
    last = static_cast<std::uint64_t>(digit);
    number = number * alphabet.size() + last;
  }
  // Only the last digit of a full block can be too much: 58^10 < 2^59.
  if (before > (UINT64_MAX - last) / alphabet.size()) return false;
  if (bytes < block_bytes && number >> (8 * bytes) != 0) return false;

  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(number >> (8 * i)));
  return true;
}

}  // namespace

std::string base58_encode(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() / block_bytes * block_chars + block_chars);
  for (std::size_t i = 0; i < bytes.size(); i += block_bytes)
    encode_block(bytes.substr(i, block_bytes), text);
  return text;
}

std::optional<std::string> base58_decode(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / block_chars * block_bytes + block_bytes);
  for (std::size_t i = 0; i < text.size(); i += block_chars)
    if (!decode_block(text.substr(i, block_chars), bytes)) return std::nullopt;
  return bytes;
}

}  // namespace escrowstorm::mockrpc
