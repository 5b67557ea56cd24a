// One side of a session: plays steps on a fleet and keeps their answers, so that later steps can
// name them.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/differential/fleet.hpp"
#include "tests/differential/normalizer.hpp"
#include "tests/differential/step.hpp"

namespace escrowstorm::differential {

// Texts that a side has before a session begins, by name: ${stock:NAME}.
using Stock = std::map<std::string, std::string>;

class Session {
 public:
  // References outlive it. `run`: what ${run} stands for.
  Session(Fleet& fleet, const Stock& stock, std::string run)
      : fleet_(fleet),
        stock_(stock),
        run_(std::move(run)),
        normalizer_(fleet.wallet_dir().string()) {}

  // The answer, as Fleet::call gives it; nothing (null) for a copy.
  const nlohmann::json& play(const Step& step);

  // The last answer, normalized.
  nlohmann::json last() { return normalizer_.normalized(answers_.back()); }

 private:
  std::string value_of(std::string_view name) const;

  Fleet& fleet_;
  const Stock& stock_;
  std::string run_;
  Normalizer normalizer_;
  std::vector<nlohmann::json> answers_;
};

}  // namespace escrowstorm::differential
