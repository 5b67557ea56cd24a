#include "mockrpc/wallet/money_file.hpp"

#include <algorithm>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace escrowstorm::mockrpc {
namespace {

// The two visitors of the fields below, so that they stand there once.
class Writer {
 public:
  explicit Writer(ByteWriter& out) : out_(out) {}

  template <std::unsigned_integral Number>
  void operator()(const Number& number) {
    out_.varint(number);
  }
  void operator()(const Amount& amount) { out_.varint(amount.atomic()); }
  void operator()(const std::string& text) { out_.text(text); }
  template <std::size_t size>
  void operator()(const std::array<unsigned char, size>& bytes) {
    out_.blob(std::string_view(reinterpret_cast<const char*>(bytes.data()), size));
  }
  template <class T>
  void operator()(const std::vector<T>& values) {
    out_.varint(values.size());
    for (const T& value : values) (*this)(value);
  }
  void operator()(const std::set<Bytes32>& values) {
    out_.varint(values.size());
    for (const Bytes32& value : values) (*this)(value);
  }
  template <class T>
  void operator()(const std::map<Bytes32, T>& values) {
    out_.varint(values.size());
    for (const auto& [key, value] : values) {
      (*this)(key);
      (*this)(value);
    }
  }
  template <class Struct>
  requires std::is_class_v<Struct>
  void operator()(const Struct& value) { fields(*this, value); }

 private:
  ByteWriter& out_;
};

class Reader {
 public:
  explicit Reader(ByteReader& in) : in_(in) {}

  void operator()(bool& flag) { flag = in_.varint(1) != 0; }
  void operator()(std::uint32_t& number) { number = in_.varint32(); }
  void operator()(std::uint64_t& number) { number = in_.varint(); }
  void operator()(Amount& amount) { amount = Amount::from_atomic(in_.varint()); }
  void operator()(std::string& text) { text = in_.text(); }
  template <std::size_t size>
  void operator()(std::array<unsigned char, size>& bytes) {
    const std::string_view read = in_.blob(size);
    std::copy(read.begin(), read.end(), bytes.begin());
  }
  template <class T>
  void operator()(std::vector<T>& values) {
    for (std::size_t left = in_.count(); left > 0 && in_.ok(); --left)
      (*this)(values.emplace_back());
  }
  void operator()(std::set<Bytes32>& values) {
    for (std::size_t left = in_.count(); left > 0 && in_.ok(); --left) values.insert(in_.bytes32());
  }
  template <class T>
  void operator()(std::map<Bytes32, T>& values) {
    for (std::size_t left = in_.count(); left > 0 && in_.ok(); --left) {
      const Bytes32 key = in_.bytes32();
      (*this)(values[key]);
    }
  }
  template <class Struct>
  requires std::is_class_v<Struct>
  void operator()(Struct& value) { fields(*this, value); }

 private:
  ByteReader& in_;
};

template <class Visitor, class... Fields>
void visit_all(Visitor& visit, Fields&... fields) {
  (visit(fields), ...);
}

// The fields of each struct, in the order in which they are written; Self is const for the Writer.
template <class Self, class Struct>
concept Of = std::same_as<std::remove_const_t<Self>, Struct>;

template <class Visitor, Of<BlockMark> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.height, s.hash);
}
template <class Visitor, Of<SubaddressIndex> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.account, s.address);
}
template <class Visitor, Of<MultisigShare> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.signer, s.nonces);
}
template <class Visitor, Of<OwnedOutput> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.tx_hash, s.index, s.global_index, s.height, s.unlock_time, s.coinbase,
            s.amount, s.key, s.subaddress, s.spent, s.spent_height, s.frozen, s.key_image_partial,
            s.nonces, s.shares);
}
template <class Visitor, Of<IncomingPayment> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.tx_hash, s.amount, s.amounts, s.fee, s.height, s.unlock_time, s.timestamp,
            s.coinbase, s.double_spend_seen, s.subaddress, s.payment_id);
}
template <class Visitor, Of<Destination> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.address, s.amount);
}
template <class Visitor, Of<OutgoingTx> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.tx_hash, s.amount_in, s.amount_out, s.change, s.fee, s.height, s.missed,
            s.failed, s.timestamp, s.unlock_time, s.payment_id, s.destinations, s.account,
            s.addresses, s.key_images);
}
template <class Visitor, Of<WalletMoney> Self>
void fields(Visitor& visit, Self& s) {
  visit_all(visit, s.height, s.last_seen, s.last_block_reward, s.outputs, s.payments,
            s.pool_payments, s.scanned_pool, s.outgoing, s.pending, s.notes, s.tx_keys);
}

// What the wallet relies on: sums that can be, and no output in the first block.
bool is_possible(const WalletMoney& money) {
  std::optional<Amount> total = Amount();
  const auto add = [&total](Amount amount) {
    if (total) total = total->plus(amount);
  };
  for (const OwnedOutput& output : money.outputs) {
    if (output.height == 0) return false;
    add(output.amount);
  }
  for (const auto& [hash, tx] : money.pending) {
    add(tx.change);
    for (const Destination& destination : tx.destinations) add(destination.amount);
  }
  for (const IncomingPayment& payment : money.pool_payments) add(payment.amount);
  return total && money.height > 0;
}

}  // namespace

void write_money(ByteWriter& out, const WalletMoney& money) {
  Writer write(out);
  write(money);
}

std::optional<WalletMoney> read_money(ByteReader& in) {
  WalletMoney money;
  Reader read(in);
  read(money);
  if (!in.ok() || !is_possible(money)) return std::nullopt;
  for (OwnedOutput& output : money.outputs)
    output.key_image = key_image_of({.recipient = {}, .key = output.key, .amount = {}});
  return money;
}

}  // namespace escrowstorm::mockrpc
