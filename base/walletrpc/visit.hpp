// What asks of each method: calls a generic function with what a request or an answer holds. For
// the few files that have something to do with every method; all of them are compiled there.
#pragma once

#include <utility>

#include "base/walletrpc/request.hpp"

namespace escrowstorm::walletrpc {
namespace detail {

template <class Result, class Function, class Family, class T>
Result call_with(Function& function, const Family& held) {
  return function(get<T>(held));
}

template <template <class> class Held, class Function, class Family, class First, class... Rest>
decltype(auto) visit_as(Function& function, const Family& held, TypeList<First, Rest...>) {
  using Result = decltype(function(std::declval<const Held<First>&>()));
  using Caller = Result (*)(Function&, const Family&);
  static constexpr Caller callers[] = {&call_with<Result, Function, Family, Held<First>>,
                                       &call_with<Result, Function, Family, Held<Rest>>...};
  assert(held.index() < std::size(callers));
  return callers[held.index()](function, held);
}

template <class Method>
using Self = Method;

}  // namespace detail

// REQUIRES, both: it holds something.
template <class Function>
decltype(auto) visit(Function&& function, const Request& request) {
  return detail::visit_as<detail::Self>(function, request, Methods());
}
template <class Function>
decltype(auto) visit(Function&& function, const Answer& answer) {
  return detail::visit_as<AnswerTo>(function, answer, Methods());
}

}  // namespace escrowstorm::walletrpc
