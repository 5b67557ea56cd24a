// The schema that `escrowstorm schema` prints is a schema, takes what ships, and agrees with the
// reader about every text of the reader's own tests.
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "sim/process/child_process.hpp"
#include "tests/e2e/bad_scenarios.hpp"
#include "tests/e2e/sandbox.hpp"
#include "tests/sim/noted_reader.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;

class ScenarioSchema : public Sandbox {
 protected:
  void SetUp() override {
    if (!fs::exists(source_path("tests/scenario_schema/node_modules/ajv")))
      throw std::runtime_error("ajv is not installed: npm ci, in tests/scenario_schema");
    const auto program = start("escrowstorm", {"schema"});
    ASSERT_EQ(program->wait(), 0) << program->err();
    schema_ = write("schema.json", program->out());
  }

  // check.js, which says what it checks.
  void passes(const std::string& what, const std::vector<std::string>& files) const {
    const auto node = sim::find_program("node", std::nullopt);
    if (!node) throw std::runtime_error("node is not installed");
    Program::Start how;
    how.program = *node;
    how.arguments = {source_path("tests/scenario_schema/check.js"), what, schema_.string()};
    how.arguments.insert(how.arguments.end(), files.begin(), files.end());
    how.folder = folder();
    how.environment["TMPDIR"] = tmpdir().string();
    Program check(how);
    EXPECT_EQ(check.wait(), 0) << check.out() << check.err();
  }

  fs::path schema_;
};

TEST_F(ScenarioSchema, TakesEveryScenarioThatShips) {
  std::vector<std::string> files;
  for (const auto& each : fs::recursive_directory_iterator(source_path("scenarios"))) {
    const bool is_replay = each.path().filename().string().starts_with("replay-");
    if (each.path().extension() == ".json" && !is_replay) files.push_back(each.path().string());
  }
  EXPECT_GT(files.size(), 50u);
  passes("takes", files);
}

// The reader's tests note what they read (tests/sim/noted_reader.hpp).
TEST_F(ScenarioSchema, AgreesWithTheReaderAboutEveryTextOfItsTests) {
  const fs::path notes = folder() / "notes";
  Program::Start how;
  how.program = fs::path(ESCROWSTORM_BIN_DIR) / "sim_tests";
  how.arguments = {"--gtest_filter=Scenario*:*/Scenario*:Threshold*", "--gtest_brief=1"};
  how.folder = folder();
  how.environment = {{"TMPDIR", tmpdir().string()}, {sim::notes_variable, notes.string()}};
  Program tests(how);
  ASSERT_EQ(tests.wait(), 0) << tests.out() << tests.err();
  for (const BadScenario& bad : bad_scenarios()) sim::note_scenario(bad.text, notes);
  passes("agrees", {notes.string()});
}

}  // namespace
}  // namespace escrowstorm::e2e
