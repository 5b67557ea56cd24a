#include "base/walletrpc/request.hpp"

#include <array>

namespace escrowstorm::walletrpc {
namespace {

template <class... All>
constexpr auto names_of(TypeList<All...>) {
  return std::array{All::method...};
}
constexpr auto names = names_of(Methods());

}  // namespace

std::span<const std::string_view> method_names() { return names; }

}  // namespace escrowstorm::walletrpc
