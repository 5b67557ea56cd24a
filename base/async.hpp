// The coroutine types of the house. Every asynchronous function returns Awaitable<T> and runs on
// an any_io_executor, so that the same source runs on a real io_context and in virtual time.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace escrowstorm {

using Executor = boost::asio::any_io_executor;

template <class T>
using Awaitable = boost::asio::awaitable<T, Executor>;

}  // namespace escrowstorm
