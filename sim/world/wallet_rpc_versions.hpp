// What get_version answers, release by release (WALLET_RPC_VERSION_MINOR in monero's
// src/wallet/wallet_rpc_server_commands_defs.h at each tag).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace escrowstorm::sim {

// The releases of Monero whose wallet RPC says `rpc_version`, nothing for one that this project
// does not know: "0.18.0.0 to 0.18.1.1".
constexpr std::optional<std::string_view> monero_releases(std::uint32_t rpc_version) {
  switch (rpc_version) {
    case 65561:
      return "0.18.0.0 to 0.18.1.1";
    case 65562:
      return "0.18.1.2 to 0.18.3.1";
    case 65563:
      return "0.18.3.2 to 0.18.3.4";
    case 65564:
      return "0.18.4.0";
    case 65565:
      return "0.18.4.1 to 0.18.4.6";
    case 65566:
      return "0.18.5.0";
    case 65567:
      return "0.18.5.1";
    default:
      return std::nullopt;
  }
}

// "0.18.1.2" as figures; what is missing is 0.
constexpr std::array<unsigned, 4> release_figures(std::string_view release) {
  std::array<unsigned, 4> figures{};
  std::size_t at = 0;
  for (const char c : release) {
    if (c == '.') ++at;
    if (at >= figures.size()) break;
    if (c >= '0' && c <= '9') figures[at] = figures[at] * 10 + static_cast<unsigned>(c - '0');
  }
  return figures;
}

// Whether the wallet RPC of this release says `rpc_version`.
constexpr bool is_release_of(std::string_view release, std::uint32_t rpc_version) {
  const auto range = monero_releases(rpc_version);
  if (!range) return false;
  const std::string_view between = " to ";
  const std::size_t split = range->find(between);
  const std::string_view first = range->substr(0, split);
  const std::string_view last =
      split == range->npos ? first : range->substr(split + between.size());
  const auto figures = release_figures(release);
  return release_figures(first) <= figures && figures <= release_figures(last);
}

}  // namespace escrowstorm::sim
