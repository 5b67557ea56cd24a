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
     .strict_header_lines = false,
     .sees_pool_spends = false,
     .finds_failed_again = false,
     .first_refresh_forgets_pool = false,
     .names_reorganisation_depth = false,
     .edits_payment_ids = false,
     .addresses_at_once_max = 64,
     .keeps_imported_infos = false,
     .import_may_lose_blocks = true,
     .fee_follows_weight = false,
     .refuses_unlock_time = false,
     .tells_payees_apart = false,
     .stores_used_nonces = false,
     .refuses_to_sign_frozen = false,
     .raises_priority = false,
     .daemon_rpc_version = 196618,
     .daemon_lists_hard_forks = false,
     .short_key_image_refused = false,
     .raw_transaction_tells_more = false},
    {.name = "0.18.5.1",
     .rpc_version = 65567,
     .release = true,
     .says_why_open_failed = true,
     .small_kex_message_named = true,
     .counts_missing_signers = true,
     .finalized_is_kex_error = true,
     .strict_header_lines = true,
     .sees_pool_spends = true,
     .finds_failed_again = true,
     .first_refresh_forgets_pool = true,
     .names_reorganisation_depth = true,
     .edits_payment_ids = true,
     .addresses_at_once_max = 65536,
     .keeps_imported_infos = true,
     .import_may_lose_blocks = false,
     .fee_follows_weight = true,
     .refuses_unlock_time = true,
     .tells_payees_apart = true,
     .stores_used_nonces = true,
     .refuses_to_sign_frozen = true,
     .raises_priority = true,
     .daemon_rpc_version = 196624,
     .daemon_lists_hard_forks = true,
     .short_key_image_refused = true,
     .raw_transaction_tells_more = true},
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
