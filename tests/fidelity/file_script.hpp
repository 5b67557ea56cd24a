// Performs what tests/data/files/README.md describes: calls to three wallet RPC programs, and
// operations on their folder and on themselves, one a line. Each line is answered with what was
// seen, in words that are the same on any machine: DIR for the folder, <0>, <1>, ... for the
// addresses in the order of their appearance.
#pragma once

#include <map>
#include <string>

#include "tests/fidelity/wallet_programs.hpp"

namespace escrowstorm::fidelity {

class FileScript {
 public:
  explicit FileScript(WalletPrograms& programs) : programs_(programs) {}

  // Throws std::exception when the line makes no sense or what it says can't be done.
  std::string perform(const std::string& line);

 private:
  std::string call(std::size_t instance, const std::string& rest);
  std::string operate(const std::string& line);
  std::string tidy(const std::string& text);

  WalletPrograms& programs_;
  std::map<std::string, std::string> messages_;   // of the key exchange, by the name after "->"
  std::map<std::string, std::string> addresses_;  // <0>, <1>, ...
};

}  // namespace escrowstorm::fidelity
