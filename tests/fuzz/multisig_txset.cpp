// What signers hand each other as a txset, sealed as by a member of the group: it is described,
// signed and submitted, or refused, and no money comes of it. An input is a character that says
// how, and the txset without its seal.
#include "mockrpc/wallet/multisig_txset.hpp"

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/escrow.hpp"

namespace escrowstorm::fuzz {
namespace {

using namespace walletrpc;

bool is_described(Escrow& escrow, std::size_t instance, const std::string& txset) {
  DescribeTransfer describe;
  describe.multisig_txset = txset;
  return escrow.call(instance, describe).has_value();
}

// What is signed can be read by whoever could read it before.
std::string with_signature(Escrow& escrow, std::size_t signer, const std::string& txset) {
  SignMultisig sign;
  sign.tx_data_hex = txset;
  const auto answer = escrow.call(signer, sign);
  if (!answer) return txset;
  check(is_described(escrow, signer, answer->tx_data_hex), "what was signed can be described");
  return answer->tx_data_hex;
}

void submit(Escrow& escrow, std::size_t instance, const std::string& txset) {
  SubmitMultisig request;
  request.tx_data_hex = txset;
  escrow.call(instance, request);
}

void take(std::string_view input) {
  if (input.empty()) return;
  const auto how = static_cast<unsigned char>(input.front());
  const std::size_t first = how % Escrow::count;
  Escrow escrow(how >> 6 & 1);
  const std::string txset = how >> 7
                                ? std::string(input.substr(1))
                                : escrow.sealed(mockrpc::multisig_txset_magic, input.substr(1));

  for (std::size_t i = 0; i < Escrow::count; ++i) is_described(escrow, i, txset);
  std::string now = with_signature(escrow, first, txset);
  now = with_signature(escrow, (first + 1) % Escrow::count, now);
  submit(escrow, (first + 2) % Escrow::count, now);
  submit(escrow, first, txset);
  escrow.mine(1);
  escrow.refresh_all();
  escrow.check_money();
  escrow.reopen_all();
  escrow.check_money();
}

}  // namespace
}  // namespace escrowstorm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  escrowstorm::fuzz::take({reinterpret_cast<const char*>(data), size});
  return 0;
}
