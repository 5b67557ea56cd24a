#include "coordinator/client/error_text.hpp"

#include <algorithm>

namespace escrowstorm::coordinator {
namespace {

constexpr std::size_t text_bytes_max = 200;
constexpr std::size_t address_characters_shown = 10;
constexpr std::size_t word_characters_max = 64;  // a hash may be told; an address has 95

bool is_word_character(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string without_long_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto word_end = std::find_if_not(text.begin(), text.end(), is_word_character);
    const auto word = static_cast<std::size_t>(word_end - text.begin());
    if (word > word_characters_max)
      out.append(text.substr(0, address_characters_shown)).append("...");
    else
      out += text.substr(0, word);
    if (word < text.size()) out += text[word];
    text.remove_prefix(std::min(word + 1, text.size()));
  }
  return out;
}

bool continues_utf8(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string describe(const CallError& error) {
  if (error.kind == CallError::Kind::rpc_error)
    return std::to_string(error.code) + ' ' + one_line(error.message);
  std::string text(name_of(error.kind));
  if (!error.message.empty()) text += ": " + one_line(error.message);
  return text;
}

std::string one_line(std::string_view outside) {
  const std::string text = without_long_words(outside);
  std::size_t length = std::min(text.size(), text_bytes_max);
  const bool cut = length < text.size();
  while (cut && length > 0 && continues_utf8(text[length])) --length;  // not within a character
  std::string line = text.substr(0, length);
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  std::replace_if(line.begin(), line.end(), is_control, ' ');
  if (cut) line += "...";
  return line;
}

std::string shortened(std::string_view address) {
  if (address.size() <= address_characters_shown) return one_line(address);
  return one_line(address.substr(0, address_characters_shown)) + "...";
}

}  // namespace escrowstorm::coordinator
