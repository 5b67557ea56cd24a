// A Rig whose wallets are paid: by coinbases, and by a faucet that is no wallet.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "mockrpc/keys/address.hpp"
#include "rig.hpp"

namespace escrowstorm::mockrpc::rigs {

class MoneyRig : public Rig {
 public:
  struct Share {
    CurvePoint to;
    std::uint64_t amount = 0;
  };

  explicit MoneyRig(std::size_t instances = 1, std::string_view version = default_version_name)
      : Rig(instances, version) {}

  CurvePoint point(std::size_t i, std::uint32_t address = 0, std::uint32_t account = 0) {
    walletrpc::GetBalance request;
    request.account_index = account;
    request.address_indices = {address};
    return point_of(ok(i, request).per_subaddress.front().address);
  }
  static CurvePoint point_of(const std::string& address) {
    return parse_address(address, Network::mainnet).value().spend;
  }

  void mine_to(std::size_t i, std::uint64_t blocks) { mine(point(i), blocks); }
  void mine_to_nobody(std::uint64_t blocks) { mine(base_point_times(scalar_of(2)), blocks); }

  // Into the pool. The first time it mines what the faucet pays with: 70 blocks.
  Bytes32 pay(const std::vector<Share>& shares, std::uint64_t unlock_time = 0) {
    if (funds_.empty()) fill_faucet();
    const Transaction& coinbase = *funds_.front();
    Transaction tx;
    random_.fill(tx.hash);
    tx.key_images = {key_image_of(coinbase.outputs[0])};
    tx.unlock_time = unlock_time;
    tx.fee = Amount::from_atomic(1000);
    tx.weight = 2000;
    Amount left = *coinbase.outputs[0].amount.minus(tx.fee);
    for (const Share& share : shares) {
      tx.outputs.push_back({share.to, fresh_key(), Amount::from_atomic(share.amount)});
      left = *left.minus(tx.outputs.back().amount);
    }
    tx.outputs.push_back({faucet(), fresh_key(), left});
    funds_.pop_front();
    last_ = tx;
    EXPECT_FALSE(chain().submit(tx));
    return tx.hash;
  }
  // The same transaction as the last one.
  void pay_again() { EXPECT_FALSE(chain().submit(last_)); }

  std::uint64_t fetched(std::size_t i) { return ok(i, walletrpc::Refresh{}).blocks_fetched; }
  std::uint64_t height(std::size_t i) { return ok(i, walletrpc::GetHeight{}).height; }
  walletrpc::GetBalance::Answer balance(std::size_t i) { return ok(i, walletrpc::GetBalance{}); }
  std::vector<walletrpc::TransferEntry> received(std::size_t i) {
    walletrpc::GetTransfers request;
    request.in = true;
    return ok(i, request).in;
  }
  std::vector<walletrpc::IncomingTransfers::Output> outputs(std::size_t i) {
    walletrpc::IncomingTransfers request;
    request.transfer_type = "all";
    return ok(i, request).transfers;
  }

 private:
  static CurvePoint faucet() { return base_point_times(scalar_of(3)); }

  void mine(const CurvePoint& to, std::uint64_t blocks) {
    for (; blocks > 0; --blocks) chain().mine(to);
  }

  void fill_faucet() {
    for (int i = 0; i < 10; ++i) funds_.push_back(chain().mine(faucet()).coinbase);
    mine_to_nobody(60);
  }

  Bytes32 fresh_key() {
    Bytes32 key;
    random_.fill(key);
    return key;
  }

  RandomStream random_{99};
  std::deque<std::shared_ptr<const Transaction>> funds_;
  Transaction last_;
};

}  // namespace escrowstorm::mockrpc::rigs
