// Which part of a run a threshold looks at: calls for one role or of one phase, and what was told
// within a window of time. As a threshold writes it: "role buyer phase make from 2m until 5m".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/observer.hpp"

namespace escrowstorm::sim {

struct Selection {
  std::optional<Role> role;
  std::string phase;  // of calls; empty: any
  Duration from{};    // since the world began
  std::optional<Duration> until;

  // Where the first of its words begins in `text`, npos when it has none.
  static std::size_t begin_in(std::string_view text);

  // Words in any order, each at most once; no words are all. The error is one clause.
  static std::variant<Selection, std::string> parse(std::string_view text);

  bool takes_all() const { return *this == Selection(); }
  bool picks_calls() const { return role || !phase.empty(); }

  // In the order above, each behind a blank; empty when it takes all.
  std::string text() const;

  // By when the event was told: what it tells of has ended then.
  bool takes(const Event& event) const;

  friend bool operator==(const Selection&, const Selection&) = default;
};

}  // namespace escrowstorm::sim
