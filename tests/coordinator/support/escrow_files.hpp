// Databases in files for tests: their records, their key, and their bytes.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "coordinator/store/escrow_database.hpp"
#include "tests/coordinator/support/disk.hpp"
#include "tests/coordinator/support/keys.hpp"
#include "tests/coordinator/support/print.hpp"

namespace escrowstorm::test {

// In the middle of its set-up. What is secret begins with "secret".
inline coordinator::EscrowRecord record_of(EscrowId id,
                                           coordinator::Phase phase = coordinator::Phase::make) {
  coordinator::EscrowRecord record;
  record.id = id;
  record.attempt = 3;
  record.phase = phase;
  record.instances = {7, 0, 4'000'000'000};
  record.wallets = {"escrow_1_buyer", "it's; DROP TABLE escrows;--", std::string("nul\0nul", 7)};
  record.passwords = {"secret of the buyer", "secret of the vendor", "secret of the arbiter"};
  record.messages[0] = {"secret prepared", "secret made", "", ""};
  record.messages[2][3] = "secret exchanged \xC3\xA9";
  record.address = "4Address";
  record.failure = "vendor: \"quoted\" 'clause'";
  return record;
}

// With its terms, and a payout that is signed. Its attempt's secrets were written before.
inline coordinator::EscrowRecord signed_record_of(EscrowId id) {
  coordinator::EscrowRecord record = record_of(id, coordinator::Phase::signed_);
  record.failure.clear();
  record.copies = {"digest 1", "digest 2", "digest 3"};
  record.terms.price = Amount::from_atomic(5);
  record.terms.buyer_address = "4Buyer";
  record.terms.vendor_address = "4Vendor";
  record.payout.decision = coordinator::Decision::release;
  record.payout.txset = "secret txset " + std::to_string(id);
  record.payout.tx_hashes = {"hash1", "hash2"};
  record.payout.paid = Amount::from_atomic(4);
  record.payout.fee = Amount::from_atomic(1);
  return record;
}

// As a coordinator writes it: the set-up, then what becomes of it.
inline std::vector<coordinator::EscrowRecord> life_of(EscrowId id) {
  coordinator::EscrowRecord begun = signed_record_of(id);
  begun.phase = coordinator::Phase::create;
  begun.payout = {};
  return {begun, signed_record_of(id)};
}

inline coordinator::EscrowDatabase open_well(const std::filesystem::path& file,
                                             const coordinator::DatabaseKey& key = a_key()) {
  auto opened = coordinator::EscrowDatabase::open(file, key);
  EXPECT_TRUE(opened) << opened.error().message;
  return std::move(*opened);
}

inline std::string open_badly(const std::filesystem::path& file,
                              std::optional<coordinator::DatabaseKey> key = a_key()) {
  auto opened = coordinator::EscrowDatabase::open(file, key);
  EXPECT_FALSE(opened) << file;
  return opened ? "" : opened.error().message;
}

inline std::vector<coordinator::EscrowRecord> read_well(coordinator::EscrowDatabase& database) {
  auto all = database.read_all();
  EXPECT_TRUE(all) << all.error().message;
  return *all;
}

inline void write_file(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace escrowstorm::test
