#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/http/server.hpp"
#include "base/real_clock.hpp"
#include "base/rethrow.hpp"
#include "sim/conformance/player.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::sim {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

// A server that answers each method with one prepared text and remembers the last parameters. Its
// pool has a transaction that is relayed after so many looks.
struct Canned {
  std::map<std::string, std::string> answers;  // method: "result" or "error" and its value
  std::map<std::string, std::string> bodies;   // method: the whole answer
  std::map<std::string, json> params;
  std::size_t calls = 0;
  std::size_t looks_until_relayed = 0;
  std::size_t looks = 0;
  std::size_t looks_before_block = 0;

  std::string pool() {
    const bool relayed = looks++ >= looks_until_relayed;
    return json{{"transactions", {{{"relayed", relayed}}}}}.dump();
  }

  std::string reply(const std::string& body) {
    const json call = json::parse(body);
    const std::string method = call["method"];
    ++calls;
    params[method] = call["params"];
    if (method == "generateblocks") looks_before_block = looks;
    if (const auto whole = bodies.find(method); whole != bodies.end()) return whole->second;
    const auto found = answers.find(method);
    const std::string outcome =
        found != answers.end() ? found->second : R"("error": {"code": -13, "message": "none"})";
    return R"({"id": "0", "jsonrpc": "2.0", )" + outcome + "}";
  }
};

Awaitable<http::ServerResponse> answer(Canned* canned, http::ServerRequest request) {
  http::ServerResponse response;
  const bool pool = request.target == "/get_transaction_pool";
  response.body = pool ? canned->pool() : canned->reply(request.body);
  co_return response;
}

class PlayerTest : public testing::Test {
 protected:
  PlayerTest() {
    http::Endpoint any{"127.0.0.1", 0};
    endpoint_ = server_.listen(
        any, [this](http::ServerRequest request) { return answer(&canned_, std::move(request)); });
  }

  Awaitable<void> play_into(const Transcript& transcript, std::vector<Difference>& found) {
    found = co_await player_->play(transcript);
    loop_.stop();
  }

  // The differences of a transcript of `instances` with these steps.
  std::vector<Difference> play(const std::string& steps, bool with_daemon = false,
                               const std::vector<http::Endpoint>& instances = {}) {
    PlayerTarget target{instances, std::nullopt, wallet_dir_, "r1"};
    if (instances.empty()) target.instances = {endpoint_};
    if (with_daemon) target.daemon = endpoint_;
    auto read =
        read_transcript(R"({"name": "t", "instances": )" + std::to_string(target.instances.size()) +
                            R"(, "steps": [)" + steps + "]}",
                        "t");
    if (const auto* errors = std::get_if<TranscriptErrors>(&read)) {
      ADD_FAILURE() << errors->front();
      return {};
    }
    player_ = std::make_unique<Player>(loop_.get_executor(), clock_, std::move(target));
    player_->watch([this](std::size_t step) { watched_.push_back(step); });
    std::vector<Difference> found;
    auto playing = play_into(std::get<Transcript>(read), found);
    boost::asio::co_spawn(loop_, std::move(playing), rethrow);
    loop_.restart();
    loop_.run();
    return found;
  }

  boost::asio::io_context loop_;
  RealClock clock_{loop_.get_executor()};
  Canned canned_;
  http::Server server_{loop_.get_executor(), http::ServerLimits()};
  http::Endpoint endpoint_;
  std::string wallet_dir_ = "/wallets";
  std::unique_ptr<Player> player_;
  std::vector<std::size_t> watched_;
};

auto difference(std::size_t step, const std::string& text) {
  return AllOf(Field("step", &Difference::step, step),
               Field("what", &Difference::what, HasSubstr(text)));
}

TEST_F(PlayerTest, ATrueTranscriptHasNoDifferences) {
  canned_.answers["get_height"] = R"("result": {"height": 7, "more": true})";
  EXPECT_THAT(play(R"({"at": 0, "call": "get_height", "params": {},
                       "expect": {"result": {"height": {"$integer": {"min": 7}}}}},
                      {"at": 0, "call": "nope", "params": {},
                       "expect": {"error": {"code": -13, "message": "none"}}})"),
              ElementsAre());
}

TEST_F(PlayerTest, SubstitutesWhatWasSavedAndGiven) {
  canned_.answers["first"] = R"("result": {"address": "4abc"})";
  canned_.answers["second"] = R"("result": {"echo": "4abc"})";
  canned_.answers["third"] = R"("error": {"code": -1, "message": "no \"/wallets/w_r1\""})";
  EXPECT_THAT(play(R"({"at": 0, "call": "first", "params": {}, "expect": {"result": {}},
                       "save": {"a": "address"}},
                      {"at": 0, "call": "second", "params": {"list": ["${a}", "w_${run}"]},
                       "expect": {"result": {"echo": "${a}"}}},
                      {"at": 0, "call": "third", "params": {},
                       "expect": {"error": {"code": -1, "message": "no \"${wallet_dir}/w_${run}\""}}},
                      {"same": ["${a}", "4abc"]}, {"differ": ["${a}", "4abd"]})"),
              ElementsAre());
  EXPECT_EQ(canned_.params["second"], json::parse(R"({"list": ["4abc", "w_r1"]})"));
}

TEST_F(PlayerTest, ReportsEveryWrongExpectation) {
  canned_.answers["get_height"] = R"("result": {"height": 7, "text": "abc"})";
  const auto found = play(R"(
      {"at": 0, "call": "get_height", "params": {}, "expect": {"result": {"height": 8}}},
      {"at": 0, "call": "get_height", "params": {}, "expect": {"result": {"depth": 8}}},
      {"at": 0, "call": "get_height", "params": {},
       "expect": {"result": {"text": {"$string": {"prefix": "b"}}}}},
      {"at": 0, "call": "get_height", "params": {},
       "expect": {"error": {"code": -1, "message": "none"}}},
      {"at": 0, "call": "nope", "params": {}, "expect": {"result": {}}},
      {"at": 0, "call": "nope", "params": {},
       "expect": {"error": {"code": -13, "message": "None"}}},
      {"same": ["x", "y"]}, {"differ": ["x", "x"]})");
  EXPECT_THAT(
      found,
      ElementsAre(
          difference(1, "get_height on instance 0: height: expected 8, came 7"),
          difference(2, "depth: expected 8, is missing"),
          difference(3, "came \"abc\", which begins otherwise"),
          difference(4, R"(expected the error {"code":-1,"message":"none"}, came the result)"),
          difference(5, R"(came the error {"code":-13,"message":"none"})"),
          difference(6, R"(expected the error {"code":-13,"message":"None"})"),
          difference(7, "same: expected equal values"),
          difference(8, "differ: expected different")));
}

TEST_F(PlayerTest, WhatDependsOnAFailedStepIsNamed) {
  EXPECT_THAT(play(R"({"at": 0, "call": "nope", "params": {}, "expect": {"result": {}},
                       "save": {"a": "address"}},
                      {"at": 0, "call": "nope", "params": {"x": "${a}"}, "expect": {"result": {}}})"),
              ElementsAre(difference(1, "came the error"),
                          difference(2, "not played, ${a} was not saved")));
  EXPECT_EQ(canned_.calls, 3u);  // the first step between two close_wallet
}

TEST_F(PlayerTest, AlsoWhatAnExpectedErrorNames) {
  EXPECT_THAT(play(R"({"at": 0, "call": "nope", "params": {}, "expect": {"result": {}},
                       "save": {"a": "address"}},
                      {"at": 0, "call": "nope", "params": {},
                       "expect": {"error": {"code": -1, "message": "no ${a}"}}})"),
              ElementsAre(difference(1, "came the error"),
                          difference(2, "not played, ${a} was not saved")));
}

TEST_F(PlayerTest, ClosesWhatIsOpenBeforeAndAfter) {
  canned_.answers["close_wallet"] = R"("error": {"code": -1, "message": "can't"})";
  EXPECT_THAT(play(R"({"same": ["x", "x"]})"),
              ElementsAre(difference(0, "close_wallet on instance 0"),
                          difference(2, "close_wallet on instance 0")));
}

TEST_F(PlayerTest, TellsEachStepBeforeItIsPlayed) {
  canned_.answers["one"] = R"("result": {})";
  EXPECT_THAT(play(R"({"at": 0, "call": "one", "expect": {"result": {}}},
                      {"same": ["x", "x"]})"),
              ElementsAre());
  EXPECT_THAT(watched_, ElementsAre(1, 2));
}

TEST_F(PlayerTest, GivesUpWhenAnInstanceCannotBeReached) {
  endpoint_.port = 1;
  EXPECT_THAT(play(R"({"at": 0, "call": "one", "expect": {"result": {}}})"),
              ElementsAre(difference(0, "refused: cannot connect to 127.0.0.1:1")));
  EXPECT_TRUE(player_->gave_up());
}

TEST_F(PlayerTest, WhatItOpenedElsewhereIsClosedWhenAnInstanceIsLost) {
  canned_.answers["open"] = R"("result": {})";
  const http::Endpoint gone{"127.0.0.1", 1};
  EXPECT_THAT(play(R"({"at": 0, "call": "open", "expect": {"result": {}}})", false,
                   {endpoint_, gone, endpoint_}),
              ElementsAre(difference(0, "close_wallet on instance 1: refused")));
  EXPECT_TRUE(player_->gave_up());
  EXPECT_EQ(canned_.calls, 3u);  // the first one's close_wallet, and both others' at the end
}

TEST_F(PlayerTest, AShortChainIsMadeLongEnough) {
  canned_.answers["get_block_count"] = R"("result": {"count": 30})";
  canned_.answers["generateblocks"] = R"("result": {"height": 99})";
  const std::string calls = R"({"at": 0, "call": "one", "expect": {"error": {"code": -13,
                                                                  "message": "none"}}})";
  EXPECT_THAT(play(calls, true), ElementsAre());
  EXPECT_FALSE(canned_.params.contains("generateblocks"));
  EXPECT_THAT(play(R"({"daemon": "nothing_more"},)" + calls, true),
              ElementsAre(difference(1, "nothing_more on the daemon: expected a result")));
  EXPECT_EQ(canned_.params["generateblocks"]["amount_of_blocks"], 70);
}

TEST_F(PlayerTest, BlocksNeedADaemon) {
  canned_.answers["generateblocks"] = R"("result": {"height": 3})";
  const std::string blocks = R"({"daemon": "generateblocks", "params": {"amount_of_blocks": 3}})";
  EXPECT_THAT(play(blocks), ElementsAre(difference(1, "no daemon was given")));
  EXPECT_THAT(play(blocks, true), ElementsAre());
  EXPECT_EQ(canned_.params["generateblocks"]["amount_of_blocks"], 3);
}

// monerod mines no transaction that it has not relayed, which it does in the background.
TEST_F(PlayerTest, ABlockWaitsUntilThePoolIsRelayed) {
  canned_.answers["generateblocks"] = R"("result": {"height": 3})";
  canned_.looks_until_relayed = 2;
  EXPECT_THAT(play(R"({"daemon": "generateblocks", "params": {"amount_of_blocks": 3}})", true),
              ElementsAre());
  EXPECT_EQ(canned_.looks_before_block, 3u);
}

TEST_F(PlayerTest, AnAnswerThatIsNoneIsADifference) {
  canned_.answers["both"] = R"("error": {}, "result": {})";
  EXPECT_THAT(play(R"({"at": 0, "call": "both", "params": {}, "expect": {"result": {}}})"),
              ElementsAre(difference(1, "expected a JSON-RPC answer, came HTTP 200")));
}

TEST_F(PlayerTest, AnErrorThatIsNoneIsADifference) {
  canned_.answers["close_wallet"] = R"("error": "boom")";
  EXPECT_THAT(play(R"({"same": ["x", "x"]})"),
              ElementsAre(difference(0, "came the error \"boom\""), difference(2, "\"boom\"")));
  canned_.answers["close_wallet"] = R"("error": {"code": "-13", "message": "none"})";
  EXPECT_THAT(play(R"({"same": ["x", "x"]})"),
              ElementsAre(difference(0, "came the error {"), difference(2, "came the error {")));
}

TEST_F(PlayerTest, ADeepAnswerIsADifference) {
  const std::string deep(100'000, '[');
  canned_.bodies["deep"] = R"({"id": "0", "jsonrpc": "2.0", "result": {"a": )" + deep +
                           std::string(deep.size(), ']') + "}}";
  EXPECT_THAT(play(R"({"at": 0, "call": "deep", "expect": {"result": {"a": 1}}})"),
              ElementsAre(difference(1, "is nested too deep")));
}

TEST_F(PlayerTest, AWalletFolderThatIsNoTextIsStillSent) {
  wallet_dir_ = "/w\xff";
  canned_.answers["open"] = R"("result": {})";
  EXPECT_THAT(play(R"({"at": 0, "call": "open", "params": {"in": "${wallet_dir}"},
                       "expect": {"result": {}}})"),
              ElementsAre());
  EXPECT_EQ(canned_.params["open"]["in"], "/w\xef\xbf\xbd");
}

TEST_F(PlayerTest, SurvivesMutatedAnswers) {
  const std::vector<std::string> corpus{
      R"({"id": "0", "jsonrpc": "2.0", "result": {"a": "4abc", "list": [1, {"b": null}]}})",
      R"({"error": {"code": -13, "message": "No wallet file"}, "id": "0", "jsonrpc": "2.0"})"};
  constexpr std::string_view tokens[] = {"{", "}", "[", "]", ",", "\"", "-1", "null", "\xff"};
  test::Mutator mutator(corpus, tokens, 1);
  std::size_t told = 0;
  for (int i = 0; i < 300; ++i) {
    canned_.bodies["close_wallet"] = canned_.bodies["m"] = mutator.next();
    told += play(R"({"at": 0, "call": "m", "expect": {"result": {"list": [1, {"b": null}]}},
                     "save": {"a": "a"}},
                    {"at": 0, "call": "m", "expect": {"error": {"code": -13, "message": "${a}"}}})")
                .size();
  }
  EXPECT_GT(told, 300u);
}

}  // namespace
}  // namespace escrowstorm::sim
