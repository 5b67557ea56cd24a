// escrowstorm conformance, against mocks that were started apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/process/loopback_ports.hpp"
#include "tests/e2e/mock_fleet.hpp"
#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Conformance : public Sandbox {
 protected:
  // A mock of three, known by urls_ then.
  std::unique_ptr<Program> start_mock(std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--instances", "3", "--rpc-bind-port", "0"});
    auto mock = start("mock-wallet-rpc", more);
    EXPECT_TRUE(mock->says(" answer on ")) << mock->err();
    urls_ = announced_urls(mock->out());
    EXPECT_EQ(urls_.size(), 3u) << mock->out();
    return mock;
  }

  void know(int port) { urls_.push_back("http://127.0.0.1:" + std::to_string(port)); }

  int conformance(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "conformance");
    for (const std::string& url : urls_) arguments.insert(arguments.end(), {"--rpc", url});
    const auto program = start("escrowstorm", std::move(arguments));
    const int status = program->wait();
    out_ = program->out();
    err_ = program->err();
    return status;
  }

  // Two transcripts, in a folder for each version.
  void copy_transcripts() const {
    for (const std::string version : {"0.18.0.0", "0.18.5.1"}) {
      fs::create_directories(folder() / "t" / version);
      for (const std::string name : {"wallet-files.json", "multisig-2of3-setup.json"}) {
        fs::copy_file(source_path("tests/data/transcripts/" + version + "/" + name),
                      folder() / "t" / version / name);
      }
    }
  }

  std::vector<std::string> urls_;
};

TEST_F(Conformance, TheTranscriptsOfTheFleetsVersionPassAgainAndAgain) {
  copy_transcripts();
  for (const std::string version : {"0.18.0.0", "0.18.5.1"}) {
    const auto mock = start_mock({"--emulate", version});
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(conformance({"t", "--json", "out.json"}), 0) << out_ << err_;
      EXPECT_THAT(out_, HasSubstr("2 of 2 transcripts passed\n"));
      EXPECT_EQ(err_, "");
      const json result = json::parse(content_of(folder() / "out.json"));
      EXPECT_EQ(result["verdict"], "pass");
      EXPECT_EQ(result["transcripts"][0]["file"], "t/" + version + "/multisig-2of3-setup.json");
      EXPECT_EQ(result["transcripts"][0]["steps"], 55);
    }
  }
}

TEST_F(Conformance, TheWalletsItLeavesAreNamed) {
  const auto mock = start_mock({"--wallet-dir", "w"});
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/wallet-files.json")}), 0)
      << out_ << err_;
  EXPECT_THAT(out_, ContainsRegex("wallets  left behind in .*w, with es[0-9a-f]{16} in their"));
  const std::size_t at = out_.find(", with es");
  const std::string mark = out_.substr(at + 7, 18);
  ASSERT_FALSE(fs::is_empty(folder() / "w"));
  for (const auto& entry : fs::directory_iterator(folder() / "w"))
    EXPECT_THAT(entry.path().filename().string(), HasSubstr(mark));
}

TEST_F(Conformance, ADifferenceIsPrintedWithItsPlaceAndBothSides) {
  std::string text = content_of(source_path("tests/data/transcripts/0.18.5.1/wallet-files.json"));
  const std::string right = "Attribute not found.";
  ASSERT_NE(text.find(right), text.npos);
  text.replace(text.find(right), right.size(), "Attribute bent.");
  write("bent.json", text);
  const auto mock = start_mock();
  EXPECT_EQ(conformance({"bent.json", "--json", "out.json"}), 3);
  EXPECT_THAT(out_,
              AllOf(HasSubstr("FAIL  wallet-files"),
                    HasSubstr("step 15: get_attribute on instance 0: expected the error "
                              "{\"code\":-45,\"message\":\"Attribute bent.\"}, came the error "
                              "{\"code\":-45,\"message\":\"Attribute not found.\"}\n"),
                    HasSubstr("0 of 1 transcript passed; 1 difference in 1\n")));
  const json result = json::parse(content_of(folder() / "out.json"));
  EXPECT_EQ(result["verdict"], "fail");
  EXPECT_EQ(result["transcripts"][0]["differences"][0]["step"], 15);
}

TEST_F(Conformance, AnotherVersionIsNoticed) {
  const auto mock = start_mock({"--emulate", "0.18.0.0"});
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/wallet-files.json"),
                         "--wallet-dir", "/w"}),
            3);
  EXPECT_THAT(out_, HasSubstr("get_version on instance 0: release: expected true, came false"));
}

TEST_F(Conformance, TooFewInstancesAreCounted) {
  const auto mock = start_mock();
  urls_.pop_back();
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/wallet-files.json")}), 2);
  EXPECT_THAT(err_, HasSubstr("wallet-files.json: needs 3 instances, --rpc URL was given 2 times"));
  EXPECT_EQ(out_, "");
}

TEST_F(Conformance, WhatNeedsADaemonSaysSo) {
  const auto mock = start_mock();
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/escrow-lifecycle.json")}), 2);
  EXPECT_THAT(err_, HasSubstr("escrow-lifecycle.json: makes blocks: give --daemon URL"));
}

TEST_F(Conformance, BadTranscriptsAreRefusedWithTheirPlace) {
  know(1);  // never asked
  write("bad.json", R"({"name": "x", "instances": 1, "steps": [{"call": 5}]})");
  fs::create_directories(folder() / "empty");
  EXPECT_EQ(conformance({"bad.json", "nowhere.json", "empty"}), 2);
  EXPECT_THAT(err_, AllOf(HasSubstr("bad.json: step 1: "),
                          HasSubstr("nowhere.json: cannot be read: No such file or directory"),
                          HasSubstr("empty: no transcripts here")));
  EXPECT_EQ(out_, "");
}

TEST_F(Conformance, AResultThatCannotBeWrittenIsRefusedBeforeItBegins) {
  know(1);  // never asked
  const std::string transcript = source_path("tests/data/transcripts/0.18.5.1/wallet-files.json");
  EXPECT_EQ(conformance({transcript, "--json", "nowhere/out.json"}), 2);
  EXPECT_EQ(err_, "escrowstorm: --json: there is no folder nowhere; make it, or name another\n");
  for (const std::string no_file : {".", "./", ""}) {
    EXPECT_EQ(conformance({transcript, "--json", no_file}), 2);
    EXPECT_EQ(err_, "escrowstorm: --json: '" + no_file + "' names no file\n");
  }
  EXPECT_EQ(out_, "");
}

TEST_F(Conformance, NoFolderOfTheFleetsVersion) {
  copy_transcripts();
  fs::remove_all(folder() / "t/0.18.0.0");
  const auto mock = start_mock({"--emulate", "0.18.0.0"});
  EXPECT_EQ(conformance({"t"}), 2);
  EXPECT_THAT(err_, HasSubstr("t: has transcripts of 0.18.5.1, the fleet is 0.18.0.0 to 0.18.1.1; "
                              "name the folder"));
}

TEST_F(Conformance, WhatCannotBeReachedIsNamed) {
  RandomStream random(3);
  const sim::LoopbackPorts silent(3, random);  // kept, but nobody listens
  for (std::size_t i = 0; i < silent.size(); ++i) know(silent[i]);
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/wallet-files.json")}), 6);
  EXPECT_THAT(err_, HasSubstr("127.0.0.1:" + std::to_string(silent[1]) + ": get_version: refused"));
  EXPECT_EQ(out_, "");
}

TEST_F(Conformance, AFleetThatDiesInTheMiddleEndsIt) {
  const auto mock = start_mock({"--latency", fast_profile(), "--cores", "1"});
  const std::string setup = source_path("tests/data/transcripts/0.18.5.1/multisig-2of3-setup.json");
  const std::string files = source_path("tests/data/transcripts/0.18.5.1/wallet-files.json");
  std::vector<std::string> arguments{"conformance", files};
  arguments.insert(arguments.end(), 10, setup);
  for (const std::string& url : urls_) arguments.insert(arguments.end(), {"--rpc", url});
  const auto program = start("escrowstorm", arguments);
  ASSERT_TRUE(program->says("pass  wallet-files")) << program->err();
  mock->signal(SIGKILL);
  EXPECT_EQ(program->wait(), 6) << program->out();
  EXPECT_THAT(program->out(),
              AllOf(HasSubstr("the rest was not played"), HasSubstr(" of 11 transcripts passed"),
                    HasSubstr(" not played")));
  EXPECT_THAT(program->err(), HasSubstr("may still have a wallet open"));
}

TEST_F(Conformance, AnOpenWalletIsNotPushedOut) {
  const auto mock = start_mock();
  open_a_wallet(urls_[1]);
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/wallet-files.json")}), 6);
  EXPECT_THAT(err_, AllOf(HasSubstr(urls_[1].substr(7) + ": has a wallet open"),
                          HasSubstr("close_wallet first"), Not(HasSubstr(urls_[0].substr(7)))));
}

TEST_F(Conformance, ADaemonThatIsNoneIsRefused) {
  const auto mock = start_mock();
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/escrow-lifecycle.json"),
                         "--daemon", urls_[0]}),
            6);
  EXPECT_THAT(err_,
              HasSubstr(urls_[0].substr(7) + ": get_info: is no monerod's answer; --daemon wants"));
}

TEST_F(Conformance, ADaemonOfAnotherNetworkIsRefused) {
  const auto mock = start("mock-wallet-rpc", {"--stagenet", "--instances", "1", "--rpc-bind-port",
                                              "0", "--daemon-rpc-port", "0"});
  ASSERT_TRUE(mock->says(" answers on ")) << mock->err();
  urls_ = announced_urls(mock->out().substr(mock->out().find(" answers on ")));
  const std::string out = mock->out();
  const std::string before = "listens on ";
  const std::size_t at = out.find(before) + before.size();
  const std::string daemon = out.substr(at, out.find('\n', at) - at);
  EXPECT_EQ(conformance({source_path("tests/data/transcripts/0.18.5.1/wallet-files.json"),
                         "--daemon", daemon}),
            6);
  EXPECT_THAT(err_, HasSubstr("is on stagenet"));
}

TEST_F(Conformance, LogsInOverTls) {
  write("login", "user:secret\n");
  const auto mock = start_mock({"--rpc-login", "user:secret", "--rpc-ssl", "enabled"});
  for (std::string& url : urls_) url.replace(0, 4, "https");
  const std::string transcript =
      source_path("tests/data/transcripts/0.18.5.1/multisig-2of3-setup.json");
  EXPECT_EQ(conformance({transcript, "--rpc-login-file", "login"}), 0) << out_ << err_;
  EXPECT_EQ(conformance({transcript, "--rpc-login-file", "login", "--rpc-any-certificate"}), 0)
      << out_ << err_;
  EXPECT_EQ(conformance({transcript}), 6);
  EXPECT_THAT(err_, HasSubstr("wants a login"));
  EXPECT_EQ(conformance({transcript, "--rpc-login-file", "nowhere"}), 2);
  EXPECT_THAT(err_, HasSubstr("--rpc-login-file: no login can be read from 'nowhere'"));
}

TEST_F(Conformance, AResultForAFileNameThatIsNoText) {
  const auto mock = start_mock();
  const fs::path odd = folder() / "w\xff.json";
  fs::copy_file(source_path("tests/data/transcripts/0.18.5.1/wallet-files.json"), odd);
  EXPECT_EQ(conformance({odd.filename().string(), "--json", "out.json"}), 0) << out_ << err_;
  const json result = json::parse(content_of(folder() / "out.json"));
  EXPECT_EQ(result["transcripts"][0]["file"], "w\xef\xbf\xbd.json");
}

TEST_F(Conformance, HelpTeaches) {
  EXPECT_EQ(conformance({"--help"}), 0);
  EXPECT_THAT(out_, AllOf(HasSubstr("--rpc"), HasSubstr("--daemon"), HasSubstr("Exit status")));
  urls_.clear();
  EXPECT_EQ(conformance({"x"}), 2);
  EXPECT_THAT(err_, HasSubstr("--rpc URL is missing"));
  EXPECT_EQ(escrowstorm({"--help"}), 0);
  EXPECT_THAT(out_, HasSubstr("escrowstorm conformance"));
}

}  // namespace
}  // namespace escrowstorm::e2e
