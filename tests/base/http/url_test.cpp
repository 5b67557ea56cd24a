#include "base/http/url.hpp"

#include <gmock/gmock.h>

#include <variant>
#include <vector>

#include "tests/support/mutation.hpp"

namespace escrowstorm::http {
namespace {

// The endpoint as text again, or what is wrong.
std::string parsed(std::string_view text) {
  const auto result = parse_endpoint(text);
  const auto* endpoint = std::get_if<Endpoint>(&result);
  return endpoint ? endpoint->to_string() : std::get<std::string>(result);
}

TEST(Endpoint, IsReadFromTheFormsPeopleWrite) {
  EXPECT_EQ(parsed("127.0.0.1:18083"), "127.0.0.1:18083");
  EXPECT_EQ(parsed("http://127.0.0.1:18083"), "127.0.0.1:18083");
  EXPECT_EQ(parsed("http://127.0.0.1:18083/"), "127.0.0.1:18083");
  EXPECT_EQ(parsed("http://wallets-1.example.org:1/json_rpc"), "wallets-1.example.org:1");
  EXPECT_EQ(parsed("localhost:65535"), "localhost:65535");
  EXPECT_EQ(parsed("https://localhost:80/json_rpc"), "https://localhost:80");
  EXPECT_EQ(parsed("http://[::1]:18083/json_rpc"), "[::1]:18083");
  EXPECT_EQ(std::get<Endpoint>(parse_endpoint("[::1]:80")), (Endpoint{"::1", 80}));
}

TEST(Endpoint, SaysWhatIsWrong) {
  const std::pair<std::string, std::string> rows[] = {
      {"", "has no port"},
      {"127.0.0.1", "has no port"},
      {"127.0.0.1:", "has no port"},
      {"[::1]", "has no port"},
      {"[::1]80", "has no port"},
      {":80", "has no host"},
      {"http://:80", "has no host"},
      {"::1:80", "has more than one ':' (an IPv6 address stands in brackets)"},
      {"[::1:80", "has a '[' without its ']'"},
      {"[localhost]:80", "has no IPv6 address between its brackets"},
      {"ho st:80", "has a host that is no name and no address"},
      {"h\xc3\xb6st:80", "has a host that is no name and no address"},
      {"ftp://a:80", "has a scheme other than http and https"},
      {"http://user:secret@a:80", "has a login, which belongs into a file: --rpc-login-file"},
      {"a:80/other", "has a path other than /json_rpc"},
      {"a:80/json_rpc?x", "has a path other than /json_rpc"},
      {"a:0", "has a port that is no number from 1 to 65535"},
      {"a:65536", "has a port that is no number from 1 to 65535"},
      {"a:+80", "has a port that is no number from 1 to 65535"},
      {"a:80 ", "has a port that is no number from 1 to 65535"},
      {"a:eighty", "has a port that is no number from 1 to 65535"},
  };
  for (const auto& [text, problem] : rows) EXPECT_EQ(parsed(text), problem) << text;
}

TEST(Endpoint, AnyTextIsAnEndpointOrHasAProblem) {
  const std::vector<std::string> corpus{"http://127.0.0.1:18083/json_rpc", "[::1]:80",
                                        "localhost:65535"};
  const std::vector<std::string_view> tokens{":",        "/",   "[", "]",     "@",
                                             "https://", "://", "0", "99999", "%25"};
  test::Mutator mutator(corpus, tokens, 1);
  int endpoints = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto result = parse_endpoint(mutator.next());
    if (const auto* endpoint = std::get_if<Endpoint>(&result)) {
      ++endpoints;
      ASSERT_EQ(std::get<Endpoint>(parse_endpoint(endpoint->to_string())), *endpoint);
    } else {
      ASSERT_FALSE(std::get<std::string>(result).empty());
    }
  }
  EXPECT_GT(endpoints, 1000);
  EXPECT_LT(endpoints, 19'000);
}

}  // namespace
}  // namespace escrowstorm::http
