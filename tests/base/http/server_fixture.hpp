// A Server on a loop of its own, with what talks to it.
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <utility>

#include "base/http/client.hpp"
#include "base/http/server.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "base/wait_list.hpp"
#include "tests/base/http/raw_tcp.hpp"
#include "tests/base/http/run_on.hpp"

namespace escrowstorm::http {

using namespace std::chrono_literals;
using test::raw_exchange;
using test::run_on;
using test::run_until;

// Answers with what it was asked; knows "/json_rpc" only.
inline Awaitable<ServerResponse> echo(ServerRequest request) {
  ServerResponse response;
  if (request.target == "/json_rpc") {
    response.body = request.method + " " + request.body;
  } else {
    response = ServerResponse{404, {}, "text/plain"};
  }
  co_return response;
}

// Answers when the gate is opened.
inline Awaitable<ServerResponse> wait_at(WaitList& gate, int& finished) {
  co_await gate.wait();
  ++finished;
  co_return ServerResponse();
}

inline std::string request(const std::string& body, const std::string& headers = "",
                           const std::string& line = "POST /json_rpc HTTP/1.1") {
  return line + "\r\nHost: test\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

class ServerTest : public testing::Test {
 protected:
  ~ServerTest() override { loop_.abandon(); }

  Endpoint serve(Handler handler, ServerLimits limits = {}) {
    server_ = std::make_unique<Server>(loop_.get_executor(), limits);
    return server_->listen(Endpoint{"127.0.0.1", 0}, std::move(handler));
  }

  std::string exchange(const Endpoint& endpoint, std::string bytes) {
    return run_on(loop_, raw_exchange(loop_.get_executor(), endpoint, std::move(bytes)));
  }

  std::unique_ptr<Connection> connection(const Endpoint& endpoint) {
    return std::make_unique<Connection>(loop_.get_executor(), clock_, endpoint, 1'000'000);
  }

  std::string post(Connection& connection, std::string body) {
    auto response =
        run_on(loop_, connection.post("/json_rpc", std::move(body), clock_.now() + 10s));
    return response ? response->body : "failed: " + response.error().message;
  }

  Handler waiting_handler() {
    return [this](ServerRequest) { return wait_at(gate_, finished_); };
  }

  // Runs the loop for so long.
  void let_pass(Duration time) {
    loop_.restart();
    loop_.run_for(time);
  }

  RealLoop loop_;
  RealClock clock_{loop_.get_executor()};
  WaitList gate_;
  int finished_ = 0;
  std::unique_ptr<Server> server_;
};

}  // namespace escrowstorm::http
