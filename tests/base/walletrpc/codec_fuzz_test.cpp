#include <gmock/gmock.h>

#include <variant>

#include "base/walletrpc/codec.hpp"
#include "tests/base/walletrpc/samples.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::walletrpc {
namespace {

constexpr int mutations = 20'000;
constexpr std::string_view tokens[] = {"{",
                                       "}",
                                       "[",
                                       "]",
                                       ",",
                                       ":",
                                       "\"",
                                       "\\",
                                       "\\u",
                                       "\\ud83d",
                                       "\\v",
                                       "\x01",
                                       "\xff",
                                       "null",
                                       "true",
                                       "-",
                                       "1e999",
                                       "0.5",
                                       "18446744073709551616",
                                       "{\"a\":",
                                       "[[[[",
                                       "\"id\":",
                                       "\"params\":",
                                       "\"result\":",
                                       "\"error\":",
                                       "\"code\":"};

std::vector<std::string> all_calls() {
  std::vector<std::string> corpus;
  test::for_each_method([&]<class Method>(std::type_identity<Method>) {
    corpus.push_back(write_call(test::filled<Method>()));
  });
  corpus.push_back(R"({"id":{"b":[1,2],"a":{"z":[{"q":-1.5},{}]}},"method":"get_version"})");
  return corpus;
}

TEST(CodecFuzz, AnyBodyIsReadAndRefusalsCanBeAnswered) {
  const auto corpus = all_calls();
  escrowstorm::test::Mutator mutator(corpus, tokens, 1);
  int calls = 0;
  for (int i = 0; i < mutations; ++i) {
    const auto read = read_call(mutator.next());
    if (const auto* call = std::get_if<Call>(&read)) {
      ++calls;
      const auto again = read_call(write_call(call->request));
      ASSERT_TRUE(std::holds_alternative<Call>(again));
    } else if (const auto* refusal = std::get_if<Refusal>(&read)) {
      const auto answered = read_answer(GetVersion(), write_error(refusal->id, refusal->error));
      ASSERT_EQ(std::get<RpcError>(answered), refusal->error);
    }
  }
  EXPECT_GT(calls, mutations / 20);
  EXPECT_LT(calls, mutations / 20 * 19);
}

TEST(CodecFuzz, AnyBodyIsAnAnswerOrABadOne) {
  std::vector<std::string> corpus;
  std::vector<Request> asked;
  test::for_each_method([&]<class Method>(std::type_identity<Method>) {
    AnswerTo<Method> answer{test::filled<typename Method::Answer>()};
    corpus.push_back(write_answer(CallId(), Answer(std::move(answer))));
    asked.push_back(Method());
  });
  corpus.push_back(write_error(CallId(), RpcError{-28, "This wallet is already multisig"}));
  escrowstorm::test::Mutator mutator(corpus, tokens, 2);
  int bad_answers = 0;
  for (int i = 0; i < mutations; ++i) {
    const Request& request = asked[static_cast<std::size_t>(i) % asked.size()];
    const auto read = read_answer(request, mutator.next());
    const auto* bad = std::get_if<BadAnswer>(&read);
    if (!bad) continue;
    ++bad_answers;
    ASSERT_FALSE(bad->why.empty());
  }
  EXPECT_GT(bad_answers, mutations / 2);
  EXPECT_LT(bad_answers, mutations);
}

}  // namespace
}  // namespace escrowstorm::walletrpc
