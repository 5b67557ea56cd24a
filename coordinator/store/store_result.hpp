// What the store answers: a value, or what is wrong and what to do about it.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>

namespace escrowstorm::coordinator {

struct StoreError {
  std::string message;  // one clause
};

// Asking a failed result for its value is a bug of the caller.
[[noreturn]] void throw_exception_from_error(const StoreError& error,
                                             const boost::source_location& place);

template <class T>
using StoreResult = boost::system::result<T, StoreError>;

}  // namespace escrowstorm::coordinator
