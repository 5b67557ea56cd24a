// Addresses: real ones are understood, ours are what the real one accepts.
#include "mockrpc/keys/address.hpp"

#include <gtest/gtest.h>

#include "fuzz.hpp"
#include "mockrpc/keys/base58.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {
namespace {

// Shown by monero-wallet-rpc 0.18.0.0: of wallets on mainnet and testnet, and a subaddress (0, 7).
constexpr std::string_view real_mainnet =
    "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWD"
    "m";
constexpr std::string_view real_testnet =
    "9wviCeWe2D8XS82k2ovp5EUYLzBt9pYNW2LXUFsZiv8S3Mt21FZ5qQaAroko1enzw3eGr9qC7X1D7Geoo2RrAotYPwq9Gm"
    "8";
constexpr std::string_view real_subaddress =
    "897FmkLWbwY4LXhY4BdrvEBFXup66MwSV57qMrkhEoTnHXC2BGph3Q8WEQTF7c6pxyS5qTggULkPNcsQ7tqnUVhg9LZjZX"
    "o";

Address random_address(RandomStream& random) {
  Address address;
  address.network = all_networks[random.below(3)];
  address.kind = static_cast<AddressKind>(random.below(3));
  address.spend = base_point_times(random_scalar(random));
  address.view = base_point_times(random_scalar(random));
  if (address.kind == AddressKind::integrated) random.fill(address.payment_id);
  return address;
}

std::string with_checksum(std::string bytes) {
  bytes.append(view_of(keccak256(bytes)).substr(0, 4));
  return base58_encode(bytes);
}

TEST(Address, UnderstandsRealOnes) {
  for (const auto& [text, network, kind] :
       {std::tuple(real_mainnet, Network::mainnet, AddressKind::standard),
        std::tuple(real_testnet, Network::testnet, AddressKind::standard),
        std::tuple(real_subaddress, Network::mainnet, AddressKind::subaddress)}) {
    const auto address = parse_address(text, network);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->kind, kind);
    EXPECT_EQ(address_text(*address), text);
  }
}

// The keys of a wallet of monero-wallet-rpc 0.18.0.0 give the address that it showed.
TEST(Address, IsThatOfARealWalletsKeys) {
  const auto point_of = [](std::string_view secret_hex) {
    Scalar secret;
    const std::string bytes = from_hex(secret_hex).value();
    std::copy(bytes.begin(), bytes.end(), secret.bytes.begin());
    return base_point_times(secret);
  };
  Address address;
  address.spend = point_of("831e4b4bf59e938e7ff6e573ef4463edd3ebf51e306210c0b77f3c2a86f37e08");
  address.view = point_of("c4c29ce6e12c80210be076ff0b2fc4b613d6b497a64e519fada8d789a3f6650c");
  EXPECT_EQ(
      address_text(address),
      "44NqctBAE15YYfmzoNBjY7C6Ab61UHvTNUvcq8XR5TSaF2vC5qnq1svckmfzZwvXq8AQ6o1eUf1iL4nVjucTt5PSK"
      "Hk7JHz");
}

TEST(Address, BelongsToOneNetwork) {
  RandomStream random(1);
  for (int i = 0; i < 200; ++i) {
    const Address address = random_address(random);
    const std::string text = address_text(address);
    EXPECT_EQ(text.size(), address.kind == AddressKind::integrated ? 106u : 95u);
    for (const Network network : all_networks) {
      const auto parsed = parse_address(text, network);
      EXPECT_EQ(parsed.has_value(), network == address.network);
      if (parsed) {
        EXPECT_EQ(*parsed, address);
      }
    }
  }
}

TEST(Address, BeginsAsItsNetworkDoes) {
  Address address;
  address.spend = base_point_times(Scalar{});
  address.view = base_point_times(scalar_of(7));
  EXPECT_EQ(address_text(address).substr(0, 20), "41fJjQDhryD111111111");
  address.network = Network::testnet;
  EXPECT_EQ(address_text(address).substr(0, 20), "9sCrDesy9LK111111111");
  address.network = Network::stagenet;
  EXPECT_EQ(address_text(address).substr(0, 20), "51sLpF8fWaK111111111");
  EXPECT_TRUE(parse_address(address_text(address), Network::stagenet));
}

TEST(Address, RefusesWrongLengthsPrefixesAndKeys) {
  const std::string key(view_of(base_point_times(scalar_of(1)).bytes));
  const std::string no_key = std::string("\x02") + std::string(31, '\0');
  const auto is_address = [](const std::string& bytes) {
    return parse_address(with_checksum(bytes), Network::mainnet).has_value();
  };
  EXPECT_TRUE(is_address("\x12" + key + key));
  EXPECT_TRUE(is_address("\x13" + key + key + "12345678"));
  EXPECT_FALSE(is_address("\x12" + key + key + "1"));
  EXPECT_FALSE(is_address("\x12" + key));
  EXPECT_FALSE(is_address("\x13" + key + key + "1234567"));
  EXPECT_FALSE(is_address("\x13" + key + key));
  EXPECT_FALSE(is_address("\x14" + key + key));
  EXPECT_FALSE(is_address(std::string("\x92\x00", 2) + key + key));  // 18, with a needless zero
  EXPECT_FALSE(is_address("\x12" + no_key + key));
  EXPECT_FALSE(is_address("\x12" + key + no_key));
  EXPECT_FALSE(is_address(""));
}

TEST(Address, RefusesEveryChangedCharacter) {
  for (std::size_t i = 0; i < real_mainnet.size(); ++i) {
    std::string text(real_mainnet);
    text[i] = text[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(parse_address(text, Network::mainnet)) << i;
  }
}

TEST(Address, HasAnOldFormOfHexWithoutANetwork) {
  std::string bytes(1, '\0');
  for (int i = 0; i < 2; ++i) bytes.append(view_of(base_point_times(scalar_of(1)).bytes));
  unsigned char sum = 0;
  for (const char c : bytes) sum += static_cast<unsigned char>(c);
  const std::string text = to_hex(bytes + static_cast<char>(sum));
  ASSERT_EQ(text.size(), 132u);
  for (const Network network : all_networks) EXPECT_TRUE(parse_address(text, network));
  EXPECT_FALSE(parse_address(to_hex(bytes + static_cast<char>(sum + 1)), Network::mainnet));
  EXPECT_FALSE(parse_address(to_hex("\x01" + bytes.substr(1) + static_cast<char>(sum + 1)),
                             Network::mainnet));
  EXPECT_FALSE(parse_address(std::string(132, 'z'), Network::mainnet));
}

TEST(Address, SurvivesAnything) {
  test::fuzz({std::string(real_mainnet), std::string(real_subaddress), std::string(132, '0')},
             [](const std::string& text) {
               const auto address = parse_address(text, Network::mainnet);
               if (address && text.size() != 132) {
                 EXPECT_EQ(address_text(*address), text);
               }
             });
}

}  // namespace
}  // namespace escrowstorm::mockrpc
