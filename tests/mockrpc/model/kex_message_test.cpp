// Messages of the key exchange: layout, lengths, and every text of refusal in both versions.
#include <gtest/gtest.h>

#include "fuzz.hpp"
#include "mockrpc/kex/message.hpp"
#include "mockrpc/keys/base58.hpp"
#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

class KexMessages : public testing::Test {
 protected:
  KexMessages() { secret_ = random_scalar(random_); }

  KexMessage message(std::uint32_t round, std::size_t keys) {
    KexMessage out;
    out.round = round;
    out.signer = scheme_.public_key(secret_);
    if (round == 1) random_.fill(out.common_secret);
    for (std::size_t i = 0; i < keys; ++i)
      out.keys.push_back(scheme_.public_key(random_scalar(random_)));
    return out;
  }

  std::string write(const KexMessage& message) {
    return write_kex_message(scheme_, message, secret_, random_);
  }

  Outcome<KexMessage> read(std::string_view text, std::string_view version = "0.18.5.1") {
    return read_kex_message(scheme_, rigs::version_named(version), text);
  }

  std::string refusal(std::string_view text, std::string_view version = "0.18.5.1") {
    const auto outcome = read(text, version);
    return outcome ? "accepted" : outcome.error().text;
  }

  // A message of hand-made bytes, unsigned.
  static std::string raw(std::string_view magic, const ByteWriter& payload) {
    return std::string(magic) + base58_encode(payload.bytes());
  }

  DlogKeyScheme scheme_;
  RandomStream random_{1};
  Scalar secret_;
};

TEST_F(KexMessages, AreAsLongAsTheRealOnes) {
  EXPECT_EQ(write(message(1, 0)).size(), 189u);
  EXPECT_EQ(write(message(2, 1)).size(), 192u);
  EXPECT_EQ(write(message(2, 2)).size(), 236u);
  EXPECT_EQ(write(message(3, 3)).size(), 280u);
  EXPECT_EQ(write(message(2, 4)).size(), 324u);
  EXPECT_EQ(write(message(3, 6)).size(), 412u);
}

TEST_F(KexMessages, BringBackWhatWasWritten) {
  for (const auto& [round, keys] : {std::pair(1u, 0u), std::pair(2u, 1u), std::pair(200u, 9u)}) {
    const KexMessage written = message(round, keys);
    const std::string text = write(written);
    EXPECT_TRUE(text.starts_with(round == 1 ? "MultisigxV2R1" : "MultisigxV2Rn"));
    const auto read_back = read(text);
    ASSERT_TRUE(read_back);
    EXPECT_EQ(read_back->round, written.round);
    EXPECT_EQ(read_back->signer, written.signer);
    EXPECT_EQ(read_back->common_secret, written.common_secret);
    EXPECT_EQ(read_back->keys, written.keys);
  }
}

TEST_F(KexMessages, DifferOnlyInTheirSignature) {
  const KexMessage same = message(1, 0);
  const std::string a = write(same);
  const std::string b = write(same);
  EXPECT_NE(a, b);
  constexpr std::size_t signed_chars = 13 + 64 / 8 * 11;
  EXPECT_EQ(a.substr(0, signed_chars), b.substr(0, signed_chars));
}

TEST_F(KexMessages, RefuseEveryChangedByte) {
  const std::string text = write(message(2, 2));
  const std::string payload = base58_decode(text.substr(13)).value();
  for (std::size_t i = 0; i < payload.size(); ++i) {
    std::string changed = payload;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_NE(refusal("MultisigxV2Rn" + base58_encode(changed)), "accepted") << i;
  }
  std::string changed = payload;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(refusal("MultisigxV2Rn" + base58_encode(changed)),
            "Multisig kex msg signature invalid.");
}

// As the real one: what follows the signature is not looked at.
TEST_F(KexMessages, MayBeLonger) {
  const std::string payload = base58_decode(write(message(2, 2)).substr(13)).value();
  EXPECT_EQ(refusal("MultisigxV2Rn" + base58_encode(payload + "more")), "accepted");
}

TEST_F(KexMessages, SayWhatIsWrongWithTheText) {
  EXPECT_EQ(refusal(""), "Kex message unexpectedly small.");
  EXPECT_EQ(refusal("garbage"), "Kex message unexpectedly small.");
  EXPECT_EQ(refusal("MultisigV1"), "Kex message unexpectedly small.");
  EXPECT_EQ(refusal("", "0.18.0.0"), "Kex message unexpectedly empty.");
  EXPECT_EQ(refusal("garbage", "0.18.0.0"),
            "basic_string::substr: __pos (which is 13) > this->size() (which is 7)");
  EXPECT_EQ(refusal("MultisigV1", "0.18.0.0"), "V1 multisig kex messages are deprecated (unsafe).");
  for (const std::string_view version : {"0.18.0.0", "0.18.5.1"}) {
    EXPECT_EQ(refusal("MultisigV1garbage", version),
              "V1 multisig kex messages are deprecated (unsafe).");
    EXPECT_EQ(refusal("MultisigxV1garbage", version),
              "V1 multisig kex messages are deprecated (unsafe).");
    EXPECT_EQ(refusal("MultisigxV2R10", version), "Multisig kex msg decoding error.");
    EXPECT_EQ(refusal("not a message0", version), "Multisig kex msg decoding error.");
    EXPECT_EQ(refusal("MultisigxV2R211", version), "Only v2 multisig kex messages are supported.");
    EXPECT_EQ(refusal("MultisigxV2R1", version), "Deserializing kex msg failed.");
    EXPECT_EQ(refusal("MultisigxV2Rn11", version), "Deserializing kex msg failed.");
  }
}

TEST_F(KexMessages, SayWhatIsWrongWithTheContent) {
  const auto later = [&](std::uint32_t round, std::vector<Bytes32> keys, const Bytes32& signer) {
    ByteWriter writer;
    writer.varint(round);
    writer.varint(keys.size());
    for (const Bytes32& key : keys) writer.blob(key);
    writer.blob(signer);
    writer.blob(Bytes32{});
    writer.blob(Bytes32{});
    return raw("MultisigxV2Rn", writer);
  };
  Bytes32 good = scheme_.public_key(secret_).bytes;
  Bytes32 outside;
  outside.fill(0xff);
  const Bytes32 zero{};

  EXPECT_EQ(refusal(later(1, {good}, good)),
            "Invalid kex message round (must be > 1 for the general msg type).");
  EXPECT_EQ(refusal(later(2, {zero}, good)), "Pubkey from message was invalid.");
  EXPECT_EQ(refusal(later(2, {outside}, good)), "Pubkey from message was not in prime subgroup.");
  EXPECT_EQ(refusal(later(2, {good}, zero)), "Message signing key was invalid.");
  EXPECT_EQ(refusal(later(2, {good}, outside)), "Message signing key was not in prime subgroup.");
  EXPECT_EQ(refusal(later(2, {good}, good)), "Multisig kex msg signature invalid.");

  ByteWriter too_many;
  too_many.varint(2);
  too_many.varint(1'000'000);
  EXPECT_EQ(refusal(raw("MultisigxV2Rn", too_many)), "Deserializing kex msg failed.");
}

// A message of one round under the name of another: the name is signed too.
TEST_F(KexMessages, AreOfTheRoundTheirNameSays) {
  const std::string text = write(message(1, 0));
  EXPECT_NE(refusal("MultisigxV2Rn" + text.substr(13)), "accepted");
}

TEST_F(KexMessages, SurviveAnything) {
  const std::vector<std::string> corpus{write(message(1, 0)), write(message(2, 2)), "MultisigxV1x",
                                        "x"};
  int accepted = 0;
  test::fuzz(corpus, [&](const std::string& text) { accepted += refusal(text) == "accepted"; });
  EXPECT_GE(accepted, 2);
  // And the same with mutations below base58.
  const std::string payload = base58_decode(corpus[1].substr(13)).value();
  test::fuzz({payload}, [&](const std::string& bytes) {
    refusal("MultisigxV2Rn" + base58_encode(bytes), "0.18.0.0");
    refusal("MultisigxV2R1" + base58_encode(bytes));
  });
}

}  // namespace
}  // namespace escrowstorm::mockrpc
