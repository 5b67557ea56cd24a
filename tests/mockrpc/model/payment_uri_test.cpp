// make_uri and parse_uri; texts and refusals as 0.18.0.0 answered them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rig.hpp"
#include "rpc_errors.hpp"
#include "tests/support/mutation.hpp"
#include "tests/support/stranger.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::no_wallet;
using rigs::Rig;
using testing::ElementsAre;

const std::string standard = escrowstorm::test::stranger;
const std::string integrated =
    "4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZK"
    "KQePHES9khPK";

class PaymentUri : public testing::Test {
 protected:
  PaymentUri() { rig_.create(0, "w"); }

  std::string made(std::uint64_t amount, std::string recipient = "", std::string about = "") {
    MakeUri request;
    request.address = standard;
    request.amount = Amount::from_atomic(amount);
    request.recipient_name = std::move(recipient);
    request.tx_description = std::move(about);
    const std::string uri = rig_.ok(0, request).uri;
    EXPECT_TRUE(uri.starts_with("monero:" + standard)) << uri;
    return uri.substr(7 + standard.size());
  }
  std::string not_made(std::string address, std::string payment_id) {
    MakeUri request;
    request.address = std::move(address);
    request.payment_id = std::move(payment_id);
    return said(rig_.error(0, request), "Cannot make URI from supplied parameters: ");
  }
  walletrpc::PaymentUri parsed(const std::string& parameters) {
    return rig_.ok(0, ParseUri{"monero:" + standard + parameters}).uri;
  }
  std::string not_parsed(std::string uri) {
    return said(rig_.error(0, ParseUri{std::move(uri)}), "Error parsing URI: ");
  }

  Rig rig_{1};

 private:
  static std::string said(const RpcError& error, const std::string& before) {
    EXPECT_EQ(error.code, -11);
    EXPECT_TRUE(error.message.starts_with(before)) << error.message;
    return error.message.substr(before.size());
  }
};

TEST_F(PaymentUri, NeedsAWallet) {
  Rig empty(1);
  EXPECT_EQ(empty.error(0, MakeUri{}), no_wallet);
  EXPECT_EQ(empty.error(0, ParseUri{}), no_wallet);
}

TEST_F(PaymentUri, IsMade) {
  EXPECT_EQ(made(0), "");
  EXPECT_EQ(made(1), "?tx_amount=0.000000000001");
  EXPECT_EQ(made(1'234'567'890'123), "?tx_amount=1.234567890123");
  EXPECT_EQ(made(1'000'000'000'000), "?tx_amount=1.000000000000");
  EXPECT_EQ(made(~std::uint64_t{0}), "?tx_amount=18446744.073709551615");
  EXPECT_EQ(made(0, "Jo \xc3\x8b", "a b&c=d/\xc3\xa9?%"),
            "?recipient_name=Jo%20%C3%8B&tx_description=a%20b%26c=d/%C3%A9?%25");
  EXPECT_EQ(made(5, "~-_.!*()'"), "?tx_amount=0.000000000005&recipient_name=%7E-_.%21*()'");
  EXPECT_EQ(not_made("x", ""), "wrong address: x");
  EXPECT_EQ(not_made(integrated, "0123456789abcdef"), "A single payment id is allowed");
  EXPECT_EQ(not_made(standard, "x"),
            "Standalone payment id deprecated, use integrated address instead");
}

TEST_F(PaymentUri, IsParsed) {
  EXPECT_EQ(parsed("").address, standard);
  EXPECT_EQ(parsed("?").address, standard);
  EXPECT_EQ(parsed("?tx_amount=1.234567890123").amount.atomic(), 1'234'567'890'123u);
  EXPECT_EQ(parsed("?tx_amount= 0.5000000000000000 ").amount.atomic(), 500'000'000'000u);
  const std::string id(64, '0');
  EXPECT_EQ(parsed("?tx_payment_id=" + id).payment_id, id);
  const auto texts = parsed("?recipient_name=a%20b&tx_description=c%C3%A9%zz%4");
  EXPECT_EQ(texts.recipient_name, "a b");
  EXPECT_EQ(texts.tx_description, "c\xc3\xa9%zz%4");
  EXPECT_THAT(rig_.ok(0, ParseUri{"monero:" + standard + "?foo=bar&x=%41"}).unknown_parameters,
              ElementsAre("foo=bar", "x=%41"));
}

TEST_F(PaymentUri, IsRefused) {
  EXPECT_EQ(not_parsed(""), "URI has wrong scheme (expected \"monero:\"): ");
  EXPECT_EQ(not_parsed("bitcoin:x"), "URI has wrong scheme (expected \"monero:\"): bitcoin:x");
  EXPECT_EQ(not_parsed("monero:x"), "URI has wrong address: x");
  const std::string begin = "monero:" + standard + "?";
  EXPECT_EQ(not_parsed(begin + "tx_amount"), "URI has wrong parameter: tx_amount");
  EXPECT_EQ(not_parsed(begin + "a=b=c"), "URI has wrong parameter: a=b=c");
  EXPECT_EQ(not_parsed(begin + "&&"), "URI has wrong parameter: ");
  EXPECT_EQ(not_parsed(begin + "tx_amount=1&tx_amount=2"),
            "URI has more than one instance of tx_amount");
  for (const std::string amount :
       {"", "x", "-1", "0.0000000000001", "99999999", "1.2.3", ".", "18446744.073709551616"})
    EXPECT_EQ(not_parsed(begin + "tx_amount=" + amount), "URI has invalid amount: " + amount);
  EXPECT_EQ(not_parsed(begin + "tx_payment_id=0123456789abcdef"),
            "Invalid payment id: 0123456789abcdef");
  EXPECT_EQ(not_parsed("monero:" + integrated + "?tx_payment_id=" + std::string(64, '0')),
            "Separate payment id given with an integrated address");
}

TEST_F(PaymentUri, SurvivesAnything) {
  const std::vector<std::string> corpus{
      "monero:" + standard + "?tx_amount=1.5&recipient_name=a%20b&tx_description=c%C3%A9&x=y",
      "monero:" + integrated + "?tx_payment_id=" + std::string(64, '0')};
  const std::string_view tokens[] = {"&", "=", "?", "%", "%4", "tx_amount=", ".", "-", "monero:"};
  escrowstorm::test::Mutator mutator(corpus, tokens, 1);
  for (int i = 0; i < 2000; ++i) rig_.instance(0).execute(ParseUri{mutator.next()});
}

}  // namespace
}  // namespace escrowstorm::mockrpc
