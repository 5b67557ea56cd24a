#include "sim/trace/trace_comparer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/process/scratch_dir.hpp"
#include "sim/trace/trace_writer.hpp"

namespace escrowstorm::sim {
namespace {

using testing::HasSubstr;

Event at_ms(int ms) {
  Event event;
  event.at = TimePoint(std::chrono::milliseconds(ms));
  event.phase = "create";
  return event;
}

// What differs when the first run had these events and the second those.
std::optional<TraceDifference> difference(const std::vector<int>& first,
                                          const std::vector<int>& second) {
  const ScratchDir scratch;
  TraceWriter writer(scratch.path() / "events.jsonl");
  for (const int ms : first) writer.on(at_ms(ms));
  writer.flush();
  TraceComparer comparer(scratch.path() / "events.jsonl");
  for (const int ms : second) comparer.on(at_ms(ms));
  comparer.finish();
  return comparer.difference();
}

TEST(TraceComparer, TheSameEventsDoNotDiffer) { EXPECT_FALSE(difference({1, 2, 3}, {1, 2, 3})); }

TEST(TraceComparer, NamesTheFirstThatDiffers) {
  const auto found = difference({1, 2, 3, 4}, {1, 2, 5, 6});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->seq, 2u);
  EXPECT_THAT(found->first, HasSubstr("\"t_ms\":3,"));
  EXPECT_THAT(found->second, HasSubstr("\"t_ms\":5,"));
}

TEST(TraceComparer, OneThatHasMore) {
  const auto longer = difference({1}, {1, 2});
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->seq, 1u);
  EXPECT_EQ(longer->first, "");
  const auto shorter = difference({1, 2}, {1});
  ASSERT_TRUE(shorter);
  EXPECT_EQ(shorter->seq, 1u);
  EXPECT_EQ(shorter->second, "");
}

}  // namespace
}  // namespace escrowstorm::sim
