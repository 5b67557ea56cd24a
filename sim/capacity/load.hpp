// A load: so many escrows at once, or so many asked for in a time; and the scenario that carries
// it. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

enum class LoadKind : unsigned char { at_once, per_minute };

struct Load {
  LoadKind kind = LoadKind::at_once;
  std::uint64_t size = 1;  // at once; or in each hour, so that a few in a minute are whole too

  double per_minute() const { return static_cast<double>(size) / 60; }

  friend bool operator==(const Load&, const Load&) = default;
};

// "10", "592", "2.4".
std::string size_text(const Load& load);

// "10 at once", "592 a minute", "2.4 a minute".
std::string load_text(const Load& load);

// The most that can be written as a load of that kind.
std::uint64_t load_size_max(LoadKind kind);

struct LoadLength {
  std::optional<std::uint32_t> escrows;  // in all; nothing: as many as it takes to be steady
  Duration setup{};                      // about how long one takes
  Duration life{};                       // and to the end of its journey
};

// Where that would be too many, a load per minute is over before it is steady.
inline constexpr std::uint32_t steady_escrows_max = 2000;

// At once: a closed storm of so many users, with the scenario's think time. Per minute: an open one
// of that rate, by chance where the scenario's arrivals are (poisson), else evenly; the limit of
// escrows under way stays where the scenario's storm is open and has one.
Scenario with_load(Scenario scenario, const Load& load, const LoadLength& length);

// How long the escrows of a load per minute come. Nothing where that is as long as it takes.
std::optional<Duration> too_short(const Load& load, const LoadLength& length);

}  // namespace escrowstorm::sim
