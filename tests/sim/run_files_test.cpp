// What is left of a result file that can't be written.
#include "sim/run/run_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "sim/process/scratch_dir.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Optional;

const nlohmann::ordered_json value{{"key", std::string(5000, 'x')}};

TEST(RunFiles, ALinkToAFullDeviceStays) {
  const ScratchDir dir;
  const fs::path link = dir.path() / "result.json";
  fs::create_symlink("/dev/full", link);
  EXPECT_THAT(write_json(link, value), Optional(HasSubstr("No space left on device")));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

// Of a regular file a part would only mislead.
TEST(RunFiles, NoPartOfAResultIsLeft) {
  const ScratchDir dir;
  const fs::path file = dir.path() / "result.json";
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit low{1000, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &low), 0);
  const auto why = write_json(file, value);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(why, Optional(HasSubstr("File too large")));
  EXPECT_FALSE(fs::exists(file));
}

}  // namespace
}  // namespace escrowstorm::sim
