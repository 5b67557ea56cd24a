// DB_ENCRYPTION_KEY, as a user sets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DatabaseKey : public Sandbox {
 protected:
  // The first storm, in that world, under that key.
  int run(const std::string& world, const std::string& key) {
    environment_["DB_ENCRYPTION_KEY"] = key;
    return escrowstorm({"run", "scenarios/storms/first.json", "--world", world, "--escrows", "2",
                        "--set", "fleet.latency=none"});
  }
};

TEST_F(DatabaseKey, ThatCanBeGuessedIsRefusedBeforeAnythingStarts) {
  for (const char* world : {"mock", "regtest"}) {
    EXPECT_EQ(run(world, "hunter2"), 2);
    EXPECT_THAT(err_, AllOf(HasSubstr("DB_ENCRYPTION_KEY has 7 characters, which can be guessed"),
                            HasSubstr("openssl rand -hex 32"), Not(HasSubstr("hunter2"))));
    EXPECT_EQ(std::ranges::count(err_, '\n'), 1) << err_;
    EXPECT_EQ(out_, "");
    EXPECT_FALSE(fs::exists(folder() / "out"));
  }
  EXPECT_EQ(run("mock", ""), 2);
  EXPECT_THAT(err_, HasSubstr("DB_ENCRYPTION_KEY is empty"));
}

TEST_F(DatabaseKey, MayBeDigitsOrAPhrase) {
  for (const std::string& key : {std::string(64, 'a'), std::string("correct horse battery")}) {
    EXPECT_EQ(run("mock", key), 0) << err_;
    EXPECT_EQ(summary()["escrows"]["ready"], 2);
    EXPECT_THAT(out_ + err_, Not(HasSubstr(key)));
  }
}

TEST_F(DatabaseKey, IsOfTheSeedInTheVirtualWorld) {
  EXPECT_EQ(run("virtual", "hunter2"), 0) << err_;
  EXPECT_EQ(summary()["escrows"]["ready"], 2);
}

}  // namespace
}  // namespace escrowstorm::e2e
