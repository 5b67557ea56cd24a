// The names of all methods of monero-wallet-rpc 0.18.0.0 and 0.18.5.1, older ones too, from its
// src/wallet/wallet_rpc_server.h. Those that Request has no struct for are answered with an error
// that says so, which tells them from misspelt ones.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace escrowstorm::walletrpc {

inline constexpr auto real_methods = std::to_array<std::string_view>({
    "add_address_book",
    "auto_refresh",
    "change_wallet_password",
    "check_reserve_proof",
    "check_spend_proof",
    "check_tx_key",
    "check_tx_proof",
    "close_wallet",
    "create_account",
    "create_address",
    "create_wallet",
    "delete_address_book",
    "describe_transfer",
    "edit_address_book",
    "estimate_tx_size_and_weight",
    "exchange_multisig_keys",
    "export_key_images",
    "export_multisig_info",
    "export_outputs",
    "finalize_multisig",
    "freeze",
    "frozen",
    "generate_from_keys",
    "get_account_tags",
    "get_accounts",
    "get_address",
    "get_address_book",
    "get_address_index",
    "get_attribute",
    "get_balance",
    "get_bulk_payments",
    "get_default_fee_priority",
    "get_height",
    "get_languages",
    "get_payments",
    "get_reserve_proof",
    "get_spend_proof",
    "get_transfer_by_txid",
    "get_transfers",
    "get_tx_key",
    "get_tx_notes",
    "get_tx_proof",
    "get_version",
    "getaddress",
    "getbalance",
    "getheight",
    "import_key_images",
    "import_multisig_info",
    "import_outputs",
    "incoming_transfers",
    "is_multisig",
    "label_account",
    "label_address",
    "make_integrated_address",
    "make_multisig",
    "make_uri",
    "open_wallet",
    "parse_uri",
    "prepare_multisig",
    "query_key",
    "refresh",
    "relay_tx",
    "rescan_blockchain",
    "rescan_spent",
    "restore_deterministic_wallet",
    "scan_tx",
    "set_account_tag_description",
    "set_attribute",
    "set_daemon",
    "set_log_categories",
    "set_log_level",
    "set_subaddress_lookahead",
    "set_tx_notes",
    "setup_background_sync",
    "sign",
    "sign_multisig",
    "sign_transfer",
    "split_integrated_address",
    "start_background_sync",
    "start_mining",
    "stop_background_sync",
    "stop_mining",
    "stop_wallet",
    "store",
    "submit_multisig",
    "submit_transfer",
    "sweep_all",
    "sweep_dust",
    "sweep_single",
    "sweep_unmixable",
    "tag_accounts",
    "thaw",
    "transfer",
    "transfer_split",
    "untag_accounts",
    "validate_address",
    "verify",
});

// All methods of all versions.
inline constexpr std::uint32_t any_rpc_version = 0;

// What 0.18.0.0, whose version is 65561, has not or has alone.
inline constexpr std::uint32_t rpc_version_of_newer_methods = 65562;
inline constexpr auto older_methods = std::to_array<std::string_view>({"finalize_multisig"});
inline constexpr auto newer_methods = std::to_array<std::string_view>({
    "get_default_fee_priority",
    "set_subaddress_lookahead",
    "setup_background_sync",
    "start_background_sync",
    "stop_background_sync",
});

constexpr bool is_real_method(std::string_view name, std::uint32_t rpc_version) {
  const auto is_in = [name](const auto& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (rpc_version == any_rpc_version) return is_in(real_methods);
  const bool old = rpc_version < rpc_version_of_newer_methods;
  return is_in(real_methods) && !(old ? is_in(newer_methods) : is_in(older_methods));
}

inline constexpr std::string_view lacking_method_text =
    "Method not found: monero-wallet-rpc has it, the mock has not, see docs/mock.md";

}  // namespace escrowstorm::walletrpc
