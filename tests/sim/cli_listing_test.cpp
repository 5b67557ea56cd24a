// The commands that list what there is, and --explain, which runs nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <variant>

#include "sim/cli/command_line.hpp"
#include "sim/cli/run.hpp"
#include "sim/faults/table.hpp"
#include "sim/process/scratch_dir.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

template <class Expected>
Expected command_of(const std::vector<std::string>& arguments) {
  return std::get<Expected>(read_command_line(arguments));
}

TEST(Scenarios, AreListedByPathAndThoseThatAreWrongAreSaid) {
  const ScratchDir scratch;
  fs::create_directories(scratch.path() / "b");
  std::ofstream(scratch.path() / "b" / "two.json")
      << R"({"name": "two", "about": "Seco\u001bnd."})";
  std::ofstream(scratch.path() / "one.json") << R"({"name": "one", "about": "First."})";
  std::ofstream(scratch.path() / "notes.txt") << "no scenario";
  std::ostringstream out, err;
  const auto command = command_of<ScenariosCommand>({"scenarios", scratch.path().string()});
  EXPECT_EQ(run_scenarios(command, out, err), ExitStatus::pass);
  const std::string folder = scratch.path().string();
  EXPECT_EQ(out.str(), folder + "/b/two.json  Seco?nd.\n" + folder + "/one.json    First.\n");
  EXPECT_EQ(err.str(), "");

  std::ofstream(scratch.path() / "bad.json") << R"({"nmae": "x"})";
  std::ostringstream again;
  EXPECT_EQ(run_scenarios(command, again, err), ExitStatus::bad_usage);
  EXPECT_EQ(again.str(), out.str());
  EXPECT_THAT(err.str(), HasSubstr("bad.json:1:2: nmae: unknown key, did you mean \"name\"?"));
}

TEST(Scenarios, ThoseThatShipAreFoundFromAnywhere) {
  std::ostringstream out, err;
  EXPECT_EQ(run_scenarios(command_of<ScenariosCommand>({"scenarios"}), out, err), ExitStatus::pass);
  EXPECT_THAT(out.str(), HasSubstr("scenarios/storms/first.json"));
  EXPECT_THAT(out.str(), HasSubstr("for replay: it once broke leases_returned"));
  EXPECT_EQ(err.str(), "");
}

TEST(Scenarios, AFolderThatIsNotThereIsBadUsage) {
  std::ostringstream out, err;
  EXPECT_EQ(run_scenarios(ScenariosCommand{"/nowhere\n"}, out, err), ExitStatus::bad_usage);
  EXPECT_EQ(err.str(), "escrowstorm: /nowhere?: no folder that can be read\n");
}

TEST(Faults, EachIsListedWithItsKeys) {
  std::ostringstream out;
  run_faults(out);
  for (const FaultKind& kind : fault_kinds()) {
    EXPECT_THAT(out.str(), HasSubstr(std::string(kind.about)));
    for (const std::string_view key : kind.keys)
      EXPECT_THAT(out.str(), HasSubstr(std::string(key)));
  }
  EXPECT_THAT(out.str(), HasSubstr("keys: delay (required), spread (\"fixed\"), up_to\n"));
  EXPECT_THAT(out.str(), HasSubstr("when (\"before\"), delay (\"0s\"), restart_after (\"2s\")\n"));
}

TEST(Listing, HelpTeaches) {
  for (const char* word : {"scenarios", "faults"}) {
    const auto help = command_of<Answered>({word, "--help"});
    EXPECT_FALSE(help.is_error);
    EXPECT_THAT(help.text, HasSubstr("Lists the"));
    EXPECT_TRUE(command_of<Answered>({word, "--colour"}).is_error);
  }
}

TEST(ExplainFlag, SaysWhatWasSetAndRunsNothing) {
  const ScratchDir scratch;
  const fs::path file = scratch.path() / "x.json";
  std::ofstream(file) << R"({"name": "a"})";
  std::ostringstream out, err;
  const auto command =
      command_of<RunCommand>({file.string(), "--escrows", "5", "--world", "virtual", "--explain",
                              "--out", (scratch.path() / "o").string()});
  EXPECT_EQ(run(command, out, err), ExitStatus::pass);
  EXPECT_THAT(out.str(), HasSubstr("a on virtual, seed 1"));
  EXPECT_THAT(out.str(), HasSubstr("5 escrows in all"));
  EXPECT_FALSE(fs::exists(scratch.path() / "o"));
}

}  // namespace
}  // namespace escrowstorm::sim
