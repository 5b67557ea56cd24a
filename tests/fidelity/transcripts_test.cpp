// The sessions recorded from real monero-wallet-rpc instances, played again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <variant>

#include "sim/conformance/player.hpp"
#include "sim/conformance/transcript.hpp"
#include "tests/fidelity/fleets.hpp"

namespace escrowstorm::fidelity {
namespace {

namespace fs = std::filesystem;
using sim::Difference;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* transcripts[] = {"multisig-2of3-setup",
                                       "multisig-own-info-and-order",
                                       "multisig-wrong-calls",
                                       "multisig-foreign-messages",
                                       "multisig-experimental-flag",
                                       "prepare-close-open-make",
                                       "wallet-slot-swap",
                                       "wallet-files",
                                       "close-and-reopen-between-rounds",
                                       "escrow-lifecycle",
                                       "sync-before-funding",
                                       "sync-breaks-pending-signature"};
constexpr const char* versions[] = {"0.18.0.0", "0.18.5.1"};

// What Debian 12 has.
constexpr const char* real_version = "0.18.0.0";

std::string text_of(const std::string& version, const std::string& name) {
  const fs::path folder = fs::path(ESCROWSTORM_SOURCE_DIR) / "tests/data/transcripts";
  std::ifstream in(folder / version / (name + ".json"));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Awaitable<void> play_into(sim::Player& player, const sim::Transcript& transcript,
                          std::vector<Difference>& found) {
  found = co_await player.play(transcript);
}

std::vector<Difference> play(FleetUnderTest& fleet, const std::string& text,
                             const std::string& run) {
  auto read = sim::read_transcript(text, run);
  if (const auto* errors = std::get_if<sim::TranscriptErrors>(&read)) {
    ADD_FAILURE() << errors->front();
    return {};
  }
  sim::PlayerTarget target{fleet.instances(), fleet.daemon(), fleet.wallet_dir(), run};
  sim::Player player(fleet.executor(), fleet.clock(), std::move(target));
  std::vector<Difference> found;
  fleet.run(play_into(player, std::get<sim::Transcript>(read), found));
  return found;
}

std::string in_words(const std::vector<Difference>& differences) {
  std::string words;
  for (const Difference& d : differences) {
    words += "step " + std::to_string(d.step) + ": " + d.what + "\n";
  }
  return words;
}

std::string as_test_name(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '-' || c == '.'; }, '_');
  return text;
}

class MockTranscript : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(MockTranscript, IsAnsweredAsRecorded) {
  const auto& [version, name] = GetParam();
  MockFleet fleet(version);
  const auto found = play(fleet, text_of(version, name), "run1");
  EXPECT_THAT(found, IsEmpty()) << in_words(found);
}

std::string mock_test_name(const testing::TestParamInfo<MockTranscript::ParamType>& test) {
  return as_test_name(std::string(std::get<0>(test.param)) + "_" + std::get<1>(test.param));
}

INSTANTIATE_TEST_SUITE_P(, MockTranscript,
                         testing::Combine(testing::ValuesIn(versions),
                                          testing::ValuesIn(transcripts)),
                         mock_test_name);

class RealTranscript : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { fleet_ = std::make_unique<RealFleet>(); }
  static void TearDownTestSuite() { fleet_.reset(); }

  static inline std::unique_ptr<RealFleet> fleet_;
};

TEST_P(RealTranscript, IsAnsweredAsRecorded) {
  const auto found = play(*fleet_, text_of(real_version, GetParam()), as_test_name(GetParam()));
  EXPECT_THAT(found, IsEmpty()) << in_words(found);
}

std::string real_test_name(const testing::TestParamInfo<const char*>& test) {
  return as_test_name(test.param);
}

INSTANTIATE_TEST_SUITE_P(, RealTranscript, testing::ValuesIn(transcripts), real_test_name);

// The player itself: one expectation bent, one difference found.
TEST(BentTranscript, IsNoticed) {
  std::string text = text_of(real_version, "wallet-files");
  const std::string_view right = "Attribute not found.";
  const std::size_t at = text.find(right);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, right.size(), "Attribute bent.");
  MockFleet fleet(real_version);
  const auto found = play(fleet, text, "run1");
  ASSERT_THAT(found, SizeIs(1)) << in_words(found);
  EXPECT_EQ(found[0].step, 15u);
  EXPECT_THAT(found[0].what, HasSubstr("Attribute bent."));
}

}  // namespace
}  // namespace escrowstorm::fidelity
