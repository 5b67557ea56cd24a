// How a regtest world fails. That it works is for tests/fidelity and tests/e2e.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/process/child_process.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

// Programs of our own in the place of the real ones.
class RegtestWorldTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(bin()); }

  fs::path bin() const { return home_.path() / "bin"; }

  void program(const std::string& name, const std::string& script) {
    std::ofstream(bin() / name) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(bin() / name, fs::perms::owner_all);
  }

  std::unique_ptr<World> make() {
    Scenario scenario;
    scenario.fleet.instances = 3;
    WorldOptions options;
    options.scratch = home_.path();
    options.monero_bin = bin();
    return make_regtest_world(scenario, Random(1), options);
  }

  std::string failure() {
    try {
      make();
    } catch (const WorldError& e) {
      return e.what();
    }
    return "";
  }

  // No child is left, not even one to be reaped.
  static bool no_child_left() { return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD; }

  ScratchDir home_;
};

TEST_F(RegtestWorldTest, SaysWhatIsMissing) {
  EXPECT_THAT(failure(), AllOf(HasSubstr("monerod not found in " + bin().string()),
                               HasSubstr("apt-get install monero")));
  program("monerod", "exit 0");
  EXPECT_THAT(failure(), HasSubstr("monero-wallet-rpc not found"));
}

TEST_F(RegtestWorldTest, PassesOnTheLastWordsOfMonerod) {
  program("monerod", "echo no luck today >&2; exit 5");
  program("monero-wallet-rpc", "exit 0");
  EXPECT_EQ(failure(), "monerod ended with exit status 5: no luck today");
  EXPECT_TRUE(no_child_left());
}

TEST_F(RegtestWorldTest, TriesAnotherPortOnce) {
  program("monerod", "echo \"$4\" >>" + (home_.path() / "ports").string() +
                         "; echo Failed to bind; for i in 1 2 3 4 5; do echo $i; done; exit 1");
  program("monero-wallet-rpc", "exit 0");
  EXPECT_EQ(failure(), "monerod ended with exit status 1: 2 | 3 | 4 | 5");
  std::ifstream in(home_.path() / "ports");
  const std::vector<std::string> ports{std::istream_iterator<std::string>(in), {}};
  ASSERT_EQ(ports.size(), 2u);
  EXPECT_NE(ports[0], ports[1]);
}

TEST_F(RegtestWorldTest, AWalletRpcThatFailsEndsMonerodToo) {
  const auto monerod = find_program("monerod", std::nullopt);
  ASSERT_TRUE(monerod) << "apt-get install monero";
  fs::create_symlink(*monerod, bin() / "monerod");
  program("monero-wallet-rpc", "echo out of wallets; exit 1");
  EXPECT_THAT(failure(), HasSubstr("monero-wallet-rpc-0 ended with exit status 1: out of wallets"));
  EXPECT_TRUE(no_child_left());
}

TEST_F(RegtestWorldTest, ASignalDuringTheStartEndsWhatWasStarted) {
  program("monerod", "kill -INT $PPID; exec sleep 60");
  program("monero-wallet-rpc", "exec sleep 60");
  EXPECT_THROW(make(), WorldInterrupted);
  EXPECT_TRUE(no_child_left());
}

}  // namespace
}  // namespace escrowstorm::sim
