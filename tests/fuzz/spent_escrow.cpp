#include "tests/fuzz/spent_escrow.hpp"

#include "mockrpc/wallet/multisig_txset.hpp"

namespace escrowstorm::fuzz {
namespace {

using namespace walletrpc;

std::string signed_transfer(Escrow& escrow) {
  Transfer transfer;
  transfer.destinations.push_back({stranger, Amount::from_atomic(Amount::per_xmr)});
  SignMultisig sign;
  sign.tx_data_hex = escrow.must(0, transfer).multisig_txset;
  return escrow.must(1, sign).tx_data_hex;
}

mockrpc::Transaction transaction_in(const std::string& txset) {
  const std::string plain = Escrow::unsealed(mockrpc::multisig_txset_magic, txset);
  return mockrpc::read_txset(plain, mockrpc::Network::mainnet, Escrow::count)->txs.front().tx;
}

// By its creator, which then spends another coin.
mockrpc::Transaction sent_transfer(Escrow& escrow) {
  SubmitMultisig submit;
  submit.tx_data_hex = signed_transfer(escrow);
  escrow.must(0, submit);
  return transaction_in(submit.tx_data_hex);
}

SpentEscrow spend() {
  Escrow escrow;
  const mockrpc::Transaction mined = sent_transfer(escrow);
  escrow.mine(1);
  const mockrpc::Transaction waiting = sent_transfer(escrow);
  const mockrpc::Transaction unsent = transaction_in(signed_transfer(escrow));
  return {escrow.chain(), mined, waiting, unsent};
}

}  // namespace

const SpentEscrow& spent_escrow() {
  static const SpentEscrow spent = spend();
  return spent;
}

}  // namespace escrowstorm::fuzz
