// M-of-N key exchange: every group agrees, whatever the order; every disturbance is refused with
// the real one's text and changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "mockrpc/kex/account.hpp"
#include "mockrpc/keys/dlog_key_scheme.hpp"
#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using rigs::others;

class KexGroup {
 public:
  KexGroup(std::size_t size, std::uint64_t seed, std::string_view version = "0.18.5.1")
      : version_(&rigs::version_named(version)), random_(seed) {
    for (std::size_t i = 0; i < size; ++i)
      accounts.emplace_back(scheme_, *version_, random_scalar(random_), random_scalar(random_));
  }

  rigs::Messages messages() {
    rigs::Messages texts;
    for (const MultisigAccount& account : accounts) texts.push_back(account.next_message(random_));
    return texts;
  }

  // The messages of the others in random order, with the own one or a second copy here and there.
  rigs::Messages inbox(const rigs::Messages& all, std::size_t self, bool copies) {
    rigs::Messages texts = others(all, self);
    if (random_.chance(1, 2)) texts.push_back(all[self]);
    if (copies && random_.chance(1, 2)) texts.push_back(texts[random_.below(texts.size())]);
    for (std::size_t i = texts.size(); i > 1; --i) std::swap(texts[i - 1], texts[random_.below(i)]);
    return texts;
  }

  std::vector<KexMessage> read(const rigs::Messages& texts) {
    std::vector<KexMessage> messages;
    for (const std::string& text : texts)
      messages.push_back(read_kex_message(scheme_, *version_, text).value());
    return messages;
  }

  std::string initialize(std::size_t i, std::uint32_t threshold, const rigs::Messages& texts) {
    const std::vector<KexMessage> messages = read(texts);
    std::vector<PublicKey> signers;
    for (const KexMessage& message : messages)
      if (message.signer != accounts[i].base_key()) signers.push_back(message.signer);
    signers.push_back(accounts[i].base_key());
    return text_of(accounts[i].initialize(threshold, signers, messages));
  }

  std::string update(std::size_t i, const rigs::Messages& texts) {
    return text_of(accounts[i].update(read(texts)));
  }

  // All the way, with shuffled inboxes.
  void run(std::uint32_t threshold) {
    const rigs::Messages first = messages();
    for (std::size_t i = 0; i < accounts.size(); ++i)
      ASSERT_EQ(initialize(i, threshold, inbox(first, i, false)), "");
    while (!kex_is_complete(accounts[0].state())) step();
  }

  void step() {
    const rigs::Messages round = messages();
    for (std::size_t i = 0; i < accounts.size(); ++i)
      ASSERT_EQ(update(i, inbox(round, i, true)), "");
  }

  std::vector<MultisigAccount> accounts;
  DlogKeyScheme scheme_;

 private:
  static std::string text_of(const Outcome<void>& outcome) {
    return outcome ? std::string() : outcome.error().text;
  }

  const Version* version_;
  RandomStream random_;
};

// Every subset of `size` of 0 .. n-1, as bits.
std::vector<unsigned> subsets(std::size_t n, std::size_t size) {
  std::vector<unsigned> out;
  for (unsigned bits = 0; bits < 1u << n; ++bits)
    if (static_cast<std::size_t>(std::popcount(bits)) == size) out.push_back(bits);
  return out;
}

struct Shape {
  std::uint32_t threshold;
  std::size_t size;
  std::string_view version;
};

std::vector<Shape> shapes() {
  std::vector<Shape> out;
  for (std::size_t size = 2; size <= 5; ++size)
    for (std::uint32_t threshold = 1; threshold <= size; ++threshold)
      for (const Version& version : versions()) out.push_back({threshold, size, version.name});
  return out;
}

class EveryShape : public testing::TestWithParam<Shape> {};

INSTANTIATE_TEST_SUITE_P(MofN, EveryShape, testing::ValuesIn(shapes()), [](const auto& shape) {
  return std::to_string(shape.param.threshold) + "of" + std::to_string(shape.param.size) +
         (shape.param.version == "0.18.0.0" ? "Old" : "New");
});

TEST_P(EveryShape, AgreesOnOneKeyThatItsPartsMakeUp) {
  const auto [threshold, size, version] = GetParam();
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    KexGroup group(size, seed, version);
    group.run(threshold);
    const MultisigState& first = group.accounts[0].state();
    EXPECT_NE(first.group_key, group.scheme_.identity());

    std::set<Scalar> parts;
    for (const MultisigAccount& account : group.accounts) {
      EXPECT_EQ(account.state().group_key, first.group_key);
      EXPECT_EQ(account.state().common_secret, first.common_secret);
      EXPECT_TRUE(kex_is_complete(account.state()));
      parts.insert(account.state().key_shares.begin(), account.state().key_shares.end());
    }
    Scalar sum;
    for (const Scalar& part : parts) sum = plus(sum, part);
    EXPECT_EQ(group.scheme_.public_key(sum), first.group_key);

    // Any M know all parts, any fewer do not.
    const auto known_to = [&](unsigned members) {
      std::set<Scalar> known;
      for (std::size_t i = 0; i < size; ++i)
        if (members >> i & 1)
          known.insert(group.accounts[i].state().key_shares.begin(),
                       group.accounts[i].state().key_shares.end());
      return known.size();
    };
    for (const unsigned members : subsets(size, threshold))
      EXPECT_EQ(known_to(members), parts.size());
    for (const unsigned members : subsets(size, threshold - 1))
      EXPECT_LT(known_to(members), parts.size());
  }
}

TEST_P(EveryShape, TakesAsManyRoundsAsTheRealOne) {
  const auto [threshold, size, version] = GetParam();
  KexGroup group(size, 1, version);
  group.run(threshold);
  EXPECT_EQ(group.accounts[0].state().rounds_done, size - threshold + 2);
}

TEST_P(EveryShape, DiffersFromOtherGroups) {
  const auto [threshold, size, version] = GetParam();
  KexGroup a(size, 1, version);
  KexGroup b(size, 2, version);
  a.run(threshold);
  b.run(threshold);
  EXPECT_NE(a.accounts[0].state().group_key, b.accounts[0].state().group_key);
  EXPECT_NE(a.accounts[0].state().common_secret, b.accounts[0].state().common_secret);
}

// In any round before the last of 1-of-N, which weighs nothing: what comes from elsewhere is
// refused and changes nothing.
TEST_P(EveryShape, RefusesEarlyLateAndForeignMessages) {
  const auto [threshold, size, version] = GetParam();
  KexGroup group(size, 1, version);
  KexGroup foreign(size, 2, version);
  rigs::Messages late = group.messages();
  rigs::Messages foreign_round = foreign.messages();
  for (std::size_t i = 0; i < size; ++i) {
    ASSERT_EQ(group.initialize(i, threshold, others(late, i)), "");
    ASSERT_EQ(foreign.initialize(i, threshold, others(foreign_round, i)), "");
  }
  for (;;) {
    const rigs::Messages now = group.messages();
    foreign_round = foreign.messages();
    const MultisigState before = group.accounts[0].state();
    EXPECT_EQ(group.update(0, others(late, 0)),
              "Messages don't have the expected kex round number.");
    rigs::Messages mixed = others(now, 0);
    mixed.push_back(late[1]);
    EXPECT_EQ(group.update(0, mixed), "All messages must have the same kex round number.");
    EXPECT_EQ(group.update(0, {}), "At least one input message expected.");
    const bool weighs_nothing =
        threshold == 1 && before.rounds_done + 1 == kex_rounds_required(before);
    if (!weighs_nothing) {
      EXPECT_NE(group.update(0, others(foreign_round, 0)), "");
      mixed = others(now, 0);
      mixed.back() = foreign_round.back();
      EXPECT_NE(group.update(0, mixed), "");
    }
    EXPECT_EQ(group.accounts[0].state(), before);

    late = now;
    group.step();
    foreign.step();
    if (kex_is_complete(group.accounts[0].state())) break;
    const rigs::Messages early = group.messages();
    KexGroup behind(size, 1, version);
    const rigs::Messages first = behind.messages();
    ASSERT_EQ(behind.initialize(0, threshold, others(first, 0)), "");
    EXPECT_EQ(behind.update(0, others(early, 0)),
              "Messages don't have the expected kex round number.");
  }
  EXPECT_EQ(group.update(0, others(late, 0)),
            "multisig account: tried to update kex, but kex is already complete.");
}

TEST(MultisigAccount, RefusesImpossibleGroups) {
  const std::string threshold = "multisig account: tried to set invalid threshold.";
  const std::string number = "multisig account: tried to set invalid number of signers.";
  KexGroup group(17, 1);
  const rigs::Messages all = group.messages();
  const rigs::Messages two(all.begin(), all.begin() + 2);
  EXPECT_EQ(group.initialize(0, 0, others(two, 0)), threshold);
  EXPECT_EQ(group.initialize(0, 3, others(two, 0)), threshold);
  EXPECT_EQ(group.initialize(0, 2, {}), threshold);
  EXPECT_EQ(group.initialize(0, 1, {}), number);
  EXPECT_EQ(group.initialize(0, 1, {all[0]}), number);
  EXPECT_EQ(group.initialize(0, 2, others(all, 0)), number);
  EXPECT_EQ(group.accounts[0].state().rounds_done, 0u);
  EXPECT_EQ(group.initialize(0, 2, others(two, 0)), "");
}

TEST(MultisigAccount, ReachesSixteenSigners) {
  KexGroup group(16, 1);
  group.run(15);
  EXPECT_EQ(group.accounts[0].state().group_key, group.accounts[15].state().group_key);
}

class KexTexts : public testing::TestWithParam<std::string_view> {
 protected:
  bool is_old() const { return GetParam() == "0.18.0.0"; }
};
INSTANTIATE_TEST_SUITE_P(BothVersions, KexTexts, testing::Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

TEST_P(KexTexts, TellTooFewFromTooMany) {
  KexGroup group(3, 1, GetParam());
  const rigs::Messages first = group.messages();
  for (std::size_t i = 0; i < 3; ++i) ASSERT_EQ(group.initialize(i, 2, others(first, i)), "");
  const rigs::Messages second = group.messages();

  EXPECT_EQ(group.update(0, {second[1], second[1]}), rigs::unexpected_recommendations);
  EXPECT_EQ(group.update(0, {second[0], second[0]}),
            is_old() ? "Number of unique other signers does not equal number of other signers that "
                       "recommended pubkeys."
                     : "Number of unique other signers recommending pubkeys does not equal number "
                       "of required other signers (kex round: 2, num signers found: 0, num signers "
                       "required: 2).");
  ASSERT_EQ(group.update(0, others(second, 0)), "");
}

TEST_P(KexTexts, SayThatTheLastRoundDoesNotConfirm) {
  KexGroup group(3, 1, GetParam());
  KexGroup foreign(3, 2, GetParam());
  for (KexGroup* each : {&group, &foreign}) {
    const rigs::Messages first = each->messages();
    for (std::size_t i = 0; i < 3; ++i) ASSERT_EQ(each->initialize(i, 2, others(first, i)), "");
    each->step();
  }
  const rigs::Messages ours = group.messages();
  const rigs::Messages theirs = foreign.messages();
  EXPECT_EQ(group.update(0, {ours[1], theirs[2]}),
            "Multisig post-kex round messages from other signers did not all contain two pubkeys.");
  EXPECT_EQ(group.update(0, {ours[1], ours[1]}),
            is_old() ? "Multisig post-kex round message origins don't line up with multisig signer "
                       "set."
                     : "Multisig post-kex round message origins don't line up with multisig signer "
                       "set (num signers found: 2, num signers required: 3).");
  EXPECT_EQ(group.update(0, {theirs[0], theirs[1], theirs[2]}),
            is_old() ? "Multisig post-kex round message origins don't line up with multisig signer "
                       "set."
                     : "An unknown origin recommended a multisig post-kex verification messsage.");
  EXPECT_EQ(group.update(0, {theirs[1], theirs[2]}),
            is_old() ? "Could not find an expected signer in multisig post-kex round messages (all "
                       "signers expected)."
                     : "An unknown origin recommended a multisig post-kex verification messsage.");
  EXPECT_EQ(group.update(0, {ours[0], ours[2], ours[1]}), "");
}

}  // namespace
}  // namespace escrowstorm::mockrpc
