// What becomes of wallet files: recorded with the real wallet RPC, performed again with it and with
// the mock, line by line.
#include <gtest/gtest.h>

#include <fstream>
#include <optional>

#include "sim/process/child_process.hpp"
#include "tests/fidelity/file_script.hpp"

namespace escrowstorm::fidelity {
namespace {

namespace fs = std::filesystem;

const fs::path scripts = fs::path(ESCROWSTORM_SOURCE_DIR) / "tests/data/files";

std::vector<std::string> script_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(scripts))
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> lines_of(const std::string& name) {
  std::ifstream in(scripts / (name + ".txt"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  return lines;
}

using Arguments = std::vector<std::string>;

// "flags --stagenet" may be the first line.
Arguments take_flags(std::vector<std::string>& lines) {
  constexpr std::string_view flags = "flags ";
  if (lines.empty() || !lines.front().starts_with(flags)) return {};
  Arguments taken{lines.front().substr(flags.size())};
  lines.erase(lines.begin());
  return taken;
}

void expect_as_recorded(const fs::path& program, Arguments arguments, const std::string& name) {
  std::vector<std::string> lines = lines_of(name);
  ASSERT_FALSE(lines.empty());
  for (std::string& flag : take_flags(lines)) arguments.push_back(std::move(flag));
  WalletPrograms programs(program, std::move(arguments));
  FileScript script(programs);
  constexpr std::string_view says = " => ";
  for (const std::string& line : lines) {
    const std::size_t end = line.find(says);
    const std::string recorded = end == line.npos ? "" : line.substr(end + says.size());
    EXPECT_EQ(script.perform(line.substr(0, end)), recorded) << line.substr(0, end);
  }
}

class WalletFiles : public testing::TestWithParam<std::string> {};

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Mock, WalletFiles, testing::ValuesIn(script_names()), test_name);

TEST_P(WalletFiles, AreWhatTheRecordingSays) {
  expect_as_recorded(fs::path(ESCROWSTORM_BIN_DIR) / "mock-wallet-rpc", {"--emulate", "0.18.0.0"},
                     GetParam());
}

class RealWalletFiles : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Programs, RealWalletFiles, testing::ValuesIn(script_names()), test_name);

TEST_P(RealWalletFiles, AreWhatTheRecordingSays) {
  const std::optional<fs::path> program = sim::find_program("monero-wallet-rpc", std::nullopt);
  ASSERT_TRUE(program) << "monero-wallet-rpc is not installed";
  expect_as_recorded(*program,
                     {"--offline", "--disable-rpc-login", "--rpc-ssl", "disabled", "--daemon-ssl",
                      "disabled", "--no-dns", "--non-interactive", "--shared-ringdb-dir", "ring",
                      "--log-level", "0", "--log-file", "log"},
                     GetParam());
}

}  // namespace
}  // namespace escrowstorm::fidelity
