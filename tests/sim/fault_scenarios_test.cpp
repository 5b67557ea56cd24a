// Each fault of the table has a scenario that shows it and a paragraph that says what it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include "sim/faults/table.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path source_dir = ESCROWSTORM_SOURCE_DIR;

std::vector<std::string> all_faults() {
  std::vector<std::string> names;
  for (const FaultKind& kind : fault_kinds()) names.emplace_back(kind.name);
  return names;
}

class EachFault : public testing::TestWithParam<std::string> {};

TEST_P(EachFault, HasAScenario) {
  const auto read = load_scenario(source_dir / "scenarios/faults" / (GetParam() + ".json"));
  ASSERT_TRUE(std::holds_alternative<Scenario>(read))
      << std::get<std::vector<std::string>>(read).front();
  const auto& scenario = std::get<Scenario>(read);
  EXPECT_TRUE(std::ranges::any_of(scenario.faults,
                                  [](const FaultSpec& spec) { return spec.fault == GetParam(); }));
  EXPECT_TRUE(scenario.expect.has_value());
}

TEST_P(EachFault, HasAParagraph) {
  std::ifstream in(source_dir / "docs/faults.md");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  EXPECT_THAT(text, HasSubstr("\n**" + GetParam() + "**: "));
}

INSTANTIATE_TEST_SUITE_P(, EachFault, testing::ValuesIn(all_faults()),
                         [](const auto& of) { return of.param; });

}  // namespace
}  // namespace escrowstorm::sim
