// Events as lines, both ways; the writer, its digest and its disk errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <variant>

#include "sim/process/scratch_dir.hpp"
#include "sim/trace/event_line.hpp"
#include "sim/trace/fan_out.hpp"
#include "sim/trace/trace_writer.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Event full_event() {
  Event event;
  event.at = TimePoint(Duration(1'234'567'891));
  event.kind = EventKind::rpc;
  event.phase = "make";
  event.escrow = 7;
  event.role = Role::vendor;
  event.instance = 12;
  event.wallet = "s1_7_vendor";
  event.method = "make_multisig";
  event.ok = false;
  event.code = -28;
  event.message = "This wallet is \"already\" multisig\n";
  event.injected = true;
  event.duration = Duration(215'000'000);
  return event;
}

std::string line_of(const Event& event, std::uint64_t seq = 0) {
  std::string line;
  append_event_line(line, seq, event);
  return line;
}

TEST(EventLine, HasEveryKey) {
  EXPECT_EQ(line_of(full_event(), 41),
            R"({"seq":41,"t_ms":1234.567891,"kind":"rpc","phase":"make","escrow":7,)"
            R"("role":"vendor","instance":12,"wallet":"s1_7_vendor","method":"make_multisig",)"
            R"("ok":false,"code":-28,"message":"This wallet is \"already\" multisig\n",)"
            R"("injected":true,"duration_ms":215})"
            "\n");
}

TEST(EventLine, LeavesOutWhatDoesNotApply) {
  Event event;
  event.kind = EventKind::escrow;
  event.phase = "requested";
  event.escrow = 0;
  EXPECT_EQ(line_of(event),
            "{\"seq\":0,\"t_ms\":0,\"kind\":\"escrow\",\"phase\":\"requested\",\"escrow\":0,"
            "\"ok\":true}\n");
}

TEST(EventLine, BytesThatAreNoTextAreReplaced) {
  Event event = full_event();
  event.message = "bad \xff byte";
  EXPECT_THAT(line_of(event), HasSubstr("bad \xef\xbf\xbd byte"));
}

// Read back and written again it is the same line, to the nanosecond.
TEST(EventLine, ReadsWhatItWrites) {
  RandomStream random = Random(1).stream("test.event_line");
  EventLineReader reader;
  for (int i = 0; i < 5000; ++i) {
    Event event = full_event();
    event.at = TimePoint(Duration(random.below(1'000'000'000'000'000)));
    event.duration = Duration(random.below(1 + random.below(100'000'000'000)));
    event.kind = static_cast<EventKind>(random.below(6));
    if (random.chance(1, 2)) event.role.reset();
    if (random.chance(1, 2)) event.escrow.reset();
    if (random.chance(1, 2)) event.instance.reset();
    if (random.chance(1, 2)) event.method = "";
    event.ok = random.chance(1, 2);
    event.code = static_cast<int>(random.below(100'000)) - 50'000;
    const std::string line = line_of(event, random.below(1'000'000'000));
    auto read = reader.read(line);
    ASSERT_TRUE(std::holds_alternative<TracedEvent>(read)) << std::get<std::string>(read);
    const auto& traced = std::get<TracedEvent>(read);
    ASSERT_EQ(line_of(traced.event, traced.seq), line);
  }
}

TEST(EventLine, SaysWhatIsWrong) {
  EventLineReader reader;
  const auto error = [&](const char* line) { return std::get<std::string>(reader.read(line)); };
  EXPECT_EQ(error("nothing"), "is no JSON object");
  EXPECT_EQ(error("[]"), "is no JSON object");
  EXPECT_EQ(error("{}"), "kind: expected one of rpc, escrow, lease, chain, store, fault");
  EXPECT_EQ(error(R"({"kind":"rpc","seq":-1})"), "seq: expected a number in range");
  EXPECT_EQ(error(R"({"kind":"rpc","instance":5000000000})"),
            "instance: expected a number in range");
  EXPECT_EQ(error(R"({"kind":"rpc","code":"x"})"), "code: expected a whole number");
  EXPECT_EQ(error(R"({"kind":"rpc","t_ms":1e300})"), "t_ms: expected a number in range");
  EXPECT_EQ(error(R"({"kind":"rpc","role":"king"})"), "role: expected buyer, vendor or arbiter");
}

TEST(EventLine, AnyLineIsAnswered) {
  const std::array<std::string, 2> corpus{line_of(full_event()), "{\"kind\":\"lease\"}"};
  constexpr std::array<std::string_view, 6> tokens{"\"", "-", "1e400", "{", "null", "99999999999"};
  test::Mutator mutator(corpus, tokens, 4);
  EventLineReader reader;
  for (int i = 0; i < 20'000; ++i) {
    const auto read = reader.read(mutator.next());
    if (const auto* traced = std::get_if<TracedEvent>(&read)) line_of(traced->event);
  }
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class TraceWriterTest : public testing::Test {
 protected:
  ScratchDir scratch_;
  fs::path file_ = scratch_.path() / "events.jsonl";
};

TEST_F(TraceWriterTest, WritesTheLinesAndTheirDigest) {
  std::string expected;
  Digest of_lines;
  std::string digest;
  {
    TraceWriter writer(file_);
    for (std::uint64_t seq = 0; seq < 5000; ++seq) {  // more than a buffer
      writer.on(full_event());
      const std::size_t begin = expected.size();
      append_event_line(expected, seq, full_event());
      of_lines.add_line(std::string_view(expected).substr(begin));
    }
    EXPECT_EQ(writer.events(), 5000u);
    EXPECT_FALSE(writer.failure());
    digest = writer.digest().hex();
  }
  EXPECT_EQ(content_of(file_), expected);
  EXPECT_EQ(digest, of_lines.hex());
}

TEST_F(TraceWriterTest, ReplacesAnEarlierTrace) {
  std::ofstream(file_) << "old";
  { TraceWriter writer(file_); }
  EXPECT_EQ(content_of(file_), "");
}

TEST_F(TraceWriterTest, AFullDiskIsAValueAndTheDigestGoesOn) {
  TraceWriter full("/dev/full");
  TraceWriter written(file_);
  for (int i = 0; i < 5000; ++i) {
    full.on(full_event());
    written.on(full_event());
  }
  full.flush();
  ASSERT_TRUE(full.failure());
  EXPECT_EQ(*full.failure(), "/dev/full: No space left on device: the trace is not complete");
  EXPECT_EQ(full.digest().hex(), written.digest().hex());
}

TEST_F(TraceWriterTest, AFolderThatIsNotThereIsAValue) {
  TraceWriter writer(scratch_.path() / "none" / "events.jsonl");
  writer.on(full_event());
  ASSERT_TRUE(writer.failure());
  EXPECT_THAT(*writer.failure(), HasSubstr("No such file or directory"));
}

TEST(Digest, IsTheSameOnEveryMachine) {
  Digest digest;
  EXPECT_EQ(digest.hex(), "cbf29ce44fd0bfc1");
  digest.add_line("foobar");
  EXPECT_EQ(digest.hex(), "11c79a8eb65fb948");
}

TEST(FanOut, TellsEachInTheirOrder) {
  struct Note final : Observer {
    Note(std::string& all, char own) : all_(all), own_(own) {}
    void on(const Event&) override { all_ += own_; }
    std::string& all_;
    char own_;
  };
  std::string all;
  Note a(all, 'a'), b(all, 'b');
  FanOut both({&a, &b});
  both.on(full_event());
  both.on(full_event());
  EXPECT_EQ(all, "abab");
}

}  // namespace
}  // namespace escrowstorm::sim
