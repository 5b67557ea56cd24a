#include "sim/run/replaced_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "sim/process/scratch_dir.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ReplacedFileTest : public testing::Test {
 protected:
  ReplacedFileTest() { fs::create_directory(folder()); }
  fs::path folder() const { return scratch_.path() / "here"; }
  fs::path file() const { return folder() / "it.json"; }
  static std::string content_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder()), fs::directory_iterator()));
  }

  ScratchDir scratch_;
};

TEST_F(ReplacedFileTest, IsThereOnceItIsPutInPlace) {
  ReplacedFile it(file());
  EXPECT_EQ(it.unfit(), std::nullopt);
  EXPECT_EQ(files(), 0u);
  EXPECT_EQ(it.write("new"), std::nullopt);
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_EQ(content_of(it.draft()), "new");
  EXPECT_EQ(it.put_in_place(), std::nullopt);
  EXPECT_EQ(content_of(file()), "new");
  EXPECT_EQ(files(), 1u);
}

TEST_F(ReplacedFileTest, TheOldOneStaysUntilThen) {
  std::ofstream(file()) << "old";
  {
    ReplacedFile dropped(file());
    EXPECT_EQ(dropped.unfit(), std::nullopt);
    EXPECT_EQ(dropped.write("new"), std::nullopt);
  }
  EXPECT_EQ(content_of(file()), "old");
  EXPECT_EQ(files(), 1u);
  ReplacedFile kept(file());
  EXPECT_EQ(kept.write("new"), std::nullopt);
  EXPECT_EQ(kept.put_in_place(), std::nullopt);
  EXPECT_EQ(content_of(file()), "new");
}

TEST_F(ReplacedFileTest, WhatALinkLeadsToIsReplaced) {
  std::ofstream(file()) << "old";
  const fs::path link = folder() / "link.json";
  fs::create_symlink("it.json", link);
  ReplacedFile it(link);
  EXPECT_EQ(it.write("new"), std::nullopt);
  EXPECT_EQ(it.put_in_place(), std::nullopt);
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(content_of(file()), "new");
}

TEST_F(ReplacedFileTest, WhatCannotBeReplacedIsRefused) {
  EXPECT_THAT(ReplacedFile("/dev/full").unfit().value_or(""),
              HasSubstr("/dev/full: is there and is no file that can be replaced"));
  EXPECT_THAT(ReplacedFile(scratch_.path()).unfit().value_or(""), HasSubstr("name another"));
  EXPECT_THAT(ReplacedFile(scratch_.path() / "nowhere" / "it.json").unfit().value_or(""),
              HasSubstr("there is no folder " + (scratch_.path() / "nowhere").string()));
}

}  // namespace
}  // namespace escrowstorm::sim
