#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "sim/process/scratch_dir.hpp"
#include "tests/support/environment.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using test::Environment;
using testing::HasSubstr;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// Each test has a $TMPDIR of its own.
class ScratchDirTest : public testing::Test {
 protected:
  ScratchDir home_;
  Environment tmpdir_{"TMPDIR", home_.path().string()};
};

TEST_F(ScratchDirTest, IsPrivateAndGoneWithTheObject) {
  fs::path path;
  {
    const ScratchDir scratch;
    path = scratch.path();
    EXPECT_EQ(path.parent_path(), home_.path());
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0700u);
    fs::create_directories(path / "wallets" / "deep");
    std::ofstream(path / "wallets" / "file") << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

// The scratch directories in the home of the test.
std::vector<fs::path> scratch_directories(const fs::path& home) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(home)) {
    if (entry.path().filename().string().starts_with("escrowstorm-run-")) {
      found.push_back(entry.path());
    }
  }
  return found;
}

// Makes a scratch directory and is killed.
void run_and_be_killed() {
  const pid_t run = ::fork();
  ASSERT_GE(run, 0);
  if (run == 0) {
    const ScratchDir scratch;
    std::ofstream(scratch.path() / "left") << "behind";
    ::kill(::getpid(), SIGKILL);
  }
  ASSERT_EQ(::waitpid(run, nullptr, 0), run);
}

TEST_F(ScratchDirTest, AKilledRunIsSweptByTheNext) {
  const ScratchDir alive;
  run_and_be_killed();
  ASSERT_THAT(scratch_directories(home_.path()), SizeIs(2));

  const ScratchDir scratch;

  EXPECT_THAT(scratch_directories(home_.path()),
              UnorderedElementsAre(alive.path(), scratch.path()));
}

TEST_F(ScratchDirTest, WhatIsNotOursIsLeftAlone) {
  const fs::path same_prefix = home_.path() / "escrowstorm-run-notes";
  const fs::path link = home_.path() / "escrowstorm-run-link00";
  const fs::path elsewhere = home_.path() / "elsewhere";
  run_and_be_killed();
  ASSERT_THAT(scratch_directories(home_.path()), SizeIs(1));
  fs::rename(scratch_directories(home_.path()).front(), elsewhere);
  fs::create_directories(same_prefix / "of somebody");
  fs::create_directory_symlink(elsewhere, link);

  const ScratchDir scratch;

  EXPECT_TRUE(fs::exists(same_prefix / "of somebody"));
  EXPECT_TRUE(fs::exists(elsewhere / "left"));
}

TEST_F(ScratchDirTest, ErrorsNameThePath) {
  const Environment nowhere("TMPDIR", home_.path() / "missing");
  try {
    const ScratchDir scratch;
    FAIL() << "made " << scratch.path();
  } catch (const std::system_error& e) {
    EXPECT_THAT(e.what(), HasSubstr((home_.path() / "missing").string()));
    EXPECT_EQ(e.code(), std::errc::no_such_file_or_directory);
  }
}

}  // namespace
}  // namespace escrowstorm::sim
