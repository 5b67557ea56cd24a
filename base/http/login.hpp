// Who asks, for HTTP authentication. A secret: never to be logged, traced or put into a message.
#pragma once

#include <string>

namespace escrowstorm::http {

struct Login {
  std::string user;
  std::string password;
};

}  // namespace escrowstorm::http
