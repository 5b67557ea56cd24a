#include "sim/capacity/load.hpp"

#include <algorithm>
#include <ratio>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* closed_kind = "closed";
constexpr const char* even_kind = "constant";
constexpr const char* by_chance_kind = "poisson";

// A percentile needs as many; and what was there at first is not what is there in the long run.
constexpr std::uint64_t load_escrows_min = 120;
constexpr std::uint64_t at_once_most = 20'000;
constexpr std::uint64_t turns_of_a_user = 4;
constexpr int setups_behind_each_other = 6;
constexpr int lives_behind_each_other = 3;

Duration steady_span(const LoadLength& length) {
  return std::max(setups_behind_each_other * length.setup, lives_behind_each_other * length.life);
}

std::uint32_t escrows_of(const Load& load, const LoadLength& length) {
  const auto at_least = [](std::uint64_t least, double wanted) {
    return static_cast<std::uint32_t>(std::max(static_cast<double>(least), wanted));
  };
  if (load.kind == LoadKind::at_once)
    return length.escrows
               ? at_least(load.size, *length.escrows)
               : at_least(load_escrows_min, static_cast<double>(turns_of_a_user * load.size));
  if (length.escrows) return *length.escrows;
  const double hours = std::chrono::duration<double, std::ratio<3600>>(steady_span(length)).count();
  return at_least(load_escrows_min,
                  std::min<double>(static_cast<double>(load.size) * hours, steady_escrows_max));
}

Duration span_of(const Load& load, std::uint32_t escrows) {
  return Duration(std::chrono::hours(escrows)) / static_cast<std::int64_t>(load.size);
}

}  // namespace

std::string size_text(const Load& load) {
  if (load.kind == LoadKind::at_once) return std::to_string(load.size);
  constexpr double shown_whole = 100;
  return formatted(load.per_minute() < shown_whole ? "%.1f" : "%.0f", load.per_minute());
}

std::string load_text(const Load& load) {
  return size_text(load) + (load.kind == LoadKind::at_once ? " at once" : " a minute");
}

std::uint64_t load_size_max(LoadKind kind) {
  return kind == LoadKind::at_once ? at_once_most : UINT32_MAX;
}

Scenario with_load(Scenario scenario, const Load& load, const LoadLength& length) {
  StormSection& storm = scenario.storm;
  const bool was_open = storm.arrivals.kind != closed_kind;
  storm.escrows = escrows_of(load, length);
  ArrivalSpec arrivals;
  if (load.kind == LoadKind::at_once) {
    arrivals.think_time = storm.arrivals.think_time;
    storm.concurrency = static_cast<std::uint32_t>(load.size);
  } else {
    arrivals.kind = storm.arrivals.kind == by_chance_kind ? by_chance_kind : even_kind;
    arrivals.rate = {static_cast<std::uint32_t>(load.size), std::chrono::hours(1)};
    if (!was_open) storm.concurrency = std::nullopt;
    // Trouble lasts as long as escrows come.
    scenario.calm.at = std::max(scenario.calm.at, span_of(load, storm.escrows));
  }
  storm.arrivals = arrivals;
  return scenario;
}

std::optional<Duration> too_short(const Load& load, const LoadLength& length) {
  const Duration span = span_of(load, escrows_of(load, length));
  const Duration rounding = steady_span(length) / 20;
  return span + rounding < steady_span(length) ? std::optional(span) : std::nullopt;
}

}  // namespace escrowstorm::sim
