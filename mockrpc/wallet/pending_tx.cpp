#include "mockrpc/wallet/pending_tx.hpp"

#include "mockrpc/chain/transaction_bytes.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::string_view metadata_magic = "ESTX\x01\n";

// About what the real one takes for rings, proofs and signatures, measured on 0.18.0.0.
std::size_t usual_bytes(const PendingTx& tx) {
  return 849 + tx.coins.size() * (1825 + 347 * tx.attempts.size()) + 588 * tx.tx.outputs.size();
}

Amount read_amount(ByteReader& in) { return Amount::from_atomic(in.varint()); }

void write_attempt(ByteWriter& out, const SigningAttempt& attempt) {
  out.varint(attempt.ignored.size());
  for (const PublicKey& signer : attempt.ignored) out.blob(signer.bytes);
  out.varint(attempt.nonces.size());
  for (const Bytes32& nonce : attempt.nonces) out.blob(nonce);
}

SigningAttempt read_attempt(ByteReader& in) {
  SigningAttempt attempt;
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left)
    attempt.ignored.insert(PublicKey{in.bytes32()});
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left)
    attempt.nonces.insert(in.bytes32());
  return attempt;
}

// All but what signing adds.
void write_unsigned(ByteWriter& out, const PendingTx& tx) {
  write_transaction(out, tx.tx);
  out.varint(tx.coins.size());
  for (const SpentCoin& coin : tx.coins) {
    out.varint(coin.index);
    out.varint(coin.global_index);
    out.blob(coin.key);
    out.varint(coin.amount.atomic());
  }
  out.varint(tx.payees.size());
  for (const Payee& payee : tx.payees) {
    out.text(payee.text);
    out.varint(payee.amount.atomic());
  }
  out.text(tx.change_address);
  out.varint(tx.change.atomic());
  out.varint(tx.account);
  out.varint(tx.addresses.size());
  for (const std::uint32_t address : tx.addresses) out.varint(address);
  out.text(tx.key);
  out.text(tx.extra);
  out.varint(tx.attempts.size());
  for (const SigningAttempt& attempt : tx.attempts) write_attempt(out, attempt);
}

std::optional<Payee> read_payee(ByteReader& in, Network network) {
  Payee payee;
  payee.text = in.text();
  payee.amount = read_amount(in);
  const auto address = parse_address(payee.text, network);
  if (!in.ok() || !address) return std::nullopt;
  payee.address = *address;
  return payee;
}

std::optional<Amount> plus(std::optional<Amount> sum, Amount amount) {
  return sum ? sum->plus(amount) : sum;
}

// What others rely on: as many coins as key images, and all of their money accounted for, by the
// outputs and by what is said of them.
bool adds_up(const PendingTx& tx) {
  std::optional<Amount> in = Amount();
  for (const SpentCoin& coin : tx.coins) in = plus(in, coin.amount);
  std::optional<Amount> out = tx.tx.fee;
  for (const TxOutput& output : tx.tx.outputs) out = plus(out, output.amount);
  std::optional<Amount> said = plus(tx.tx.fee, tx.change);
  for (const Payee& payee : tx.payees) said = plus(said, payee.amount);
  return in && in == out && in == said && tx.coins.size() == tx.tx.key_images.size() &&
         !tx.coins.empty() && tx.tx.weight > 0;
}

}  // namespace

void write_pending_tx(ByteWriter& out, const PendingTx& tx) {
  ByteWriter body;
  write_unsigned(body, tx);
  const std::size_t usual = usual_bytes(tx);
  const std::size_t size = body.bytes().size();
  out.blob(body.bytes());
  out.text(std::string(usual > size ? usual - size : 0, '\0'));
  const bool hashed = tx.tx.hash != Bytes32{};
  out.varint(hashed ? 1 : 0);
  if (hashed) out.blob(tx.tx.hash);
}

std::optional<PendingTx> read_pending_tx(ByteReader& in, Network network) {
  PendingTx tx;
  tx.tx = read_transaction(in);
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    SpentCoin coin;
    coin.index = in.varint();
    coin.global_index = in.varint();
    coin.key = in.bytes32();
    coin.amount = read_amount(in);
    tx.coins.push_back(coin);
  }
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    auto payee = read_payee(in, network);
    if (!payee) return std::nullopt;
    tx.payees.push_back(std::move(*payee));
  }
  tx.change_address = in.text();
  tx.change = read_amount(in);
  tx.account = in.varint32();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left)
    tx.addresses.push_back(in.varint32());
  tx.key = in.text();
  tx.extra = in.text();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left)
    tx.attempts.push_back(read_attempt(in));
  in.text();  // what is there for its size only
  if (in.varint(1) != 0) tx.tx.hash = in.bytes32();
  if (!in.ok() || !adds_up(tx)) return std::nullopt;
  return tx;
}

std::string write_metadata(const PendingTx& tx) {
  ByteWriter out;
  out.blob(metadata_magic);
  write_pending_tx(out, tx);
  return std::move(out).take();
}

std::optional<PendingTx> read_metadata(std::string_view bytes, Network network) {
  ByteReader in(bytes);
  if (in.blob(metadata_magic.size()) != metadata_magic) return std::nullopt;
  auto tx = read_pending_tx(in, network);
  if (!tx || !in.at_end() || tx->tx.hash == Bytes32{}) return std::nullopt;
  return tx;
}

}  // namespace escrowstorm::mockrpc
