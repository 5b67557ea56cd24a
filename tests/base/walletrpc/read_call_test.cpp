// What the real one takes for a call and how it refuses the rest; each row was seen on 0.18.0.0.
#include <gmock/gmock.h>

#include <variant>

#include "base/walletrpc/codec.hpp"

namespace escrowstorm::walletrpc {
namespace {

// "<code> <id>" of a refusal, "ok <id>" of a call, "500" of what breaks the real one.
std::string verdict(std::string_view body) {
  const auto read = read_call(body);
  if (const auto* call = std::get_if<Call>(&read)) return "ok " + call->id.json;
  if (std::holds_alternative<Broken>(read)) return "500";
  const Refusal& refusal = std::get<Refusal>(read);
  return std::to_string(refusal.error.code) + " " + refusal.id.json;
}

std::string with_id(const std::string& id) {
  return "{\"id\":" + id + ",\"method\":\"get_version\"}";
}

std::string with_params(const std::string& method, const std::string& params) {
  return R"({"id":"x","method":")" + method + R"(","params":)" + params + "}";
}

template <class Method>
Method request_in(const std::string& params) {
  const auto read = read_call(with_params(std::string(Method::method), params));
  return get<Method>(std::get<Call>(read).request);
}

// A limit of the mock's own: each value takes more memory than it is long.
TEST(ReadCall, MoreValuesThanAnyCallHas) {
  const auto ones = [](std::size_t count) {
    std::string list = "[1";
    for (std::size_t i = 1; i < count; ++i) list += ",1";
    return with_params("get_address", "{\"address_index\":" + list + "]}");
  };
  EXPECT_EQ(verdict(ones(99'000)), verdict(ones(1)));
  EXPECT_EQ(verdict(ones(100'000)), "-32700 0");
  std::string objects = "{";
  for (int i = 0; i < 100'000; ++i) objects += "\"a\":{\"b\":1},";
  EXPECT_EQ(verdict(objects), "-32700 0");
}

TEST(ReadCall, BodiesThatAreNoCall) {
  for (const char* body :
       {"", " \r\n\t ", "{}", R"({"id":"x"})", R"({"id":"x","method":null})",
        R"({"id":"x","method":[]})", "{", "{\"method\"", "{\"method\":", "{\"id\":[\"a\""})
    EXPECT_EQ(verdict(body), "-32600 0") << body;
  for (const char* body :
       {"garbage", "[]", "5", "null", "\"x\"", R"([{"id":"x","method":"get_version"}])",
        R"({"id":"x",,"method":"get_version"})", R"({"id":[[]],"method":"get_version"})", "{\"",
        R"({"method":"get_version" "id":1})", R"({method:"get_version"})", "{\"id\":5",
        "{\"id\":true", R"({"id":{"a":1)", R"({,"method":"get_version"})",
        R"(x{"method":"get_version"})"})
    EXPECT_EQ(verdict(body), "-32700 0") << body;
  for (const char* method : {"5", "-5", "1.5", "true", "{}", "[\"get_version\"]"})
    EXPECT_EQ(verdict(std::string("{\"method\":") + method + "}"), "500") << method;
}

TEST(ReadCall, WhatIsLooserThanJson) {
  const std::string call = R"({"method":"get_version")";
  for (const char* end : {"", ",", ",}", "}}", "}x", R"(,"params":{)", R"(,"params":{ )", ",\"a\"",
                          ",\"a\":", ",\"a\":[", ",\"a\":[1", ",\"a\":[1,", ",\"a\":[{", ",\"\":1}",
                          ",\"\":null}", ",\"\":[]}"})
    EXPECT_EQ(verdict(call + end), call + end == call + ",\"a\":[1" ? "-32700 0" : "ok 0") << end;
  EXPECT_EQ(verdict(" \t\r\n\v\f" + call), "ok 0");
  for (const char* end :
       {R"(,"params":{"a")", R"(,"params":{"a":1,)", ",\"\":{}}", ",\"\":[1]}", ",\"a\":[1,]}",
        ",\"a\":[{\"b\":", ",\"a\":\"\\u12\"}", ",\"a\":\"\\u12g4\"}"})
    EXPECT_EQ(verdict(call + end), "-32700 0") << end;
}

TEST(ReadCall, NumbersAndWordsThatJsonHasNot) {
  const std::pair<const char*, const char*> rows[] = {
      {"01", "1"},        {"1-2", "1"},     {"1+2", "1"},
      {"-", "0"},         {"--1", "0"},     {"1e", "1"},
      {"1eee", "1"},      {"1.e2", "100"},  {"1.2.3", "1.2"},
      {"-.5", "-0.5"},    {"TRUE", "true"}, {"tRue", "true"},
      {"FALSE", "false"}, {"nULL", "0"},    {"[true,FALSE]", "[true,false]"}};
  for (const auto& [id, written] : rows)
    EXPECT_EQ(verdict(with_id(id)), std::string("ok ") + written) << id;
  for (const char* id :
       {"+1", ".5", "1e400", "1e-400", "18446744073709551616", "0x10", "-9223372036854775809",
        "truex", "true5", "nil", "[NULL]", "1 2", "\"a\"b"})
    EXPECT_EQ(verdict(with_id(id)), "-32700 0") << id;
}

TEST(ReadCall, KeysThatComeTwice) {
  const std::pair<const char*, const char*> rows[] = {
      {R"("id":{"a":1},"id":{"b":2})", "{\r\n    \"a\": 1,\r\n    \"b\": 2\r\n  }"},
      {R"("id":[1],"id":[])", "[1]"},
      {R"("id":[1],"id":["a"])", "[\"a\"]"},
      {R"("id":5,"id":null)", "5"},
      {R"("id":5,"id":{})", "{\r\n  }"},
      {R"("id":{},"id":5)", "5"}};
  for (const auto& [ids, written] : rows)
    EXPECT_EQ(verdict(std::string("{") + ids + R"(,"method":"get_version"})"),
              std::string("ok ") + written)
        << ids;
}

TEST(ReadCall, TextsOfTheRefusals) {
  const auto text = [](std::string_view body) { return std::get<Refusal>(read_call(body)).error; };
  EXPECT_EQ(text("x"), (RpcError{-32700, "Parse error"}));
  EXPECT_EQ(text("{}"), (RpcError{-32600, "Invalid Request"}));
  EXPECT_EQ(text(R"({"method":"nope"})"), (RpcError{-32601, "Method not found"}));
  EXPECT_EQ(text(R"({"method":"open_wallet","params":{"filename":5}})"),
            (RpcError{-32602, "Invalid params"}));
}

TEST(ReadCall, IdsKeepTheirType) {
  for (const char* id :
       {"\"0\"", "\"\"", "7", "-7", "-7.5", "0.1", "true", "false", "[1,2]", "[\"a\",\"b\"]",
        "[true,false]", "18446744073709551615", "-9223372036854775808"})
    EXPECT_EQ(verdict(with_id(id)), "ok " + std::string(id));
}

TEST(ReadCall, IdsAreWrittenAsTheRealOneDoes) {
  const std::pair<std::string, std::string> rows[] = {
      {"1e3", "1000"},
      {"1e6", "1e+06"},
      {"1234567.5", "1.23457e+06"},
      {"1e-7", "1e-07"},
      {"-0", "0"},
      {"-0.0", "-0"},
      {"null", "0"},
      {"[]", "0"},
      {R"("a/b\u00e9\u000b\u0001")", "\"a\\/b\xc3\xa9\\v\x01\""},
      {R"("\ud83d\ude00\'\/\v")", "\"\xed\xa0\xbd\xed\xb8\x80'\\/\\v\""},
      {"\"x\x01\ny\xff\"", "\"x\x01\\ny\xff\""},
      {R"("x\qy")", "\"xqy\""},
      {R"({"b":1,"a":{"z":[{"q":1},{}],"y":[],"x":null}})",
       "{\r\n    \"a\": {\r\n      \"z\": [{\r\n        \"q\": 1\r\n      },{\r\n      }]\r\n    },"
       "\r\n    \"b\": 1\r\n  }"},
  };
  for (const auto& [id, written] : rows) EXPECT_EQ(verdict(with_id(id)), "ok " + written) << id;
  EXPECT_EQ(verdict(R"({"method":"get_version"})"), "ok 0");
}

TEST(ReadCall, ArraysAreOfOneKind) {
  for (const char* id : {"[1,\"x\"]", "[1,-2]", "[1.5,2]", "[null]", "[1,null]", "[[1]]", "[{},1]",
                         "{\"a\":[1,\"x\"]}"})
    EXPECT_EQ(verdict(with_id(id)), "-32700 0") << id;
  EXPECT_EQ(verdict(with_params("get_version", R"({"unknown":[1,"x"]})")), "-32700 0");
}

TEST(ReadCall, UnknownMethodsKeepTheId) {
  EXPECT_EQ(verdict(R"({"id":7,"method":"nope"})"), "-32601 7");
  EXPECT_EQ(verdict(R"({"id":"x","method":""})"), "-32601 \"x\"");
  EXPECT_EQ(verdict(R"({"method":"nope"})"), "-32601 \"\"");
  EXPECT_EQ(verdict(R"({"id":"x","method":"nope","jsonrpc":5})"), "-32601 \"x\"");
}

TEST(ReadCall, OlderNamesAreUnderstood) {
  for (const char* method : {"getaddress", "getbalance", "getheight"})
    EXPECT_EQ(verdict(with_params(method, "{}")), "ok \"x\"") << method;
}

TEST(ReadCall, VersionMustBeAStringWhenThere) {
  EXPECT_EQ(verdict(R"({"id":"x","method":"get_version","jsonrpc":"9"})"), "ok \"x\"");
  EXPECT_EQ(verdict(R"({"id":"x","method":"get_version","jsonrpc":5})"), "-32602 0");
}

TEST(ReadCall, ParamsThatAreNoObjectAreEmpty) {
  for (const char* params : {"null", "[]", "[1]", "5", "true", "\"x\"", "{}", R"({"unknown":1})"})
    EXPECT_EQ(request_in<OpenWallet>(params).filename, "") << params;
}

TEST(ReadCall, DefaultsApplyOnlyWhereParamsIsAnObject) {
  for (const char* params : {"{}", R"({"unknown":1})", R"({"autosave_current":null})"})
    EXPECT_TRUE(request_in<CloseWallet>(params).autosave_current) << params;
  for (const char* params : {"null", "[]", "[{}]", "5", "true", "\"x\""}) {
    EXPECT_FALSE(request_in<CloseWallet>(params).autosave_current) << params;
    EXPECT_EQ(request_in<CreateAddress>(params).count, 0u) << params;
    EXPECT_EQ(request_in<SetDaemon>(params).ssl_support, "") << params;
  }
  const auto read = read_call(R"({"id":"x","method":"close_wallet"})");
  EXPECT_FALSE(get<CloseWallet>(std::get<Call>(read).request).autosave_current);
}

TEST(ReadCall, WhatFollowsTheCallIsIgnoredAndTheLastOfTwoKeysWins) {
  EXPECT_EQ(verdict(R"( {"id":"x","method":"get_version"} junk)"), "ok \"x\"");
  EXPECT_EQ(verdict(R"({"id":"x","id":"y","method":"get_version"})"), "ok \"y\"");
}

TEST(ReadCall, StringFields) {
  EXPECT_EQ(request_in<OpenWallet>(R"({"filename":"a"})").filename, "a");
  EXPECT_EQ(request_in<OpenWallet>(R"({"filename":null})").filename, "");
  EXPECT_EQ(request_in<OpenWallet>(R"({"filename":[]})").filename, "");
  for (const char* value : {"5", "1.5", "true", "{}", "[\"a\"]"})
    EXPECT_EQ(verdict(with_params("open_wallet", std::string(R"({"filename":)") + value + "}")),
              "-32602 \"x\"")
        << value;
}

TEST(ReadCall, IntegerFields) {
  const auto index = [](const std::string& value) {
    return request_in<GetAddress>("{\"account_index\":" + value + "}").account_index;
  };
  EXPECT_EQ(index("5"), 5u);
  EXPECT_EQ(index("4294967295"), 4294967295u);
  EXPECT_EQ(index("-0"), 0u);
  EXPECT_EQ(index("null"), 0u);
  for (const char* value : {"\"0\"", "true", "-1", "0.0", "4294967296", "[0]", "{}"})
    EXPECT_EQ(
        verdict(with_params("get_address", std::string(R"({"account_index":)") + value + "}")),
        "-32602 \"x\"")
        << value;
}

TEST(ReadCall, BoolFields) {
  EXPECT_FALSE(request_in<OpenWallet>(R"({"autosave_current":false})").autosave_current);
  EXPECT_TRUE(request_in<OpenWallet>(R"({"autosave_current":null})").autosave_current);
  for (const char* value : {"0", "1", "\"true\"", "{}"})
    EXPECT_EQ(
        verdict(with_params("open_wallet", std::string(R"({"autosave_current":)") + value + "}")),
        "-32602 \"x\"")
        << value;
}

TEST(ReadCall, VectorFields) {
  using testing::ElementsAre;
  using testing::IsEmpty;
  const auto infos = [](const std::string& value) {
    return request_in<MakeMultisig>("{\"multisig_info\":" + value + "}").multisig_info;
  };
  EXPECT_THAT(infos(R"(["a",""])"), ElementsAre("a", ""));
  for (const char* value : {"\"x\"", "5", "{}", "[]", "null"}) EXPECT_THAT(infos(value), IsEmpty());
  for (const char* value : {"[5]", "[{}]", "[true]"})
    EXPECT_EQ(
        verdict(with_params("make_multisig", std::string(R"({"multisig_info":)") + value + "}")),
        "-32602 \"x\"")
        << value;

  const auto indices = [](const std::string& value) {
    return request_in<GetAddress>("{\"address_index\":" + value + "}").address_index;
  };
  EXPECT_THAT(indices("[3,1]"), ElementsAre(3, 1));
  for (const char* value : {"[\"0\"]", "[true]", "[0.5]", "[-1]", "[0,4294967296]"})
    EXPECT_EQ(
        verdict(with_params("get_address", std::string(R"({"address_index":)") + value + "}")),
        "-32602 \"x\"")
        << value;
}

std::string nested(int levels) {
  std::string id;
  for (int i = 0; i < levels; ++i) id += "{\"a\":";
  return with_id(id + "1" + std::string(levels, '}'));
}

TEST(ReadCall, NestingEndsAtAHundred) {
  EXPECT_EQ(verdict(nested(99)).substr(0, 2), "ok");
  EXPECT_EQ(verdict(nested(100)), "-32700 0");
  EXPECT_EQ(verdict(nested(100'000)), "-32700 0");
}

}  // namespace
}  // namespace escrowstorm::walletrpc
