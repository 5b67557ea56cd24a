// Error codes of the JSON-RPC answers, as monero's src/wallet/wallet_rpc_server_error_codes.h
// numbers them (the ones this project meets), and of JSON-RPC 2.0 itself.
#pragma once

#include "base/epee/json_rpc.hpp"

namespace escrowstorm::walletrpc {

namespace error_code {
using namespace epee::error_code;

inline constexpr int none = 0;  // of an unknown key_type, and of errors that say nothing
inline constexpr int unknown_error = -1;
inline constexpr int wrong_address = -2;
inline constexpr int generic_transfer_error = -4;
inline constexpr int wrong_payment_id = -5;
inline constexpr int transfer_type = -6;
inline constexpr int wrong_txid = -8;
inline constexpr int wrong_key_image = -10;
inline constexpr int wrong_uri = -11;
inline constexpr int wrong_index = -12;
inline constexpr int no_wallet_file = -13;
inline constexpr int account_index_out_of_bounds = -14;
inline constexpr int address_index_out_of_bounds = -15;
inline constexpr int tx_not_possible = -16;
inline constexpr int not_enough_money = -17;
inline constexpr int tx_too_large = -18;
inline constexpr int not_enough_outs_to_mix = -19;
inline constexpr int zero_destination = -20;
inline constexpr int wallet_already_exists = -21;
inline constexpr int invalid_password = -22;
inline constexpr int no_tx_key = -24;
inline constexpr int bad_hex = -26;
inline constexpr int bad_tx_metadata = -27;
inline constexpr int already_multisig = -28;
inline constexpr int not_multisig = -31;
inline constexpr int threshold_not_reached = -33;
inline constexpr int bad_multisig_tx_data = -34;
inline constexpr int multisig_signature = -35;
inline constexpr int multisig_submission = -36;
inline constexpr int not_enough_unlocked_money = -37;
inline constexpr int no_daemon_connection = -38;
inline constexpr int bad_unsigned_tx_data = -39;
inline constexpr int non_deterministic = -43;
inline constexpr int invalid_log_level = -44;
inline constexpr int attribute_not_found = -45;
inline constexpr int zero_amount = -46;
inline constexpr int invalid_signature_type = -47;
inline constexpr int disabled = -48;
inline constexpr int nonzero_unlock_time = -50;
}  // namespace error_code

using epee::RpcError;

}  // namespace escrowstorm::walletrpc
