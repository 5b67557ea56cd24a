// What the real one throws, as a value: the exact text of its exception. Callers add code and
// prefix of the RPC method.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>

namespace escrowstorm::mockrpc {

struct Refused {
  std::string text;
};

// Asking a refused outcome for its value is a bug of the caller.
[[noreturn]] inline void throw_exception_from_error(const Refused& refused,
                                                    const boost::source_location&) {
  throw std::logic_error("value of a refused outcome: " + refused.text);
}

// A std::string as value needs boost::system::in_place_value: Refused could be made of it too.
template <class T>
using Outcome = boost::system::result<T, Refused>;

}  // namespace escrowstorm::mockrpc
