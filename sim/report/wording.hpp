// What lines for people are made of: text from outside made harmless, durations, and a guess at
// what a misspelt name should have been. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace escrowstorm::sim {

bool is_utf8(std::string_view text);

// `text` fit for one line of a terminal: control characters and bytes that are no UTF-8 become '?',
// and what goes beyond `bytes_max` becomes "...".
std::string printable(std::string_view text, std::size_t bytes_max = 200);

// printable() in double quotes.
std::string in_quotes(std::string_view text);

// The known name that `word` is most likely a misspelling of.
std::optional<std::string_view> closest(std::string_view word,
                                        std::span<const std::string_view> known);

// `did you mean "instances"?`, or `expected one of "a", "b"` when nothing is close.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

// "1 step", "2 steps".
std::string counted(std::size_t count, std::string_view one);

// As printf has it, of one number: formatted("%.1f", 2.25). No more than 63 characters.
std::string formatted(const char* format, double number);

// "0.42 ms", "215 ms", "12.34 s", "1234 s".
std::string duration_text(Duration d);

}  // namespace escrowstorm::sim
