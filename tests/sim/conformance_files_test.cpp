// Files and folders of transcripts; what is in one is conformance_transcript_test's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <variant>

#include "sim/conformance/transcript_files.hpp"
#include "sim/process/scratch_dir.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string good = R"({"name": "t", "instances": 1, "steps": [{"same": ["x", "x"]}]})";

class TranscriptFiles : public testing::Test {
 protected:
  void write(const fs::path& file, const std::string& text = good) {
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

TEST_F(TranscriptFiles, AnEmptyOneIsCalledSo) {
  write("a.json", "");
  EXPECT_THAT(read({"a.json"}), IsEmpty());
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("a.json: is empty")));
}

TEST_F(TranscriptFiles, AFolderWithTheNameOfAFileIsNamedWithTheReason) {
  fs::create_directories(dir_.path() / "all/folder.json");
  EXPECT_THAT(read({"all"}), IsEmpty());
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("folder.json: cannot be read: Is a directory")));
}

TEST_F(TranscriptFiles, OneWithoutAnEndIsTooLarge) {
  EXPECT_THAT(read({"/dev/zero"}), IsEmpty());
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("/dev/zero: is larger than 64 MiB")));
}

TEST_F(TranscriptFiles, APipeIsReadToItsEnd) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], good.data(), good.size()), static_cast<ssize_t>(good.size()));
  ::close(ends[1]);
  EXPECT_EQ(read({"/dev/fd/" + std::to_string(ends[0])}).size(), 1u);
  EXPECT_THAT(errors_, IsEmpty());
  ::close(ends[0]);
}

}  // namespace
}  // namespace escrowstorm::sim
