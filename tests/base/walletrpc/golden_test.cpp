// Against bytes recorded from a real monero-wallet-rpc (tests/data/wire).
#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/walletrpc/codec.hpp"

namespace escrowstorm::walletrpc {
namespace {

struct Exchange {
  std::string request;
  std::string answer;
};

// The file holds each byte as one character.
std::string bytes_of(const std::string& utf8) {
  std::string bytes;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    bytes += static_cast<char>(c < 0x80 ? c : (c & 3) << 6 | (utf8[++i] & 0x3f));
  }
  return bytes;
}

std::map<std::string, Exchange> recorded() {
  std::ifstream file(ESCROWSTORM_SOURCE_DIR "/tests/data/wire/0.18.0.0.json");
  const auto json = nlohmann::json::parse(file);
  std::map<std::string, Exchange> exchanges;
  for (const auto& [name, exchange] : json.at("exchanges").items())
    exchanges[name] = {bytes_of(exchange.at("request")), bytes_of(exchange.at("answer"))};
  return exchanges;
}

// What a server that means the same would answer.
std::string answered_again(const Exchange& exchange) {
  const auto read = read_call(exchange.request);
  if (const auto* refusal = std::get_if<Refusal>(&read))
    return write_error(refusal->id, refusal->error);
  const Call& call = std::get<Call>(read);
  const auto answer = read_answer(call.request, exchange.answer);
  if (const auto* error = std::get_if<RpcError>(&answer)) return write_error(call.id, *error);
  if (const auto* bad = std::get_if<BadAnswer>(&answer)) return "bad answer: " + bad->why;
  return write_answer(call.id, std::get<Answer>(answer));
}

TEST(Golden, EveryRecordedAnswerIsReproducedToTheByte) {
  const auto exchanges = recorded();
  ASSERT_EQ(exchanges.size(), 17u);
  for (const auto& [name, exchange] : exchanges)
    EXPECT_EQ(answered_again(exchange), exchange.answer) << name;
}

template <class Method>
typename Method::Answer recorded_answer(const std::string& name) {
  const auto read = read_answer(Method(), recorded().at(name).answer);
  return get<AnswerTo<Method>>(std::get<Answer>(read)).value;
}

TEST(Golden, RecordedAnswersReadAsTheirValues) {
  EXPECT_EQ(recorded_answer<GetVersion>("get_version").version, 65561u);
  EXPECT_EQ(recorded_answer<GetHeight>("get_height").height, 1u);
  EXPECT_EQ(recorded_answer<GetAttribute>("get_attribute").value, "a\"b\\c/d\n\t\x01");
  EXPECT_EQ(recorded_answer<GetLanguages>("get_languages").languages_local.at(2), "Español");
  EXPECT_THAT(recorded_answer<GetBalance>("get_balance").per_subaddress, testing::IsEmpty());
  const auto addresses = recorded_answer<GetAddress>("get_address").addresses;
  ASSERT_EQ(addresses.size(), 1u);
  EXPECT_EQ(addresses[0].label, "Primary account");
  EXPECT_FALSE(addresses[0].used);
}

TEST(Golden, RecordedRequestsReadAsTheirValues) {
  const auto read = read_call(recorded().at("set_attribute").request);
  const auto& request = get<SetAttribute>(std::get<Call>(read).request);
  EXPECT_EQ(request.key, "k");
  EXPECT_EQ(request.value, "a\"b\\c/d\n\t\x01");
}

}  // namespace
}  // namespace escrowstorm::walletrpc
