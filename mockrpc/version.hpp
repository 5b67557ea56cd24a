// The versions of monero-wallet-rpc that the mock can be, and in what they differ. The only place
// where a version is asked for by name; everything else asks for the difference.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace escrowstorm::mockrpc {

struct Version {
  std::string_view name;         // "0.18.0.0", as --emulate takes it
  std::uint32_t rpc_version;     // get_version: 65561
  bool release;                  // get_version
  bool says_why_open_failed;     // "Failed to open wallet : Invalid password."
  bool small_kex_message_named;  // "Kex message unexpectedly small." instead of substr's text
  bool counts_missing_signers;   // "... (kex round: 2, num signers found: 0, ...)", and the other
                                 // texts of a round that were reworded with it
  bool finalized_is_kex_error;   // exchange on a finished wallet: -1 instead of -28
  bool strict_header_lines;      // a line among the headers that is none ends the connection
  bool sees_pool_spends;         // of a wallet's outputs, by whomever; else only from blocks
  bool finds_failed_again;       // what was given up and turns up in the pool is pending again
  bool first_refresh_forgets_pool;  // after a wallet is opened: pool payments are found anew
  bool names_reorganisation_depth;  // "reorg exceeds ... depth: 101", else "proxy exception ..."
  bool edits_payment_ids;           // edit_address_book; else it mixes up old and new
  std::uint32_t addresses_at_once_max;  // create_address: count
  bool keeps_imported_infos;    // import while no output is known leaves its infos to the next one
  bool import_may_lose_blocks;  // as the first look after an open: those with the outputs, until
                                // the next refresh
  bool fee_follows_weight;      // a fee that was estimated too high is lowered
  bool refuses_unlock_time;     // of what is sent
  bool tells_payees_apart;      // transfer's amounts_by_dest, describe_transfer's sources
  bool stores_used_nonces;      // a txset leaves the wallet when its cache file says they are used
  bool refuses_to_sign_frozen;
  bool raises_priority;              // nobody asked for one and others wait: normal instead of low
  std::uint32_t daemon_rpc_version;  // monerod's get_version: 196618
  bool daemon_lists_hard_forks;      // in its get_version
  bool short_key_image_refused;      // is_key_image_spent on hex that is no key image
  bool raw_transaction_tells_more;   // send_raw_transaction: two more flags
};

// Oldest first. The entries live as long as the process.
std::span<const Version> versions();
std::optional<Version> find_version(std::string_view name);
inline constexpr std::string_view default_version_name = "0.18.5.1";

}  // namespace escrowstorm::mockrpc
