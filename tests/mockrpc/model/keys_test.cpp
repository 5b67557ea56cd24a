// Hashes, scalars, points, base58 and hex against known values and laws.
#include <gtest/gtest.h>

#include <set>

#include "fuzz.hpp"
#include "mockrpc/keys/base58.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/keys/keccak.hpp"
#include "mockrpc/keys/signature.hpp"

namespace escrowstorm::mockrpc {
namespace {

Bytes32 bytes32(std::string_view hex) {
  Bytes32 bytes{};
  const std::string raw = from_hex(hex).value();
  std::copy(raw.begin(), raw.end(), bytes.begin());
  return bytes;
}

std::string hex_of(const Bytes32& bytes) { return to_hex(view_of(bytes)); }

std::string random_bytes(RandomStream& random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(random.next());
  return bytes;
}

TEST(Keccak, IsTheOriginalAndNotSha3) {
  EXPECT_EQ(hex_of(keccak256("")),
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(hex_of(keccak256("abc")),
            "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  EXPECT_EQ(hex_of(keccak256("The quick brown fox jumps over the lazy dog")),
            "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15");
  // One byte less than a block, a block, and one more.
  const std::set<Bytes32> around_a_block{keccak256(std::string(135, 'a')),
                                         keccak256(std::string(136, 'a')),
                                         keccak256(std::string(137, 'a'))};
  EXPECT_EQ(around_a_block.size(), 3u);
}

TEST(Scalar, IsTheRealWalletsViewKeyOfItsSpendKey) {
  // query_key of a wallet of monero-wallet-rpc 0.18.0.0: the view key is the hash of the spend key.
  const Bytes32 spend = bytes32("831e4b4bf59e938e7ff6e573ef4463edd3ebf51e306210c0b77f3c2a86f37e08");
  EXPECT_EQ(hex_of(hash_to_scalar(view_of(spend)).bytes),
            "c4c29ce6e12c80210be076ff0b2fc4b613d6b497a64e519fada8d789a3f6650c");
}

TEST(Scalar, IsAField) {
  RandomStream random(3);
  for (int i = 0; i < 200; ++i) {
    const Scalar a = random_scalar(random);
    const Scalar b = random_scalar(random);
    const Scalar c = random_scalar(random);
    EXPECT_EQ(plus(a, b), plus(b, a));
    EXPECT_EQ(times(a, b), times(b, a));
    EXPECT_EQ(times(a, plus(b, c)), plus(times(a, b), times(a, c)));
    EXPECT_EQ(minus(plus(a, b), b), a);
    EXPECT_EQ(times(a, scalar_of(1)), a);
    EXPECT_EQ(times(a, scalar_of(2)), plus(a, a));
    EXPECT_TRUE(is_reduced(a) && !is_zero(a));
  }
}

TEST(Scalar, KnowsTheOrderOfTheGroup) {
  const Bytes32 order = bytes32("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  Bytes32 below = order;
  --below[0];
  EXPECT_FALSE(is_reduced(Scalar{order}));
  EXPECT_TRUE(is_reduced(Scalar{below}));
  EXPECT_TRUE(is_reduced(Scalar{}));
  EXPECT_TRUE(is_zero(reduce(order)));
  EXPECT_EQ(reduce(below).bytes, below);
  EXPECT_TRUE(is_zero(plus(Scalar{below}, scalar_of(1))));
}

TEST(CurvePoint, MultipliesTheBasePoint) {
  EXPECT_EQ(hex_of(base_point_times(scalar_of(0)).bytes),
            "0100000000000000000000000000000000000000000000000000000000000000");
  EXPECT_EQ(hex_of(base_point_times(scalar_of(1)).bytes),
            "5866666666666666666666666666666666666666666666666666666666666666");
}

// Each seen on monero-wallet-rpc 0.18.0.0 with validate_address.
TEST(CurvePoint, IsWhatTheRealOneTakesForAKey) {
  const std::vector<std::pair<std::string, bool>> cases{
      {"5866666666666666666666666666666666666666666666666666666666666666", true},  // base point
      {"0100000000000000000000000000000000000000000000000000000000000000", true},  // identity
      {"0000000000000000000000000000000000000000000000000000000000000000", true},  // order 4
      {"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", true},  // order 2
      {"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", true},  // order 8
      {"0300000000000000000000000000000000000000000000000000000000000000", true},
      {"0200000000000000000000000000000000000000000000000000000000000000", false},  // off the curve
      {"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", false},  // y = p + 1
      {"0100000000000000000000000000000000000000000000000000000000000080", false},  // x = -0
      {"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false},
      {"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false},
  };
  for (const auto& [hex, on_curve] : cases)
    EXPECT_EQ(is_on_curve(CurvePoint{bytes32(hex)}), on_curve) << hex;
}

TEST(DlogKeyScheme, HoldsTheAlgebraAndShowsTheRightPoints) {
  const DlogKeyScheme scheme;
  RandomStream random(4);
  for (int i = 0; i < 20; ++i) {
    const Scalar a = random_scalar(random);
    const Scalar b = random_scalar(random);
    const PublicKey key_a = scheme.public_key(a);
    const PublicKey key_b = scheme.public_key(b);
    EXPECT_EQ(scheme.times(key_a, b), scheme.times(key_b, a));
    EXPECT_EQ(scheme.plus(key_a, key_b), scheme.public_key(plus(a, b)));
    EXPECT_EQ(scheme.plus(key_a, scheme.identity()), key_a);
    EXPECT_EQ(scheme.shown(key_a), base_point_times(a));
    EXPECT_EQ(scheme.shown(key_a), base_point_times(a));  // remembered
    EXPECT_TRUE(is_on_curve(scheme.shown(key_a)));
    EXPECT_TRUE(scheme.in_prime_subgroup(key_a));
  }
  EXPECT_FALSE(scheme.in_prime_subgroup(PublicKey{bytes32(std::string(64, 'f'))}));
  EXPECT_EQ(scheme.shown(scheme.identity()), base_point_times(Scalar{}));
}

TEST(Signature, HoldsForItsMessageAndKeyOnly) {
  const DlogKeyScheme scheme;
  RandomStream random(5);
  const Scalar secret = random_scalar(random);
  const PublicKey key = scheme.public_key(secret);
  const Bytes32 message = keccak256("message");
  const Signature signature = sign(scheme, message, secret, random);
  EXPECT_TRUE(verify(scheme, message, key, signature));
  EXPECT_FALSE(verify(scheme, keccak256("another"), key, signature));
  EXPECT_FALSE(verify(scheme, message, scheme.public_key(random_scalar(random)), signature));
  EXPECT_NE(sign(scheme, message, secret, random).c, signature.c);

  Signature bad = signature;
  bad.r = plus(bad.r, scalar_of(1));
  EXPECT_FALSE(verify(scheme, message, key, bad));
  bad = signature;
  bad.c.bytes.fill(0xff);
  EXPECT_FALSE(verify(scheme, message, key, bad));
  EXPECT_FALSE(verify(scheme, message, key, Signature{}));
}

TEST(Base58, BringsBackAnySize) {
  RandomStream random(6);
  for (std::size_t size = 0; size <= 200; ++size) {
    const std::string bytes = random_bytes(random, size);
    EXPECT_EQ(base58_decode(base58_encode(bytes)), bytes) << size;
    EXPECT_EQ(base58_decode(base58_encode(std::string(size, '\xff'))), std::string(size, '\xff'));
    EXPECT_EQ(base58_decode(base58_encode(std::string(size, '\0'))), std::string(size, '\0'));
  }
}

// Values of monero's own tests/unit_tests/base58.cpp.
TEST(Base58, KnowsMoneroBlocks) {
  EXPECT_EQ(base58_encode(from_hex("00").value()), "11");
  EXPECT_EQ(base58_encode(from_hex("39").value()), "1z");
  EXPECT_EQ(base58_encode(from_hex("ff").value()), "5Q");
  EXPECT_EQ(base58_encode(from_hex("ffff").value()), "LUv");
  EXPECT_EQ(base58_encode(from_hex("ffffffffffffffff").value()), "jpXCZedGfVQ");
  EXPECT_EQ(base58_encode(from_hex("06156013762879f7ffffffffff").value()), "22222222222VtB5VXc");
  EXPECT_EQ(base58_decode(""), "");
}

TEST(Base58, RefusesWhatNoEncoderMakes) {
  for (const std::string text : {"1", "1111", "11111111",  // sizes of no block
                                 "5R", "zz", "LUw", "zzz", "2UzHM", "7YXVK8dMs", "jpXCZedGfVR",
                                 "zzzzzzzzzzz",                              // overflow
                                 "10", "1O", "1I", "1l", "1 ", "\xff\xff"})  // not in the alphabet
    EXPECT_FALSE(base58_decode(text)) << text;
}

TEST(Base58, DecodesNothingTwice) {
  RandomStream random(7);
  test::fuzz(
      {base58_encode(random_bytes(random, 69)), base58_encode(random_bytes(random, 128)), ""},
      [](const std::string& text) {
        if (const auto bytes = base58_decode(text)) {
          EXPECT_EQ(base58_encode(*bytes), text);
        }
      });
}

TEST(Hex, ReadsEitherCaseAndNothingElse) {
  EXPECT_EQ(to_hex("\x01\xab\xff"), "01abff");
  EXPECT_EQ(from_hex("01aBFf"), "\x01\xab\xff");
  EXPECT_EQ(from_hex(""), "");
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(ByteIo, BringsBackVarintsAndRefusesOtherForms) {
  for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128},
                                     std::uint64_t{300}, std::uint64_t{UINT32_MAX}, UINT64_MAX}) {
    ByteWriter writer;
    writer.varint(number);
    ByteReader reader(writer.bytes());
    EXPECT_EQ(reader.varint(), number);
    EXPECT_TRUE(reader.at_end());
  }
  const std::string needless_zero("\x81\x00", 2);
  for (const std::string& bytes :
       {std::string(), std::string("\x80"), needless_zero, std::string(9, '\xff') + "\x02"}) {
    ByteReader reader(bytes);
    EXPECT_EQ(reader.varint(), 0u);
    EXPECT_FALSE(reader.ok());
  }
  ByteReader more_than_32_bits("\xff\xff\xff\xff\x1f");
  more_than_32_bits.varint32();
  EXPECT_FALSE(more_than_32_bits.ok());
}

TEST(ByteIo, StaysFailedAndGivesZeros) {
  ByteReader reader(
      "\x05"
      "abc");
  EXPECT_EQ(reader.text(), "");
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.blob(1), "");
  EXPECT_EQ(reader.bytes32(), Bytes32{});
  EXPECT_FALSE(reader.at_end());
}

}  // namespace
}  // namespace escrowstorm::mockrpc
