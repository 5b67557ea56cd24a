// Answers are taken at their word only when every word is there.
#include <gmock/gmock.h>

#include <variant>

#include "base/walletrpc/codec.hpp"

namespace escrowstorm::walletrpc {
namespace {

// The complaint about an answer; empty when there is none.
std::string complaint(const Request& asked, std::string_view body) {
  const auto read = read_answer(asked, body);
  const auto* bad = std::get_if<BadAnswer>(&read);
  return bad ? bad->why : "";
}

std::string result(const std::string& text) {
  return R"({"id":"0","jsonrpc":"2.0","result":)" + text + "}";
}

TEST(ReadAnswer, WhatIsNoJsonObjectIsNoAnswer) {
  for (const char* body :
       {"", "x", "[]", "5", "null", "{", R"({"result":{}} junk)", "<html></html>"})
    EXPECT_EQ(complaint(Store(), body), "it is no JSON object") << body;
  EXPECT_EQ(complaint(Store(), "{}"), "result is missing");
  EXPECT_EQ(complaint(Store(), result("null")), "result is missing");
  EXPECT_EQ(complaint(Store(), result("5")), "result is no object");
  EXPECT_EQ(complaint(Store(), result("{}") + "\r\n"), "");
}

TEST(ReadAnswer, MissingOrMistypedKeysAreNamed) {
  const auto version = [](const std::string& text) {
    return complaint(GetVersion(), result(text));
  };
  EXPECT_EQ(version("{}"), "result.release is missing");
  EXPECT_EQ(version(R"({"release":true})"), "result.version is missing");
  EXPECT_EQ(version(R"({"release":1,"version":1})"), "result.release is no bool");
  for (const char* value : {"-1", "1.0", "\"1\"", "null", "true", "[]", "99999999999999999999"})
    EXPECT_EQ(version(std::string(R"({"release":true,"version":)") + value + "}"),
              "result.version is no unsigned integer");
  EXPECT_EQ(version(R"({"release":true,"version":4294967296})"),
            "result.version does not fit into 32 bits");
  EXPECT_EQ(version(R"({"release":true,"version":1,"unknown":[1,"x"]})"), "");
  EXPECT_EQ(complaint(QueryKey(), result(R"({"key":5})")), "result.key is no string");
}

TEST(ReadAnswer, MissingVectorsAreEmptyAndTheirElementsAreChecked) {
  const auto address = [](const std::string& text) {
    return complaint(GetAddress(), result(R"({"address":"4A")" + text + "}"));
  };
  EXPECT_EQ(address(""), "");
  EXPECT_EQ(address(R"(,"addresses":5)"), "result.addresses is no array");
  EXPECT_EQ(address(R"(,"addresses":[5])"), "result.addresses[0] is no object");
  EXPECT_EQ(address(R"(,"addresses":[{"address":"4A","address_index":0,"label":"","used":false},)"
                    R"({"address":"4A","address_index":"1"}])"),
            "result.addresses[1].address_index is no unsigned integer");
  EXPECT_EQ(complaint(GetLanguages(), result(R"({"languages":["a",5]})")),
            "result.languages[1] is no string");
}

TEST(ReadAnswer, ErrorsAreReadWithCodeAndMessage) {
  const auto read = read_answer(
      Store(), R"({"error":{"code":-13,"message":"No wallet file"},"id":"0","jsonrpc":"2.0"})");
  EXPECT_EQ(std::get<RpcError>(read), (RpcError{-13, "No wallet file"}));

  const auto error = [](const std::string& text) {
    return complaint(Store(), R"({"error":)" + text + R"(,"result":{}})");
  };
  EXPECT_EQ(error("5"), "error is no object");
  EXPECT_EQ(error(R"({"message":"x"})"), "error.code is no number");
  EXPECT_EQ(error(R"({"code":"-13","message":"x"})"), "error.code is no number");
  EXPECT_EQ(error(R"({"code":99999999999,"message":"x"})"), "error.code is no number");
  EXPECT_EQ(error(R"({"code":-13})"), "error.message is missing");
  EXPECT_EQ(error(R"({"code":-13,"message":5})"), "error.message is no string");
  EXPECT_EQ(error("null"), "") << "as some servers write it beside a result";
}

}  // namespace
}  // namespace escrowstorm::walletrpc
