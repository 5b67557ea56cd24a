// The phases of the events that tell of the end of a fault; those of faults are their names.
#pragma once

#include <string_view>

namespace escrowstorm::sim::fault_phase {

inline constexpr std::string_view wallet_restart = "wallet_restart";
inline constexpr std::string_view wallet_resume = "wallet_resume";
inline constexpr std::string_view coordinator_restart = "coordinator_restart";
inline constexpr std::string_view coordinator_resume = "coordinator_resume";
inline constexpr std::string_view port_open = "port_open";
inline constexpr std::string_view cache_cured = "cache_cured";
inline constexpr std::string_view disk_has_room = "disk_has_room";
inline constexpr std::string_view file_unlocked = "file_unlocked";
inline constexpr std::string_view daemon_back = "daemon_back";
inline constexpr std::string_view daemon_caught_up = "daemon_caught_up";
inline constexpr std::string_view blocks_again = "blocks_again";

}  // namespace escrowstorm::sim::fault_phase
