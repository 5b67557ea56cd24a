// Answers as the real wallet RPC words and orders them. Internal to the server.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "base/http/server.hpp"

namespace escrowstorm::http {

class ResponseWriter {
 public:
  struct Options {
    bool without_body = false;  // to HEAD
    bool close_after = false;   // said only where the client asked for it
    bool to_options = false;    // the answer to OPTIONS has a text of its own
    std::string more = {};      // further header lines, each with its line break
  };

  // The whole answer. The view lives until the next call.
  std::string_view write(const ServerResponse& response, const Options& options);

 private:
  std::string_view date();

  std::string text_;
  std::time_t dated_ = -1;
  std::string date_;  // of that second
};

}  // namespace escrowstorm::http
