// Runs one coroutine to its end on a loop that others share.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>

#include "base/async.hpp"
#include "base/real_loop.hpp"

namespace escrowstorm::test {

// Runs the loop until `reached` says so; throws when that takes longer than any test may.
template <class Reached>
void run_until(RealLoop& loop, Reached reached) {
  loop.restart();
  while (!reached())
    if (loop.run_one_for(std::chrono::seconds(10)) == 0)
      throw std::runtime_error("nothing happens any more");
}

template <class T>
T run_on(RealLoop& loop, Awaitable<T> work) {
  std::exception_ptr thrown;
  std::optional<T> result;
  boost::asio::co_spawn(loop, std::move(work), [&](std::exception_ptr e, T value) {
    thrown = e;
    result = std::move(value);
  });
  run_until(loop, [&] { return result.has_value(); });
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*result);
}

}  // namespace escrowstorm::test
