#include "tests/monero_ts/monero_ts.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <optional>
#include <stdexcept>

#include "sim/process/child_process.hpp"

namespace escrowstorm::e2e {

using testing::HasSubstr;
using testing::Not;

MoneroTs::MoneroTs() {
  if (!std::filesystem::exists(source_path("tests/monero_ts/node_modules/monero-ts"))) {
    throw std::runtime_error("monero-ts is not installed: npm ci, in tests/monero_ts");
  }
}

void MoneroTs::passes(const std::string& script, std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), source_path("tests/monero_ts/" + script));
  const auto program = start_installed("node", std::move(arguments));
  EXPECT_EQ(program->wait(), 0) << program->out() << program->err();
  EXPECT_THAT(program->out(), Not(HasSubstr("WARNING")));
}

std::unique_ptr<Program> MoneroTs::start_installed(const std::string& name,
                                                   std::vector<std::string> arguments) const {
  const auto path = sim::find_program(name, std::nullopt);
  if (!path) throw std::runtime_error(name + " is not installed");
  Program::Start how;
  how.program = *path;
  how.arguments = std::move(arguments);
  how.folder = folder();
  how.environment["TMPDIR"] = tmpdir().string();
  how.environment["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";  // certificates of the RPCs' own making
  return std::make_unique<Program>(how);
}

}  // namespace escrowstorm::e2e
