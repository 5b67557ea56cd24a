// What `escrowstorm conformance` reads and what it says, without a fleet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/cli/command_line.hpp"
#include "sim/conformance/report.hpp"
#include "sim/conformance/transcript_files.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/world/wallet_rpc_versions.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class TranscriptFiles : public testing::Test {
 protected:
  void write(const fs::path& file, const std::string& text = R"({"name": "t", "instances": 1,
                                                                 "steps": []})") {
    fs::create_directories((dir_.path() / file).parent_path());
    std::ofstream(dir_.path() / file) << text;
  }

  std::vector<TranscriptFile> read(std::vector<fs::path> paths) {
    for (fs::path& path : paths) path = dir_.path() / path;
    auto found = read_transcript_files(paths);
    if (const auto* errors = std::get_if<std::vector<std::string>>(&found)) {
      errors_ = *errors;
      return {};
    }
    return std::get<std::vector<TranscriptFile>>(std::move(found));
  }

  // The files of a version, without the directory.
  std::vector<std::string> names(const std::vector<TranscriptFile>& files) const {
    std::vector<std::string> names;
    for (const auto& file : files) names.push_back(file.path.lexically_relative(dir_.path()));
    return names;
  }

  std::vector<std::string> chosen(const std::vector<TranscriptFile>& files, std::uint32_t version) {
    auto left = for_version(files, version);
    if (const auto* error = std::get_if<std::string>(&left)) {
      errors_ = {*error};
      return {};
    }
    return names(std::get<std::vector<TranscriptFile>>(left));
  }

  ScratchDir dir_;
  std::vector<std::string> errors_;
};

TEST_F(TranscriptFiles, AreFoundInAFolderAndInFoldersOfVersions) {
  write("flat/b.json");
  write("flat/a.json");
  write("flat/README.md", "text");
  write("flat/0.18.0.0/c.json");  // a folder with transcripts of its own is no folder of versions
  write("all/0.18.0.0/d.json");
  write("all/0.18.5.1/e.json");
  write("all/other/f.json");
  const auto files = read({"flat", "all", "flat/b.json"});
  EXPECT_THAT(names(files), ElementsAre("flat/a.json", "flat/b.json", "all/0.18.0.0/d.json",
                                        "all/0.18.5.1/e.json", "flat/b.json"));
  EXPECT_THAT(chosen(files, 65561),
              ElementsAre("flat/a.json", "flat/b.json", "all/0.18.0.0/d.json", "flat/b.json"));
  EXPECT_THAT(chosen(files, 65567),
              ElementsAre("flat/a.json", "flat/b.json", "all/0.18.5.1/e.json", "flat/b.json"));
  EXPECT_THAT(errors_, IsEmpty());
}

TEST_F(TranscriptFiles, AVersionWithoutAFolderIsRefused) {
  write("all/0.18.0.0/d.json");
  const auto files = read({"all"});
  EXPECT_THAT(chosen(files, 65567), IsEmpty());
  EXPECT_THAT(errors_,
              ElementsAre(HasSubstr("has transcripts of 0.18.0.0, the fleet is 0.18.5.1")));
  EXPECT_THAT(chosen(files, 131072), IsEmpty());
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("the fleet is of an unknown version")));
}

TEST_F(TranscriptFiles, AllThatIsWrongIsSaidAtOnce) {
  write("bad.json", "{");
  write("worse.json", R"({"name": "x", "instances": 1, "steps": [{}, 5]})");
  fs::create_directories(dir_.path() / "empty/sub");
  EXPECT_THAT(read({"bad.json", "worse.json", "empty", "missing"}), IsEmpty());
  EXPECT_THAT(errors_, testing::IsSupersetOf({HasSubstr("bad.json: is no JSON"),
                                              HasSubstr("worse.json: step 1: "),
                                              HasSubstr("worse.json: step 2: must be an object"),
                                              HasSubstr("empty: no transcripts here"),
                                              HasSubstr("missing: cannot be read: No such file")}));
}

TEST(WalletRpcVersions, AReleaseLiesInTheRangeOfItsFigure) {
  EXPECT_TRUE(is_release_of("0.18.0.0", 65561));
  EXPECT_TRUE(is_release_of("0.18.1.1", 65561));
  EXPECT_FALSE(is_release_of("0.18.1.2", 65561));
  EXPECT_TRUE(is_release_of("0.18.4.0", 65564));
  EXPECT_FALSE(is_release_of("0.18.4.1", 65564));
  EXPECT_FALSE(is_release_of("0.18.4.0", 1));
}

PlayedTranscript failed() {
  PlayedTranscript played;
  played.file = "t/slots.json";
  played.name = "slots";
  played.steps = 4;
  played.took = std::chrono::milliseconds(215);
  played.differences = {{0, "a"}, {3, "get_height on instance 0: expected 1, came\n2"}, {5, "c"}};
  return played;
}

TEST(ConformanceReport, NamesTheStepsThatDiffer) {
  EXPECT_EQ(lines_of(failed()),
            "FAIL  slots                             4 steps, 215 ms\n"
            "      before it began: a\n"
            "      step 3: get_height on instance 0: expected 1, came?2\n"
            "      at its end: c\n");
}

TEST(ConformanceReport, CountsWhatPassedAndWhatWasNotPlayed) {
  PlayedTranscript passed = failed();
  passed.differences.clear();
  const std::vector<PlayedTranscript> played{passed, failed()};
  EXPECT_EQ(conclusion(played, 4), "1 of 4 transcripts passed; 3 differences in 1; 2 not played");
  EXPECT_FALSE(all_passed(played, 4));
  EXPECT_TRUE(all_passed(std::vector<PlayedTranscript>{passed}, 1));
  EXPECT_FALSE(all_passed(std::vector<PlayedTranscript>{passed}, 2));
  const auto json = to_json(played, 4);
  EXPECT_EQ(json["verdict"], "fail");
  EXPECT_EQ(json["not_played"], 2);
  EXPECT_EQ(json["transcripts"][1]["differences"][1]["step"], 3);
}

TEST(ConformanceOptions, TakesEveryOption) {
  const auto read =
      read_command_line({"conformance", "a", "b.json", "--rpc", "http://h:1", "--rpc", "h:2",
                         "--daemon", "h:3", "--wallet-dir", "/w", "--json", "o.json", "--quiet"});
  const auto& command = std::get<ConformanceCommand>(read);
  EXPECT_THAT(command.transcripts, ElementsAre("a", "b.json"));
  EXPECT_THAT(command.rpc, ElementsAre(http::Endpoint{"h", 1}, http::Endpoint{"h", 2}));
  EXPECT_EQ(command.daemon, (http::Endpoint{"h", 3}));
  EXPECT_EQ(command.wallet_dir, "/w");
  EXPECT_EQ(command.json, "o.json");
  EXPECT_TRUE(command.quiet);
}

TEST(ConformanceOptions, RefusesWithTheRemedy) {
  const auto refusal = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "conformance");
    const auto read = read_command_line(std::move(arguments));
    const auto* answered = std::get_if<Answered>(&read);
    return answered && answered->is_error ? answered->text : "taken";
  };
  EXPECT_THAT(refusal({}), HasSubstr("DIR is required"));
  EXPECT_THAT(refusal({"a"}), HasSubstr("--rpc URL is missing"));
  EXPECT_THAT(refusal({"a", "--rpc", "h"}), HasSubstr("--rpc h has no port"));
  EXPECT_THAT(refusal({"a", "--rpc", "h:1", "--rpc", "h:1"}), HasSubstr("was given twice"));
  EXPECT_THAT(refusal({"a", "--rpc", "h:1", "--daemon", "x"}), HasSubstr("--daemon x has no port"));
  EXPECT_THAT(refusal({"a", "--rpc", "h:1", "--nope"}), HasSubstr("--nope"));
}

}  // namespace
}  // namespace escrowstorm::sim
