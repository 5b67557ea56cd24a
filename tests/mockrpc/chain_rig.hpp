// A chain with people on it, for its tests.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <string>
#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/keys/hex.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::mockrpc::rigs {

inline std::string hex(const Bytes32& bytes) { return to_hex(view_of(bytes)); }

class ChainRig {
 public:
  static constexpr std::uint64_t began = 1'700'000'000;

  static CurvePoint person(unsigned char number) {
    CurvePoint point;
    point.bytes.fill(number);
    return point;
  }

  const Block& mine_for(unsigned char number, std::uint64_t count = 1) {
    for (std::uint64_t i = 0; i < count; ++i) chain.mine(person(number));
    return chain.top();
  }

  // Spends them, to this person, with a fee.
  Transaction spend(const std::vector<OutputPlace>& places, unsigned char number) {
    Transaction transaction;
    random.fill(transaction.hash);
    transaction.weight = 2000;
    transaction.fee = Amount::from_atomic(1'000'000'000);
    Amount rest;
    for (const OutputPlace& place : places) {
      transaction.key_images.push_back(key_image_of(place.output()));
      rest = *rest.plus(place.output().amount);
    }
    if (rest < transaction.fee) transaction.fee = rest;
    rest = *rest.minus(transaction.fee);
    const Amount part = Amount::from_atomic(random.below(rest.atomic() + 1));
    for (const Amount amount : {part, *rest.minus(part)}) {
      TxOutput output;
      output.recipient = person(number);
      output.amount = amount;
      random.fill(output.key);
      transaction.outputs.push_back(output);
    }
    return transaction;
  }

  // A coinbase of person 1 that can be spent, the first or a later one.
  OutputPlace spendable(std::size_t index = 0) {
    while (chain.height() < 62 + index) mine_for(1);
    return chain.received(person(1), 0)[index];
  }

  // An output of person `number`, in the last block.
  OutputPlace pay_from_fresh_coinbase(unsigned char number) {
    chain.submit(spend({spendable()}, number));
    mine_for(9);
    return chain.received(person(number), 0).front();
  }

  BlockMark mark(std::uint64_t height) const { return {height, chain.block(height).hash}; }

  void pass(Duration time) {
    boost::asio::io_context loop;
    boost::asio::co_spawn(loop, clock.sleep_until(clock.now() + time), boost::asio::detached);
    clock.run(loop);
  }

  escrowstorm::test::ManualClock clock;
  RandomStream random{2};
  Chain chain{clock, began, RandomStream(1)};
};

}  // namespace escrowstorm::mockrpc::rigs
