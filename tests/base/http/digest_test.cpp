// Who is let in and who is told what; each row was seen on 0.18.0.0 with --rpc-login user:pass.
#include "base/http/digest.hpp"

#include <gmock/gmock.h>
#include <openssl/evp.h>

#include <regex>

#include "tests/support/mutation.hpp"

namespace escrowstorm::http {
namespace {

const Login login{"user", "pass"};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

// One connection: asks, and answers the challenges.
class Visitor {
 public:
  // "pass", "stale" or "fail".
  std::string come(std::optional<std::string> authorization, std::string_view method = "POST") {
    const auto lines = gate_.refuse(login, method, authorization);
    if (!lines) return "pass";
    challenge_ = *lines;
    static const std::regex value("WWW-authenticate: ([^\r]*)\r\n");
    std::smatch found;
    EXPECT_TRUE(std::regex_search(*lines, found, value));
    EXPECT_TRUE(answer_.take(found[1].str()));
    return answer_.stale() ? "stale" : "fail";
  }

  std::string authorization(const Login& as = login, std::string_view method = "POST",
                            std::string_view target = "/json_rpc") {
    return answer_.authorize(as, method, target);
  }

  // After a fresh challenge, what an Authorization that was tampered with meets.
  std::string come_with(const std::string& what, const std::string& by) {
    come(std::nullopt);
    return come(replaced(authorization(), what, by));
  }

  const std::string& challenge() const { return challenge_; }

 private:
  DigestGate gate_;
  DigestAnswer answer_;
  std::string challenge_;
};

TEST(Digest, TheChallengeIsTheRealOnes) {
  Visitor visitor;
  EXPECT_EQ(visitor.come(std::nullopt), "fail");
  EXPECT_THAT(visitor.challenge(),
              testing::MatchesRegex(
                  "WWW-authenticate: Digest qop=\"auth\",algorithm=MD5,realm=\"monero-rpc\","
                  "nonce=\"[^\"]+==\",stale=false\r\n"
                  "WWW-authenticate: Digest qop=\"auth\",algorithm=MD5-sess,realm=\"monero-rpc\","
                  "nonce=\"[^\"]+==\",stale=false\r\n"));
}

TEST(Digest, KnowsItsUserAndCountsTheUsesOfANonce) {
  Visitor visitor;
  EXPECT_EQ(visitor.come(std::nullopt), "fail");
  const std::string first = visitor.authorization();
  EXPECT_EQ(visitor.come(first), "pass");
  EXPECT_EQ(visitor.come(visitor.authorization()), "pass");
  EXPECT_EQ(visitor.come(first), "stale") << "the same count again";
  EXPECT_EQ(visitor.come(first), "stale") << "the nonce of before";
  EXPECT_EQ(visitor.come(visitor.authorization()), "pass");
  visitor.authorization();
  EXPECT_EQ(visitor.come(visitor.authorization()), "stale") << "a count left out";
  EXPECT_EQ(visitor.come(visitor.authorization(Login{"user", "other"})), "fail");
  EXPECT_EQ(visitor.come(visitor.authorization(Login{"other", "pass"})), "fail");
  EXPECT_EQ(visitor.come(visitor.authorization(login, "GET"), "POST"), "fail");
  EXPECT_EQ(visitor.come(visitor.authorization(login, "GET"), "GET"), "pass");
}

TEST(Digest, ABackslashInAUserIsItself) {
  const Login odd{"a\\b", "pass"};
  DigestGate gate;
  DigestAnswer answer;
  const std::string challenge = gate.refuse(odd, "POST", std::nullopt).value();
  const std::size_t value = challenge.find("Digest");
  ASSERT_TRUE(answer.take(challenge.substr(value, challenge.find('\r') - value)));
  const std::string authorization = answer.authorize(odd, "POST", "/json_rpc");
  EXPECT_THAT(authorization, testing::HasSubstr("username=\"a\\b\""));
  EXPECT_EQ(gate.refuse(odd, "POST", authorization), std::nullopt);
}

TEST(Digest, ANonceIsGoodForItsConnection) {
  Visitor one;
  Visitor other;
  one.come(std::nullopt);
  other.come(std::nullopt);
  EXPECT_EQ(other.come(one.authorization()), "stale");
}

TEST(Digest, WhatIsTakenLeniently) {
  Visitor visitor;
  EXPECT_EQ(visitor.come_with("qop=auth", "qop=\"auth\""), "pass");
  EXPECT_EQ(visitor.come_with("Digest ", "digest"), "pass");
  EXPECT_EQ(visitor.come_with("algorithm=MD5", "algorithm=MD5x"), "pass");
  EXPECT_EQ(visitor.come_with("algorithm=MD5, ", ""), "pass");
  EXPECT_EQ(visitor.come_with("realm=\"monero-rpc\"", "realm=\"elsewhere\""), "pass");
  EXPECT_EQ(visitor.come_with("nc=00000001", "nc=00000001, domain=\"x\""), "pass");
}

TEST(Digest, WhatIsNot) {
  Visitor visitor;
  EXPECT_EQ(visitor.come("Basic dXNlcjpwYXNz"), "fail");
  EXPECT_EQ(visitor.come("Digest "), "fail");
  EXPECT_EQ(visitor.come(""), "fail");
  EXPECT_EQ(visitor.come_with("nc=00000001", "nc=1"), "fail");
  EXPECT_EQ(visitor.come_with("nc=00000001", "nc=\"00000001\""), "fail");
  EXPECT_EQ(visitor.come_with("nc=00000001", "nc=00000002"), "fail");
  EXPECT_EQ(visitor.come_with("\"user\"", "user"), "fail");
  EXPECT_EQ(visitor.come_with("qop=auth", "qop=auth-int"), "fail");
  EXPECT_EQ(visitor.come_with("qop=auth", "qop=auth, foo=bar"), "fail");
  EXPECT_EQ(visitor.come_with("qop=auth", "qop=auth,"), "fail");
  EXPECT_EQ(visitor.come_with("algorithm=MD5", "algorithm=SHA-256"), "fail");
  EXPECT_EQ(visitor.come_with("algorithm=MD5", "algorithm=MD5-sess"), "fail");
  EXPECT_EQ(visitor.come_with("uri=\"/json_rpc\"", "uri=\"/other\""), "fail");
}

// Computed by another program. That the nonce is none of ours is told only to who knows the
// password.
TEST(Digest, AKnownResponse) {
  DigestGate gate;
  const auto lines =
      gate.refuse(Login{"Mufasa", "Circle Of Life"}, "GET",
                  "Digest username=\"Mufasa\", realm=\"monero-rpc\", "
                  "nonce=\"n0nce\", uri=\"/dir/index.html\", qop=auth, nc=00000001, "
                  "cnonce=\"0a4f113b\", response=\"b7bfde7f89d312a5f4378249919a675a\"");
  ASSERT_TRUE(lines.has_value());
  EXPECT_THAT(*lines, testing::HasSubstr("stale=true"));
}

TEST(Digest, ChallengesOfOtherServers) {
  DigestAnswer answer;
  EXPECT_FALSE(answer.take("Basic realm=\"x\""));
  EXPECT_FALSE(answer.take("Digest realm=\"x\""));
  EXPECT_FALSE(answer.take("Digest realm=\"x\", nonce=\"n\", algorithm=SHA-256"));
  EXPECT_FALSE(answer.take("Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\""));
  EXPECT_TRUE(
      answer.take("Digest realm=\"x\", nonce=\"n\", qop=\"auth-int, auth\", charset=UTF-8"));
  EXPECT_THAT(answer.authorize(login, "POST", "/"), testing::HasSubstr("nc=00000001"));
  EXPECT_THAT(answer.authorize(login, "POST", "/"), testing::HasSubstr("nc=00000002"));
  EXPECT_TRUE(answer.take("Digest realm=\"x\", nonce=\"n\", opaque=\"o\""));
  const std::string old = answer.authorize(login, "POST", "/");
  EXPECT_THAT(old, testing::Not(testing::HasSubstr("nc=")));
  EXPECT_THAT(old, testing::HasSubstr("opaque=\"o\""));
}

// As long as this lives OpenSSL has what FIPS allows, which is not MD5.
class WithoutMd5 {
 public:
  WithoutMd5() { EVP_set_default_properties(nullptr, "fips=yes"); }
  ~WithoutMd5() { EVP_set_default_properties(nullptr, ""); }
  WithoutMd5(const WithoutMd5&) = delete;
  WithoutMd5& operator=(const WithoutMd5&) = delete;
};

TEST(Digest, WithoutMd5NobodyIsLetIn) {
  EXPECT_EQ(digest_trouble(), std::nullopt);
  Visitor visitor;
  visitor.come(std::nullopt);
  const std::string right = visitor.authorization();
  const std::string hash = right.substr(right.find("response=\"") + 10, 32);
  const std::string zeros = replaced(right, hash, std::string(32, '0'));
  const WithoutMd5 none;
  EXPECT_THAT(digest_trouble(), testing::Optional(testing::HasSubstr("MD5")));
  EXPECT_THROW(visitor.come(zeros), std::runtime_error);
  EXPECT_THROW(visitor.authorization(), std::runtime_error);
}

TEST(Digest, DamagedHeadersNeverPass) {
  constexpr std::string_view tokens[] = {"\"",  "\\\"",     ",",    "=",    " ",
                                         "nc=", "qop=auth", "\xff", "-sess"};
  Visitor visitor;
  int refused = 0;
  for (int i = 0; i < 500; ++i) {
    visitor.come(std::nullopt);
    const std::vector<std::string> corpus{visitor.authorization(Login{"user", "guess"})};
    escrowstorm::test::Mutator mutator(corpus, tokens, static_cast<std::uint64_t>(i));
    refused += visitor.come(mutator.next()) == "fail";
  }
  EXPECT_EQ(refused, 500);
}

}  // namespace
}  // namespace escrowstorm::http
