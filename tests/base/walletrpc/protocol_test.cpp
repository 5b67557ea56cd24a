// What has to hold for every method: sorted keys, and that nothing is lost on the way.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <variant>

#include "base/walletrpc/codec.hpp"
#include "tests/base/walletrpc/samples.hpp"

namespace escrowstorm::walletrpc {
namespace {

using test::filled;
using test::for_each_method;

// Collects the keys of a struct; goes down into structs and vectors of them.
struct KeyCheck {
  std::vector<std::string> keys;

  template <class T>
  void operator()(std::string_view key, T& field) {
    keys.emplace_back(key);
    check(field);
  }

  template <class T>
  static void check(T& field) {
    if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string> &&
                  !std::is_same_v<T, Amount>) {
      KeyCheck nested;
      T::fields(field, nested);
      EXPECT_THAT(nested.keys, testing::WhenSorted(testing::Eq(nested.keys)));
      const std::set<std::string> unique(nested.keys.begin(), nested.keys.end());
      EXPECT_EQ(unique.size(), nested.keys.size());
    }
  }

  template <class T>
  static void check(epee::Sparse<T>& field) {
    check(field.value);
  }

  template <class T>
  static void check(std::vector<T>& fields) {
    for (auto& field : fields) check(field);
  }
};

TEST(Protocol, KeysAreSortedEverywhere) {
  for_each_method([]<class Method>(std::type_identity<Method>) {
    SCOPED_TRACE(Method::method);
    auto request = filled<Method>();
    auto answer = filled<typename Method::Answer>();
    KeyCheck::check(request);
    KeyCheck::check(answer);
  });
}

TEST(Protocol, MethodNamesAreUnique) {
  std::set<std::string_view> names;
  for_each_method([&]<class Method>(std::type_identity<Method>) {
    EXPECT_TRUE(names.insert(Method::method).second) << Method::method;
  });
  EXPECT_EQ(names.size(), Methods::size);
}

TEST(Protocol, ARequestIsTheSameAfterTheWire) {
  for_each_method([]<class Method>(std::type_identity<Method>) {
    SCOPED_TRACE(Method::method);
    for (const Request& request : {Request(Method()), Request(filled<Method>())}) {
      const std::string wire = write_call(request);
      const auto read = read_call(wire);
      ASSERT_TRUE(std::holds_alternative<Call>(read)) << wire;
      EXPECT_EQ(std::get<Call>(read).id.json, "\"0\"");
      EXPECT_EQ(std::get<Call>(read).request.index(), request.index());
      EXPECT_EQ(write_call(std::get<Call>(read).request), wire);
    }
  });
}

TEST(Protocol, AnAnswerIsTheSameAfterTheWire) {
  for_each_method([]<class Method>(std::type_identity<Method>) {
    SCOPED_TRACE(Method::method);
    for (const auto& value : {typename Method::Answer(), filled<typename Method::Answer>()}) {
      const std::string wire = write_answer(CallId(), Answer(AnswerTo<Method>{value}));
      const auto read = read_answer(Request(Method()), wire);
      ASSERT_TRUE(std::holds_alternative<Answer>(read)) << wire;
      EXPECT_TRUE(holds_alternative<AnswerTo<Method>>(std::get<Answer>(read)));
      EXPECT_EQ(write_answer(CallId(), std::get<Answer>(read)), wire);
    }
  });
}

// The trips above compare texts; this one values, so that both ends can't be wrong alike.
TEST(Protocol, ValuesArriveInTheirFields) {
  MakeMultisig sent;
  sent.multisig_info = {"MultisigxV2a", "b\"\\/\n\x01"};
  sent.threshold = 2;
  sent.password = "secret";
  const auto call = read_call(write_call(sent));
  const auto& received = get<MakeMultisig>(std::get<Call>(call).request);
  EXPECT_EQ(received.multisig_info, sent.multisig_info);
  EXPECT_EQ(received.threshold, 2u);
  EXPECT_EQ(received.password, "secret");

  GetBalance::PerSubaddress part;
  part.address = "4A";
  part.balance = Amount::from_atomic(~std::uint64_t{0});
  AnswerTo<GetBalance> answer;
  answer.value.balance = Amount::from_atomic(3'000'000'000);
  answer.value.multisig_import_needed = true;
  answer.value.per_subaddress = {part, part};
  const auto read = read_answer(GetBalance(), write_answer(CallId(), answer));
  const auto& balance = get<AnswerTo<GetBalance>>(std::get<Answer>(read)).value;
  EXPECT_EQ(balance.balance, Amount::from_atomic(3'000'000'000));
  EXPECT_TRUE(balance.multisig_import_needed);
  ASSERT_EQ(balance.per_subaddress.size(), 2u);
  EXPECT_EQ(balance.per_subaddress[1].address, "4A");
  EXPECT_EQ(balance.per_subaddress[1].balance.atomic(), ~std::uint64_t{0});
}

TEST(Protocol, CallsAreStrictJsonWithoutWhiteSpace) {
  EXPECT_EQ(write_call(GetVersion()),
            R"({"jsonrpc":"2.0","id":"0","method":"get_version","params":{}})");
  SetAttribute request;
  request.key = "a/b";
  request.value = "\"\\\n\x01\x7f";
  EXPECT_EQ(write_call(request), R"({"jsonrpc":"2.0","id":"0","method":"set_attribute",)"
                                 R"("params":{"key":"a/b","value":"\"\\\u000a\u0001)"
                                 "\x7f\"}}");
}

}  // namespace
}  // namespace escrowstorm::walletrpc
