// Durations, rates, probabilities and amounts as scenario files write them: "250ms", "1.5s", "2m";
// "30/min"; "5%", "0.1%"; "0.003 XMR". Exact: whole nanoseconds, parts per million, atomic units,
// no floating point. Pure functions, any text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/amount.hpp"
#include "base/time.hpp"
#include "sim/scenario/text_form.hpp"
#include "sim/storm/arrival_spec.hpp"

namespace escrowstorm::sim {

inline constexpr Duration duration_max = std::chrono::hours(10'000);
inline constexpr std::uint32_t ppm_whole = 1'000'000;

// The unit is one of ns, us, ms, s, m, min, h. The error is one clause, what was expected.
std::variant<Duration, std::string> parse_duration(std::string_view text);

// The shortest text that parse_duration() reads as `d`. REQUIRES: 0 <= d <= duration_max.
std::string duration_key_text(Duration d);

// A whole number in each s, min (or m) or h. The error is one clause, what was expected.
std::variant<Rate, std::string> parse_rate(std::string_view text);

std::string rate_text(Rate rate);

// In parts per million, 1 to 1,000,000. The error is one clause, what was expected.
std::variant<std::uint32_t, std::string> parse_probability(std::string_view text);

std::string probability_text(std::uint32_t ppm);

// More than nothing, and at most a million XMR. The error is one clause, what was expected.
std::variant<Amount, std::string> parse_amount(std::string_view text);

std::string amount_text(Amount amount);

// What these take, as patterns. They refuse nothing that is taken; limits in figures they know only
// in part, of a duration's least no more than that it is not nothing.
TextForm duration_form(Duration min = Duration::zero());
TextForm rate_form();
TextForm probability_form();
TextForm amount_form();

}  // namespace escrowstorm::sim
