// The bytes of wallet files, and what is made of bytes that are none.
#include "mockrpc/wallet/wallet_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <variant>

#include "base/quick_hash.hpp"
#include "fuzz.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/seed_words.hpp"

namespace escrowstorm::mockrpc {
namespace {

PublicKey random_key(RandomStream& random) {
  return DlogKeyScheme().public_key(random_scalar(random));
}

WalletKeys sample_keys(bool multisig) {
  RandomStream random(1);
  WalletKeys keys;
  keys.seal = PasswordSeal::of("secret", random);
  keys.network = Network::stagenet;
  keys.language = "Español";
  keys.spend_secret = random_scalar(random);
  keys.view_secret = random_scalar(random);
  if (!multisig) return keys;

  keys.multisig_enabled = true;
  MultisigState state;
  state.threshold = 2;
  state.rounds_done = 1;
  for (int i = 0; i < 3; ++i) state.signers.push_back(random_key(random));
  state.base_secret = keys.spend_secret;
  state.common_secret = keys.view_secret;
  for (int i = 0; i < 2; ++i) state.key_shares.push_back(random_scalar(random));
  state.round_keys = {random_key(random), random_key(random)};
  keys.multisig = state;
  return keys;
}

Bytes32 random_bytes(RandomStream& random) {
  Bytes32 bytes;
  random.fill(bytes);
  return bytes;
}

// Every field of its own value.
WalletMoney sample_money(RandomStream& random) {
  WalletMoney money;
  money.height = 1'000'000'000'000;
  money.last_seen = {9, random_bytes(random)};
  money.last_block_reward = Amount::from_atomic(600'000'000'000);
  OwnedOutput output{random_bytes(random),
                     1,
                     2,
                     3,
                     4,
                     true,
                     Amount::from_atomic(5),
                     random_bytes(random),
                     {6, 7},
                     true,
                     8,
                     true,
                     true,
                     {random_bytes(random), random_bytes(random)},
                     {{random_bytes(random), {random_bytes(random)}}},
                     {}};
  OwnedOutput plain;
  plain.height = 1;
  money.outputs = {plain, output};
  for (OwnedOutput& each : money.outputs) each.key_image = key_image_of({{}, each.key, {}});
  IncomingPayment payment{random_bytes(random),
                          Amount::from_atomic(~std::uint64_t{0}),
                          {Amount::from_atomic(1), Amount()},
                          Amount::from_atomic(2),
                          3,
                          4,
                          5,
                          true,
                          true,
                          {6, 7},
                          {8, 9}};
  money.payments = {payment, IncomingPayment()};
  money.pool_payments = {IncomingPayment()};
  money.scanned_pool = {random_bytes(random), random_bytes(random)};
  OutgoingTx tx{random_bytes(random),
                Amount::from_atomic(1),
                Amount::from_atomic(2),
                Amount::from_atomic(3),
                Amount::from_atomic(4),
                5,
                true,
                true,
                6,
                7,
                {8},
                {{"4A", Amount::from_atomic(9)}},
                10,
                {11, 12},
                {random_bytes(random)}};
  money.outgoing = {{tx.tx_hash, tx}};
  money.pending = {{random_bytes(random), tx}};
  money.notes = {{random_bytes(random), "a note"}};
  money.tx_keys = {{random_bytes(random), "00ff"}};
  return money;
}

WalletCache sample_cache() {
  RandomStream random(2);
  WalletCache cache;
  cache.seal = PasswordSeal::of("", random);
  cache.spend_key = random_key(random);
  cache.view_key = random_key(random);
  cache.subaddresses.add_address(0, "deposit");
  cache.subaddresses.set_tag(cache.subaddresses.add_account("second"), "tag");
  cache.subaddresses.describe_tag("tag", "what it is for");
  cache.address_book = {{"4A", "who"}, {"", ""}};
  cache.money = sample_money(random);
  cache.attributes = {{"", ""}, {"label", "escrow 1"}, {std::string("\0/\n", 3), "\xff"}};
  return cache;
}

TEST(PasswordSeal, OpensWithItsPasswordOnlyAndDiffersEachTime) {
  RandomStream random(1);
  for (const std::string password : {"", "p", "a long password with spaces"}) {
    const PasswordSeal seal = PasswordSeal::of(password, random);
    EXPECT_TRUE(seal.opens(password));
    EXPECT_FALSE(seal.opens(password + " "));
    EXPECT_NE(seal, PasswordSeal::of(password, random));
  }
}

TEST(WalletFile, BringsBackWhatWasWritten) {
  for (const bool multisig : {false, true}) {
    const WalletKeys keys = sample_keys(multisig);
    EXPECT_EQ(std::get<WalletKeys>(read_keys_file(write_keys_file(keys))), keys);
  }
  const WalletCache cache = sample_cache();
  EXPECT_EQ(std::get<WalletCache>(read_cache_file(write_cache_file(cache))), cache);
}

TEST(WalletFile, HoldsNoMoneyThatCannotBe) {
  const auto is_refused = [](const WalletCache& cache) {
    return read_cache_file(write_cache_file(cache)) ==
           decltype(read_cache_file(""))(FileFault::unreadable);
  };
  WalletCache cache = sample_cache();
  cache.money.outputs[0].amount = Amount::from_atomic(~std::uint64_t{0});
  EXPECT_TRUE(is_refused(cache));
  cache = sample_cache();
  cache.money.pending.begin()->second.change = Amount::from_atomic(~std::uint64_t{0});
  EXPECT_TRUE(is_refused(cache));
  cache = sample_cache();
  cache.money.outputs[0].height = 0;
  EXPECT_TRUE(is_refused(cache));
  cache = sample_cache();
  cache.money.height = 0;
  EXPECT_TRUE(is_refused(cache));
  EXPECT_FALSE(is_refused(sample_cache()));
}

TEST(WalletFile, ShowsNoPassword) {
  EXPECT_EQ(write_keys_file(sample_keys(true)).find("secret"), std::string::npos);
}

// Computed apart from this program. A seal that is made otherwise takes another version of the
// files.
TEST(WalletFile, APasswordOpensTheSealsThatWereWrittenBefore) {
  PasswordSeal seal;
  std::iota(seal.salt.begin(), seal.salt.end(), static_cast<unsigned char>(0));
  const std::string hash =
      from_hex("11a9f5073c6ade8a55b11a7e6e09fce5086f5009466780aa524e12b27697fb0c").value();
  std::copy(hash.begin(), hash.end(), seal.hash.begin());
  EXPECT_TRUE(seal.opens("a password"));
  EXPECT_FALSE(seal.opens("another"));
}

TEST(WalletFile, KnowsACutFileFromADamagedOne) {
  const std::string file = write_keys_file(sample_keys(true));
  const auto fault = [](std::string_view bytes) {
    return std::get<FileFault>(read_keys_file(bytes));
  };
  for (std::size_t size = 0; size < file.size(); ++size)
    EXPECT_EQ(fault(std::string_view(file).substr(0, size)), FileFault::unreadable) << size;
  EXPECT_EQ(fault(file + "x"), FileFault::unreadable);
  EXPECT_EQ(fault(write_cache_file(sample_cache())), FileFault::unreadable);
  for (std::size_t i = 20; i < file.size(); ++i) {
    std::string changed = file;
    changed[i] = static_cast<char>(changed[i] ^ 0x40);
    EXPECT_EQ(fault(changed), FileFault::damaged) << i;
  }
}

TEST(WalletFile, SurvivesAnything) {
  const std::string keys = write_keys_file(sample_keys(true));
  const std::string cache = write_cache_file(sample_cache());
  test::fuzz({keys, cache, write_keys_file(sample_keys(false)), ""}, [](const std::string& bytes) {
    read_keys_file(bytes);
    read_cache_file(bytes);
  });
}

// The same behind a checksum that fits, so that the mutations reach the fields.
TEST(WalletFile, SurvivesAnythingBehindAValidChecksum) {
  const std::string keys = write_keys_file(sample_keys(true));
  const std::string cache = write_cache_file(sample_cache());
  constexpr std::size_t magic = 8;
  const auto body_of = [&](const std::string& file, std::size_t magic_size) {
    ByteReader reader(file);
    reader.blob(magic_size);
    return std::string(reader.text());
  };
  const auto rewrapped = [](std::string_view magic_text, const std::string& body) {
    ByteWriter file;
    file.blob(magic_text);
    file.text(body);
    const std::uint64_t checksum = quick_hash(file.bytes());
    for (int i = 0; i < 8; ++i) file.blob(std::string(1, static_cast<char>(checksum >> 8 * i)));
    return file.bytes();
  };
  ASSERT_EQ(rewrapped(keys.substr(0, magic), body_of(keys, magic)), keys);
  ASSERT_EQ(rewrapped(cache.substr(0, magic + 1), body_of(cache, magic + 1)), cache);

  int read = 0;
  test::fuzz({body_of(keys, magic)}, [&](const std::string& body) {
    const auto outcome = read_keys_file(rewrapped(keys.substr(0, magic), body));
    const auto* good = std::get_if<WalletKeys>(&outcome);
    if (good == nullptr) return;
    ++read;
    if (!good->multisig) return;
    EXPECT_GE(good->multisig->threshold, 1u);
    EXPECT_LE(good->multisig->threshold, good->multisig->signers.size());
    EXPECT_LE(good->multisig->rounds_done, kex_rounds_required(*good->multisig) + 1);
  });
  EXPECT_GT(read, 100);
  test::fuzz({body_of(cache, magic + 1)}, [&](const std::string& body) {
    read_cache_file(rewrapped(cache.substr(0, magic + 1), body));
  });
}

// Both said by the real one (0.18.0.0) of one wallet.
constexpr std::string_view real_words =
    "tawny bamboo cause germs absorb unplugs android hybrid wield fatal ouch hatchet aimless "
    "sample duckling trash obnoxious hope waffle waking vexed musical navy orange hope";
constexpr std::string_view real_secret =
    "faff460d29a88de578869c92511ccabd8637d378dbe5edcae5235afb71322f0e";

TEST(SeedWords, AreTheRealOnes) {
  const auto read = read_seed_words(real_words);
  ASSERT_TRUE(read);
  EXPECT_EQ(to_hex(view_of(read->bytes)), real_secret);
  EXPECT_FALSE(read->old_style);
  EXPECT_EQ(seed_words(read->bytes), real_words);
}

TEST(SeedWords, BringBackWhatTheyWereMadeOf) {
  RandomStream random(1);
  for (int i = 0; i < 50; ++i) {
    const Bytes32 secret = random_scalar(random).bytes;
    const std::string words = seed_words(secret);
    ASSERT_TRUE(read_seed_words(words));
    EXPECT_EQ(read_seed_words(words)->bytes, secret);
    const std::string without_checksum = words.substr(0, words.rfind(' '));
    ASSERT_TRUE(read_seed_words(without_checksum));
    EXPECT_EQ(read_seed_words(without_checksum)->bytes, secret);
    EXPECT_TRUE(read_seed_words(without_checksum)->old_style);
  }
}

TEST(SeedWords, AreReadInEitherCaseAndByTheirFirstLetters) {
  std::string words(real_words);
  for (char& c : words) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_TRUE(read_seed_words(words));
  EXPECT_TRUE(read_seed_words("\t" + words + "\n"));
  EXPECT_TRUE(read_seed_words("tawnier" + std::string(real_words.substr(5))));
  EXPECT_FALSE(read_seed_words("xawny" + std::string(real_words.substr(5))));
  EXPECT_FALSE(read_seed_words(std::string(real_words) + " hope"));
  EXPECT_FALSE(read_seed_words(real_words.substr(13)));
  EXPECT_FALSE(read_seed_words("abbey" + std::string(real_words.substr(5))));  // checksum
  EXPECT_FALSE(read_seed_words(""));
}

TEST(SeedWords, SurviveAnything) {
  test::fuzz({std::string(real_words), ""}, [](const std::string& text) {
    const auto seed = read_seed_words(text);
    if (seed) seed_words(seed->bytes);
  });
}

}  // namespace
}  // namespace escrowstorm::mockrpc
