// Seam: one typed call to one wallet RPC instance, before a deadline. Carried over HTTP in the real
// worlds and in process in the virtual one. Called on the world's executor.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/async.hpp"
#include "base/call_for.hpp"
#include "base/time.hpp"
#include "base/walletrpc/request.hpp"

namespace escrowstorm {

using InstanceId = std::uint32_t;  // 0 .. Transport::instances() - 1

// Why a call has no answer. A closed set: what may be retried follows from it.
struct CallError {
  enum class Kind : unsigned char {
    refused,          // never sent: any call may be repeated
    outcome_unknown,  // sent, the connection broke before an answer: it may or may not have run
    deadline,         // out of time; `sent` says whether it may have run
    bad_answer,       // an answer came that is no answer to this call
    rpc_error,        // the wallet answered with `code` and `message`
  };

  Kind kind{};
  bool sent = false;  // whether the instance may have acted on it
  int code = 0;       // of rpc_error
  std::string message;
};

constexpr std::string_view name_of(CallError::Kind kind) {
  constexpr std::string_view names[] = {"refused", "outcome unknown", "deadline", "bad answer",
                                        "rpc error"};
  return names[static_cast<std::size_t>(kind)];
}

// Asking a failed result for its value is a bug of the caller.
[[noreturn]] inline void throw_exception_from_error(const CallError& error,
                                                    const boost::source_location&) {
  throw std::logic_error("value of a failed call: " + error.message);
}

template <class T>
using CallResult = boost::system::result<T, CallError>;

class Transport {
 public:
  virtual ~Transport() = default;

  virtual InstanceId instances() const = 0;

  // The answer holds the alternative that belongs to the request. A call that ran out of time goes
  // on running at the instance. `whom`: nothing for calls that are made for no escrow.
  virtual Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance,
                                                        walletrpc::Request request,
                                                        std::optional<CallFor> whom,
                                                        TimePoint deadline) = 0;
};

}  // namespace escrowstorm
