#include "mockrpc/cli/whole_number.hpp"

#include <CLI/CLI.hpp>
#include <charconv>

namespace escrowstorm::mockrpc {

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  const auto read = [least, most](std::string& text) -> std::string {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    if (result.ec != std::errc() || result.ptr != end || number < least || number > most)
      return "'" + text + "', expected a whole number from " + std::to_string(least) + " to " +
             std::to_string(most);
    text = std::to_string(number);
    return {};
  };
  return CLI::Validator(read, "");  // the range is said where it is broken, not in --help
}

}  // namespace escrowstorm::mockrpc
