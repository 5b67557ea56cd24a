#include "sim/scenario/arrival_times.hpp"

#include <algorithm>
#include <system_error>

#include "sim/report/wording.hpp"
#include "sim/scenario/arrival_keys.hpp"
#include "sim/scenario/quantities.hpp"
#include "sim/scenario/text_file.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t kib_max = 16 * 1024;

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  line = line.substr(0, line.find('#'));
  const auto begin = line.find_first_not_of(blanks);
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(blanks) - begin + 1);
}

// The time of a line, or what is wrong with it.
std::variant<Duration, std::string> time_of(std::string_view line,
                                            const std::vector<Duration>& before) {
  auto parsed = parse_duration(line);
  if (const auto* expected = std::get_if<std::string>(&parsed))
    return "expected " + *expected + ", found " + in_quotes(line);
  const Duration time = std::get<Duration>(parsed);
  if (!before.empty() && time < before.back())
    return "is before the time above it: " + in_quotes(line);
  if (before.size() == escrows_max)
    return "one time too many: at most " + std::to_string(escrows_max);
  return time;
}

}  // namespace

std::variant<std::vector<Duration>, std::string> parse_arrival_times(std::string_view text,
                                                                     std::string_view name) {
  std::vector<Duration> times;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    auto time = time_of(line, times);
    if (const auto* wrong = std::get_if<std::string>(&time))
      return printable(name) + ":" + std::to_string(number) + ": " + *wrong;
    times.push_back(std::get<Duration>(time));
  }
  if (times.empty()) return printable(name) + ": has no time in it, expected one a line";
  return times;
}

std::variant<std::vector<Duration>, std::string> load_arrival_times(
    const std::filesystem::path& file) {
  const std::string name = printable(file.string());
  std::error_code failed;
  // A pipe that nobody writes to would be waited for.
  if (std::filesystem::exists(file, failed) && !std::filesystem::is_directory(file, failed) &&
      !std::filesystem::is_regular_file(file, failed))
    return name + ": is no regular file";
  std::string text;
  if (const auto wrong = read_text_file(file, kib_max, text)) return name + ": " + *wrong;
  return parse_arrival_times(text, file.string());
}

}  // namespace escrowstorm::sim
