// Both sides: plays the same session on the real fleet and on the mock and tells where they part.
// The fleets live as long as the arena; each session begins on the same chain.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/differential/compare.hpp"
#include "tests/differential/session.hpp"

namespace escrowstorm::differential {

// The first step that was answered differently.
struct Parting {
  std::size_t step = 0;
  std::string what;  // the step, the differences and both answers, for people
};

class Arena;

// One session on both. Made by Arena::begin(), one at a time.
class Match {
 public:
  Match(Arena& arena, const std::string& run);

  // Nothing when both answered alike. REQUIRES: no step before it was answered differently.
  std::optional<Parting> play(const Step& step);

  // What the mock answered last.
  const nlohmann::json& answer() const { return *answer_; }

 private:
  Arena& arena_;
  Session real_;
  Session mock_;
  const nlohmann::json* answer_ = nullptr;
  std::size_t steps_ = 0;
};

class Arena {
 public:
  Arena(std::unique_ptr<Fleet> real, std::unique_ptr<Fleet> mock);

  // SIGKILL to the process of an instance on both sides.
  void kill_and_restart(int instance);

  // With no wallet open, an empty pool, and the blocks of earlier sessions taken back.
  Match begin();

  // All of a sequence, until the first difference.
  std::optional<Parting> play(const Sequence& sequence);

  // Makes wallet files that sessions copy, on both sides: stock_STAGE_ROLE, with the messages that
  // ended that stage as ${stock:STAGE_ROLE}. STAGE is fresh (which has no message),
  // prepared, made, exchanged or ready.
  void lay_in_stock();

  // One output for the stock's ready wallets, spendable, and others enough to hide among. One, for
  // the real one chooses by chance.
  void fund_stock();

 private:
  friend class Match;

  std::unique_ptr<Fleet> real_;
  std::unique_ptr<Fleet> mock_;
  Stock real_stock_;
  Stock mock_stock_;
  Tolerance tolerance_;
  std::uint64_t blocks_ = 0;  // of the chain that sessions begin on; 0: no money, no blocks
  int sessions_ = 0;
};

// Steps left out while the two still part, as few as that gets. Costs a session for each try.
Sequence shrunk(Arena& arena, Sequence sequence, int tries);

}  // namespace escrowstorm::differential
