// Makes up a session as it goes: mostly what a sensible client would do next to bring an escrow
// along, now and then what none should do. It knows only the requests and the answers of one side,
// whichever, and writes down what it does so that another side can be given the same.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "tests/differential/fleet.hpp"
#include "tests/differential/step.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::differential {

using test::stranger;

class Generator {
 public:
  // `with_money`: begins with the stock's ready wallets, whose address has money, and goes on to
  // spend it.
  Generator(std::uint64_t seed, bool with_money);

  Step next();
  void learn(const Step& step, const nlohmann::json& answer);

 private:
  enum class Stage : unsigned char { absent, fresh, prepared, made, exchanged, ready };
  static constexpr int roles = 3;
  static constexpr int nobody = -1;

  // What a role has come to, and what it said on the way.
  struct Wallet {
    Stage stage = Stage::absent;
    std::array<std::string, 6> messages;  // of the key exchange by stage, as later steps name them
    std::string info;                     // its last export
  };

  void begin();
  void begin_with_money(Sequence& steps) const;
  std::string wallet_name(int role) const { return "w" + std::to_string(role) + "_${run}"; }
  Wallet& wallet(int role) { return wallets_.at(static_cast<std::size_t>(role)); }
  static std::string& message(Wallet& of, Stage stage) {
    return of.messages.at(static_cast<std::size_t>(stage));
  }
  int& slot(int instance) { return slots_.at(static_cast<std::size_t>(instance)); }
  int instance_of(int role) const;

  Step sensible();
  Step bring_along(int role, int instance);
  Step money_step(int role, int instance);
  Step look();
  Step look_at_subaddresses();
  Step look_at_histories();
  Step mischief();
  Step mischief_with_files();
  Step mischief_with_messages();
  Step mischief_with_types();
  Step mischief_with_money();

  Step call(int at, std::string method, nlohmann::json params = nlohmann::json::object()) const;
  Step open(int role, int instance) const;
  Step exchange(int instance, std::vector<std::string> messages) const;
  Step transfer(int instance, std::uint64_t amount) const;
  std::vector<std::string> messages_of_others(int role, Stage stage) const;
  std::vector<std::string> infos_of_others(int role) const;
  std::string any_message();
  int any(int count) { return static_cast<int>(random_.below(static_cast<std::uint64_t>(count))); }
  bool chance(int percent) { return random_.chance(static_cast<std::uint64_t>(percent), 100); }
  bool may_be_dear();

  RandomStream random_;
  bool with_money_;
  std::vector<Step> prologue_;  // still to be played, last one first
  std::array<Wallet, roles> wallets_;
  std::array<int, instances> slots_;  // the role whose wallet is open
  std::vector<std::string> messages_;
  std::string txset_;   // of the last transfer
  std::string signed_;  // of the last signature
  std::string tx_hash_;
  int dear_left_ = 4;  // creates and opens cost a second of computing each
  std::size_t learned_ = 0;
};

}  // namespace escrowstorm::differential
