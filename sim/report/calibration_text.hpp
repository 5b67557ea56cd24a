// What a calibration says: fleet and mock side by side, what was not measured, what was left
// behind. Pure functions.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sim/calibrate/side_by_side.hpp"

namespace escrowstorm::sim {

struct CalibrationReport {
  SideBySide both;
  std::string fleet;  // "3 wallet RPCs of Monero 0.18.5.1"
  std::uint64_t rounds = 0;
  std::uint64_t mock_rounds = 0;
  bool with_money = false;
  std::string profile;        // its path
  std::string wallet_prefix;  // of the wallets that are left behind
};

std::string calibration_table(const CalibrationReport& report);

// Of the wallets that so many rounds have left behind; nothing when there are none.
std::string wallets_line(const std::string& prefix, std::uint64_t rounds);

// The same as the table for programs: durations in ms.
nlohmann::ordered_json to_json(const CalibrationReport& report);

}  // namespace escrowstorm::sim
