// Logins and TLS, with our client at the other end and with bytes of our own.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/http/tls.hpp"
#include "tests/base/http/server_fixture.hpp"

namespace escrowstorm::http {
namespace {

namespace fs = std::filesystem;

// A P-256 key and its certificate, good until 2126, and another pair.
const std::string data = std::string(ESCROWSTORM_SOURCE_DIR) + "/tests/data/tls/";

class SecureTest : public ServerTest {
 protected:
  Endpoint serve_with(ServerManners manners) {
    server_ = std::make_unique<Server>(loop_.get_executor(), ServerLimits(), std::move(manners));
    return server_->listen(Endpoint{"127.0.0.1", 0}, echo);
  }

  std::unique_ptr<Connection> connection_to(Endpoint endpoint, bool tls, Access access = {}) {
    endpoint.tls = tls;
    return std::make_unique<Connection>(loop_.get_executor(), clock_, endpoint, 1'000'000,
                                        std::move(access));
  }

  unsigned status_of(Connection& connection) {
    auto response = run_on(loop_, connection.post("/json_rpc", "x", clock_.now() + 10s));
    return response ? response->status : 0;
  }
};

ServerManners asking_for_login() {
  ServerManners manners;
  manners.login = Login{"user", "pass"};
  return manners;
}

ServerManners speaking_tls(bool tls_only) {
  ServerManners manners;
  manners.tls = TlsIdentity::make();
  manners.tls_only = tls_only;
  return manners;
}

Access with_login(std::string user, std::string password) {
  Access access;
  access.login = Login{std::move(user), std::move(password)};
  return access;
}

std::shared_ptr<TlsTrust> trust_in(const std::string& file) {
  return std::get<std::shared_ptr<TlsTrust>>(TlsTrust::file(data + file));
}

TEST_F(SecureTest, TheLoginIsGivenWhenItIsAskedFor) {
  const Endpoint endpoint = serve_with(asking_for_login());
  auto right = connection_to(endpoint, false, with_login("user", "pass"));
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(post(*right, std::to_string(i)), "POST " + std::to_string(i));
  auto wrong = connection_to(endpoint, false, with_login("user", "other"));
  EXPECT_EQ(status_of(*wrong), 401u);
  EXPECT_EQ(status_of(*wrong), 401u);
  auto none = connection_to(endpoint, false);
  EXPECT_EQ(status_of(*none), 401u);
}

TEST_F(SecureTest, ALoginThatNobodyAsksForStaysHome) {
  std::string heard;
  const Endpoint endpoint = serve([&](ServerRequest request) {
    heard += request.body;
    return echo(std::move(request));
  });
  auto client = connection_to(endpoint, false, with_login("user", "pass"));
  EXPECT_EQ(post(*client, "x"), "POST x");
  EXPECT_EQ(heard, "x");
}

TEST_F(SecureTest, OnePortSpeaksBoth) {
  const Endpoint endpoint = serve_with(speaking_tls(false));
  auto plain = connection_to(endpoint, false);
  auto secure = connection_to(endpoint, true);
  const std::string big(100'000, 'x');
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(post(*plain, "plain"), "POST plain");
    EXPECT_EQ(post(*secure, big), "POST " + big);
  }
  EXPECT_THAT(exchange(endpoint, request("x", "Connection: close\r\n")),
              testing::EndsWith("POST x"));
}

TEST_F(SecureTest, TlsOnlyHangsUpOnOthers) {
  const Endpoint endpoint = serve_with(speaking_tls(true));
  EXPECT_EQ(post(*connection_to(endpoint, true), "x"), "POST x");
  EXPECT_THAT(exchange(endpoint, request("x")), testing::Not(testing::HasSubstr("HTTP")));
}

TEST_F(SecureTest, WhatBeginsLikeTlsAndIsNoneIsHungUpOn) {
  const Endpoint endpoint = serve_with(speaking_tls(false));
  const std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
  const std::string answer = exchange(endpoint, hello + std::string(600, 'x'));
  EXPECT_THAT(answer, testing::Not(testing::HasSubstr("HTTP")));
  run_until(loop_, [&] { return server_->connections() == 0; });
}

TEST_F(SecureTest, LoginsWorkOverTls) {
  ServerManners manners = asking_for_login();
  manners.tls = TlsIdentity::make();
  const Endpoint endpoint = serve_with(std::move(manners));
  auto client = connection_to(endpoint, true, with_login("user", "pass"));
  EXPECT_EQ(post(*client, "x"), "POST x");
}

TEST_F(SecureTest, TrustIsInTheFile) {
  ServerManners manners;
  manners.tls = std::get<std::shared_ptr<TlsIdentity>>(
      TlsIdentity::load(data + "one.key.pem", data + "one.certificate.pem"));
  const Endpoint endpoint = serve_with(std::move(manners));
  Access right;
  right.trust = trust_in("one.certificate.pem");
  EXPECT_EQ(post(*connection_to(endpoint, true, right), "x"), "POST x");
  Access wrong;
  wrong.trust = trust_in("other.certificate.pem");
  EXPECT_THAT(
      post(*connection_to(endpoint, true, wrong), "x"),
      testing::MatchesRegex(
          "failed: no TLS with https://127.0.0.1:[0-9]+: its certificate is not trusted .*"));
  Access nobody_signed_it;
  nobody_signed_it.trust = TlsTrust::authorities();
  EXPECT_THAT(post(*connection_to(endpoint, true, nobody_signed_it), "x"),
              testing::HasSubstr("its certificate is not trusted"));
}

TEST_F(SecureTest, FilesThatAreNoneAreNamed) {
  const auto load = [](const std::string& key, const std::string& certificate) {
    return std::get<std::string>(TlsIdentity::load(key, certificate));
  };
  const auto none_there = testing::HasSubstr("'/no/such': No such file or directory");
  EXPECT_THAT(load(data + "one.key.pem", "/no/such"), none_there);
  EXPECT_THAT(load("/no/such", data + "one.certificate.pem"), none_there);
  EXPECT_THAT(load(data + "other.key.pem", data + "one.certificate.pem"),
              testing::HasSubstr("other.key.pem'"));
  EXPECT_THAT(std::get<std::string>(TlsTrust::file("/no/such")), none_there);
  EXPECT_THAT(std::get<std::string>(read_login_file("/no/such")), testing::HasSubstr("'/no/such'"));
}

TEST_F(SecureTest, AKeyWithAPasswordIsRefusedAndNoPasswordAskedFor) {
  const auto refused = TlsIdentity::load(data + "locked.key.pem", data + "one.certificate.pem");
  EXPECT_THAT(std::get<std::string>(refused), testing::HasSubstr("locked.key.pem' has a password"));
}

TEST_F(SecureTest, LoginFilesAreAsTheRealOneWritesThem) {
  const fs::path file = fs::temp_directory_path() / ("login-" + std::to_string(::getpid()));
  const auto read = [&](const std::string& text) {
    std::ofstream(file) << text;
    return read_login_file(file);
  };
  for (const char* text : {"user:a:b", "user:a:b\n", "user:a:b\r\nmore"}) {
    const auto login = std::get<Login>(read(text));
    EXPECT_EQ(login.user + " " + login.password, "user a:b");
  }
  for (const char* text : {"", "secret", ":secret"})
    EXPECT_THAT(std::get<std::string>(read(text)), testing::Not(testing::HasSubstr("secret")));
  fs::remove(file);
}

TEST_F(SecureTest, OriginsThatAreWelcomeAreTold) {
  ServerManners manners;
  manners.origins = {"http://a"};
  const Endpoint endpoint = serve_with(std::move(manners));
  const auto asked_from = [&](const std::string& origin, const std::string& line) {
    return exchange(endpoint, request("", "Connection: close\r\nOrigin: " + origin + "\r\n", line));
  };
  const std::string post_line = "POST /json_rpc HTTP/1.1";
  EXPECT_THAT(asked_from("http://a", post_line),
              testing::HasSubstr("Connection: close\r\nAccess-Control-Allow-Origin: http://a\r\n"
                                 "Access-Control-Expose-Headers: www-authenticate\r\n"
                                 "Access-Control-Allow-Methods: POST, PUT, GET, OPTIONS\r\n\r\n"));
  EXPECT_THAT(asked_from("http://a", "OPTIONS / HTTP/1.1"),
              testing::HasSubstr("Access-Control-Allow-Headers: Content-Type, Authorization, "));
  EXPECT_THAT(asked_from("http://b", post_line), testing::Not(testing::HasSubstr("Access")));
}

TEST_F(SecureTest, ConnectionsBeyondTheLimitAreHungUpOn) {
  ServerLimits limits;
  limits.connections_per_private_ip_max = 2;
  const Endpoint endpoint = serve(echo, limits);
  auto one = connection(endpoint);
  auto two = connection(endpoint);
  auto three = connection(endpoint);
  EXPECT_EQ(post(*one, "x"), "POST x");
  EXPECT_EQ(post(*two, "x"), "POST x");
  EXPECT_THAT(post(*three, "x"), testing::StartsWith("failed: "));
  one.reset();
  run_until(loop_, [&] { return server_->connections() == 1; });
  EXPECT_EQ(post(*three, "x"), "POST x");
}

}  // namespace
}  // namespace escrowstorm::http
