// How long wallets stay open after they were used: a policy.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/time.hpp"

namespace escrowstorm::coordinator {

enum class SessionPolicy : unsigned char {
  session,        // open for whoever comes next, until others need the instances or time is up
  open_per_step,  // closed after each use
  last_wins,      // as session, but who comes while another opens opens too, and the last one is
                  // kept: the others' instances are never given back. Kept to be replayed.
};

inline constexpr std::array all_session_policies{
    SessionPolicy::session, SessionPolicy::open_per_step, SessionPolicy::last_wins};

constexpr std::string_view name_of(SessionPolicy policy) {
  constexpr std::array<std::string_view, all_session_policies.size()> names{
      "session", "open_per_step", "last_wins"};
  return names[static_cast<std::size_t>(policy)];
}

struct SessionOptions {
  SessionPolicy policy = SessionPolicy::session;
  Duration time_to_live = std::chrono::minutes(5);  // since it was used last
  std::uint32_t sessions_max = 0;                   // 0: as many as the instances carry

  friend bool operator==(const SessionOptions&, const SessionOptions&) = default;
};

}  // namespace escrowstorm::coordinator
