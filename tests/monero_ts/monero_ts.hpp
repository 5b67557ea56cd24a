// The scripts of this folder, each a program that Node runs with URLs as its arguments.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {

class MoneroTs : public Sandbox {
 protected:
  MoneroTs();  // throws when monero-ts is not installed

  // The script passes, and meets no field that monero-ts does not know.
  void passes(const std::string& script, std::vector<std::string> arguments) const;

  // A program that is looked for in PATH.
  std::unique_ptr<Program> start_installed(const std::string& name,
                                           std::vector<std::string> arguments) const;
};

}  // namespace escrowstorm::e2e
