// A transaction that is made and not sent: what a txset carries from signer to signer and
// tx_metadata from transfer to relay_tx. Follows monero's wallet2::pending_tx. The bytes are a form
// of our own, about as many as the real one's. Values and pure functions; what is read may be
// anything.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mockrpc/chain/transaction.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/key_scheme.hpp"
#include "mockrpc/network.hpp"
#include "mockrpc/wallet/spend_terms.hpp"

namespace escrowstorm::mockrpc {

// An output that is spent.
struct SpentCoin {
  std::uint64_t index = 0;  // among the outputs of the wallets, which all number them alike
  std::uint64_t global_index = 0;
  Bytes32 key{};
  Amount amount;

  friend bool operator==(const SpentCoin&, const SpentCoin&) = default;
};

// What a group of signers has to put together: all but those ignored sign it, each with nonces of
// its own that the creator chose among those exported to it.
struct SigningAttempt {
  std::set<PublicKey> ignored;
  std::set<Bytes32> nonces;

  friend bool operator==(const SigningAttempt&, const SigningAttempt&) = default;
};

struct PendingTx {
  Transaction tx;  // of a multisig wallet without a hash until enough have signed it
  std::vector<SpentCoin> coins;
  std::vector<Payee> payees;
  std::string change_address;  // empty: there is no change, or a dummy
  Amount change;
  std::uint32_t account = 0;
  std::vector<std::uint32_t> addresses;  // of the account, that it spends from; sorted
  std::string key;                       // as get_tx_key shows it
  std::string extra;                     // as describe_transfer shows it
  std::vector<SigningAttempt> attempts;  // of a multisig wallet

  friend bool operator==(const PendingTx&, const PendingTx&) = default;
};

// Of payees' addresses only the texts are written, which are read for this network.
void write_pending_tx(ByteWriter& out, const PendingTx& tx);
std::optional<PendingTx> read_pending_tx(ByteReader& in, Network network);

// tx_metadata.
std::string write_metadata(const PendingTx& tx);
std::optional<PendingTx> read_metadata(std::string_view bytes, Network network);

}  // namespace escrowstorm::mockrpc
