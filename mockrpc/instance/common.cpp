// What the methods of several groups use.
#include <algorithm>

#include "mockrpc/answer_room.hpp"
#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

Execution failed(int code, std::string message, std::string_view cost) {
  return {RpcError{code, std::move(message)}, cost};
}

Execution no_wallet_open() { return failed(error_code::no_wallet_file, "No wallet file"); }

Execution no_daemon(std::string_view cost) {
  return failed(error_code::no_daemon_connection, "no connection to daemon", cost);
}

Execution account_out_of_bounds() {
  return failed(error_code::account_index_out_of_bounds, "account index is out of bound");
}

Execution address_out_of_bounds() {
  return failed(error_code::address_index_out_of_bounds, "address index is out of bound");
}

Execution answer_too_long() {
  static_assert(AnswerRoom::bytes_max == 16 * 1024 * 1024);
  return failed(error_code::unknown_error,
                "The mock's answer would be longer than 16 MiB, see docs/mock.md");
}

std::uint64_t unix_time(const Slot& slot) {
  return slot.host.chain == nullptr ? 0 : slot.host.chain->unix_time();
}

walletrpc::SubaddressIndex shown(mockrpc::SubaddressIndex index) {
  walletrpc::SubaddressIndex wire;
  wire.major = index.account;
  wire.minor = index.address;
  return wire;
}

std::optional<Bytes32> parse_hash(std::string_view hex) {
  const std::optional<std::string> bytes = from_hex(hex);
  Bytes32 hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace escrowstorm::mockrpc
