#include "mockrpc/version.hpp"

#include <algorithm>
#include <array>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::array<Version, 2> known{{
    {.name = "0.18.0.0",
     .rpc_version = 65561,
     .release = false,
     .says_why_open_failed = false,
     .small_kex_message_named = false,
     .counts_missing_signers = false,
     .finalized_is_kex_error = false,
     .sees_pool_spends = false,
     .finds_failed_again = false,
     .first_refresh_forgets_pool = false,
     .names_reorganisation_depth = false,
     .addresses_at_once_max = 64,
     .keeps_imported_infos = false,
     .daemon_rpc_version = 196618,
     .daemon_lists_hard_forks = false,
     .short_key_image_refused = false,
     .raw_transaction_tells_more = false,
     .refuses_unlock_times = false},
    {.name = "0.18.5.1",
     .rpc_version = 65567,
     .release = true,
     .says_why_open_failed = true,
     .small_kex_message_named = true,
     .counts_missing_signers = true,
     .finalized_is_kex_error = true,
     .sees_pool_spends = true,
     .finds_failed_again = true,
     .first_refresh_forgets_pool = true,
     .names_reorganisation_depth = true,
     .addresses_at_once_max = 65536,
     .keeps_imported_infos = true,
     .daemon_rpc_version = 196624,
     .daemon_lists_hard_forks = true,
     .short_key_image_refused = true,
     .raw_transaction_tells_more = true,
     .refuses_unlock_times = true},
}};

}  // namespace

std::span<const Version> versions() { return known; }

std::optional<Version> find_version(std::string_view name) {
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const Version& version) { return version.name == name; });
  if (found == known.end()) return std::nullopt;
  return *found;
}

}  // namespace escrowstorm::mockrpc
