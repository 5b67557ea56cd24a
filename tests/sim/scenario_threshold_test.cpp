// Thresholds as sections of a scenario file. What they mean: thresholds_abort_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/sim/noted_reader.hpp"

namespace escrowstorm::sim {
namespace {

using testing::HasSubstr;

std::string error_of(const std::string& thresholds) {
  const auto read = read_noted(R"({"name": "a", "thresholds": [)" + thresholds + "]}");
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  return errors ? errors->front() : "";
}

TEST(ScenarioThresholds, OneThatEndsTheRunIsChecked) {
  EXPECT_EQ(error_of(R"({"threshold": "escrows.failed == 0"})"), "");
  EXPECT_THAT(error_of(R"({"abort": true})"), HasSubstr("thresholds[0].threshold: missing"));
  EXPECT_THAT(error_of(R"({"threshold": "escrows.failed == 0", "abort": "yes"})"),
              HasSubstr("thresholds[0].abort: expected true or false"));
  EXPECT_THAT(error_of(R"({"threshold": "escrows.failed == 0", "abrt": true})"),
              HasSubstr("did you mean \"abort\"?"));
  EXPECT_THAT(error_of(R"({"threshold": "escrows.ready > 1", "abort": true})"),
              HasSubstr("x.json:1:44: thresholds[0].threshold: can't be missed before the end"));
  EXPECT_THAT(error_of(R"({"threshold": 7, "abort": true})"),
              HasSubstr("expected \"METRIC OP VALUE\" as a string, found a number"));
  EXPECT_THAT(error_of(R"({"threshold": "makespan_ms < 1h", "abort": true})"),
              HasSubstr("is known at the end only"));
}

}  // namespace
}  // namespace escrowstorm::sim
