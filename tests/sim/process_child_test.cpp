#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <system_error>

#include "sim/process/child_process.hpp"
#include "sim/process/scratch_dir.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/eventually.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::eventually;
using testing::HasSubstr;
using testing::Not;

class ChildProcessTest : public testing::Test {
 protected:
  ChildCommand shell(const std::string& script) const {
    return ChildCommand{"/bin/sh", {"-c", script}, log()};
  }
  fs::path log() const { return scratch_.path() / "log"; }
  std::string logged() const {
    std::ifstream in(log());
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  bool ends(ChildProcess& child) const {
    return eventually([&child] { return child.exited().has_value(); });
  }
  bool wrote(const std::string& text) const {
    return eventually([&] { return logged().find(text) != std::string::npos; });
  }

  ScratchDir scratch_;
};

bool runs(pid_t pid) { return ::kill(pid, 0) == 0; }

TEST_F(ChildProcessTest, PassesArgumentsAsTheyAre) {
  ChildProcess child(ChildCommand{"/bin/echo", {"a b", "$(id)", "*"}, log()});
  ASSERT_TRUE(ends(child));
  EXPECT_EQ(logged(), "a b $(id) *\n");
  EXPECT_EQ(child.exited(), "exit status 0");
}

TEST_F(ChildProcessTest, DoesNotHandOnTheKeyOfTheDatabase) {
  const test::Environment known("ESCROWSTORM_TEST", "handed on");
  const test::Environment key("DB_ENCRYPTION_KEY", "nobody's business");
  ChildProcess child(ChildCommand{"/usr/bin/env", {}, log()});
  ASSERT_TRUE(ends(child));
  EXPECT_THAT(logged(), HasSubstr("ESCROWSTORM_TEST=handed on\n"));
  EXPECT_THAT(logged(), Not(HasSubstr("DB_ENCRYPTION_KEY")));
}

TEST_F(ChildProcessTest, TellsHowItEnded) {
  ChildProcess failed(shell("exit 3"));
  ChildProcess killed(shell("kill -9 $$"));
  ASSERT_TRUE(ends(failed));
  ASSERT_TRUE(ends(killed));
  EXPECT_EQ(failed.exited(), "exit status 3");
  EXPECT_EQ(killed.exited(), "signal 9");
}

TEST_F(ChildProcessTest, AMissingProgramIsNamed) {
  try {
    ChildProcess child(ChildCommand{"/no/such/program", {}, log()});
    FAIL() << "it runs";
  } catch (const std::system_error& e) {
    EXPECT_THAT(e.what(), HasSubstr("/no/such/program"));
    EXPECT_EQ(e.code(), std::errc::no_such_file_or_directory);
  }
}

TEST_F(ChildProcessTest, HasNoInputNoOtherDescriptorsAndItsOwnGroup) {
  const int inheritable = ::open("/dev/zero", O_RDONLY);  // not close-on-exec
  ASSERT_GE(inheritable, 0);
  ChildProcess child(shell("cat; ls -l /proc/$$/fd; echo done; sleep 60"));
  ASSERT_TRUE(wrote("done"));
  EXPECT_THAT(logged(), HasSubstr("/dev/null"));
  EXPECT_THAT(logged(), Not(HasSubstr("/dev/zero")));
  EXPECT_THAT(logged(), Not(HasSubstr("pipe:")));
  EXPECT_EQ(::getpgid(child.pid()), child.pid());
  ::close(inheritable);
}

TEST_F(ChildProcessTest, TerminateAsksFirst) {
  ChildProcess child(
      shell("trap 'echo asked; exit 7' TERM; echo ready; while :; do sleep 0.01; done"));
  ASSERT_TRUE(wrote("ready"));
  child.terminate(10s);
  EXPECT_EQ(child.exited(), "exit status 7");
  EXPECT_THAT(logged(), HasSubstr("asked"));
}

TEST_F(ChildProcessTest, TerminateKillsTheDeaf) {
  ChildProcess child(shell("trap '' TERM; echo ready; while :; do sleep 0.01; done"));
  ASSERT_TRUE(wrote("ready"));
  child.terminate(5ms);
  EXPECT_EQ(child.exited(), "signal 9");
}

TEST_F(ChildProcessTest, EndsAndIsReapedWithTheObject) {
  pid_t pid = 0;
  {
    ChildProcess child(shell("exec sleep 60"));
    pid = child.pid();
    EXPECT_TRUE(runs(pid));
  }
  EXPECT_FALSE(runs(pid));
}

TEST_F(ChildProcessTest, DiesWithAKilledParent) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    ChildProcess child(ChildCommand{"/bin/sleep", {"60"}, log()});
    const pid_t pid = child.pid();
    const auto told = ::write(ends[1], &pid, sizeof pid);
    ::kill(::getpid(), told == sizeof pid ? SIGKILL : SIGABRT);
  }
  pid_t orphan = 0;
  ASSERT_EQ(::read(ends[0], &orphan, sizeof orphan), ssize_t{sizeof orphan});
  ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
  // Gone, or a zombie that waits for init.
  EXPECT_TRUE(eventually([orphan] {
    std::ifstream status("/proc/" + std::to_string(orphan) + "/stat");
    std::string text(std::istreambuf_iterator<char>(status), {});
    return text.empty() || text.find(") Z ") != std::string::npos;
  }));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(ChildProcessTest, LastLinesArePlainAndFew) {
  ChildProcess child(shell(R"(printf 'one\n\n\033[1;31mtwo\033[0m\nthree\tand a half\n')"));
  ASSERT_TRUE(ends(child));
  EXPECT_EQ(child.last_lines(2), "two | three and a half");
  EXPECT_EQ(child.last_lines(9), "one | two | three and a half");
}

TEST_F(ChildProcessTest, FindsProgramsInPathOrInAFolder) {
  EXPECT_EQ(find_program("sh", "/bin"), "/bin/sh");
  EXPECT_EQ(find_program("sh", "/nowhere"), std::nullopt);
  EXPECT_TRUE(find_program("sh", std::nullopt));
  std::ofstream(scratch_.path() / "plain") << "no program";
  const test::Environment path("PATH", "/nowhere:" + scratch_.path().string() + ":/bin");
  EXPECT_EQ(find_program("sh", std::nullopt), "/bin/sh");
  EXPECT_EQ(find_program("plain", std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace escrowstorm::sim
