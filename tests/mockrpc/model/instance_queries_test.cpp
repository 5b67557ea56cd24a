// Versions, addresses, balances and accounts, as 0.18.0.0 answered them.
#include <gtest/gtest.h>

#include "mockrpc/keys/address.hpp"
#include "rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::Rig;

using rigs::unknown;

TEST(Versions, AreFoundByName) {
  EXPECT_EQ(find_version("0.18.0.0")->rpc_version, 65561u);
  EXPECT_EQ(find_version(default_version_name)->rpc_version, 65567u);
  EXPECT_FALSE(find_version("0.17"));
  EXPECT_FALSE(find_version(""));
}

TEST(InstanceQueries, TellTheVersion) {
  Rig old(1, "0.18.0.0");
  EXPECT_EQ(old.ok(0, GetVersion{}).version, 65561u);
  EXPECT_FALSE(old.ok(0, GetVersion{}).release);
  Rig current(1);
  EXPECT_EQ(current.ok(0, GetVersion{}).version, 65567u);
  EXPECT_TRUE(current.ok(0, GetVersion{}).release);
  EXPECT_EQ(current.last_cost, "get_version");
}

TEST(InstanceQueries, ShowTheOneAddress) {
  Rig rig(1);
  rig.create(0, "w");
  const GetAddress::Answer answer = rig.ok(0, GetAddress{});
  ASSERT_EQ(answer.addresses.size(), 1u);
  EXPECT_EQ(answer.addresses[0].address, answer.address);
  EXPECT_EQ(answer.addresses[0].label, "Primary account");
  EXPECT_FALSE(answer.addresses[0].used);
  EXPECT_EQ(rig.ok(0, GetAddress{0, {0, 0}}).addresses.size(), 2u);

  const RpcError no_account{error_code::account_index_out_of_bounds,
                            "account index is out of bound"};
  EXPECT_EQ(rig.error(0, GetAddress{1, {}}), no_account);
  EXPECT_EQ(rig.error(0, GetAddress{1, {7}}), no_account);
  EXPECT_EQ(rig.error(0, GetAddress{0, {0, 1}}),
            (RpcError{error_code::address_index_out_of_bounds, "address index is out of bound"}));
}

// A request may name the same thing as often as it likes: limits of the mock's own.
TEST(InstanceQueries, AnswersHaveAnEnd) {
  Rig rig(1);
  rig.create(0, "w");
  const std::string address = rig.address(0);
  const RpcError too_long =
      unknown("The mock's answer would be longer than 16 MiB, see docs/mock.md");
  const std::vector<std::uint32_t> many(90'000, 0);
  EXPECT_EQ(rig.ok(0, GetAddress{0, {many.begin(), many.begin() + 9'000}}).addresses.size(),
            9'000u);
  EXPECT_EQ(rig.error(0, GetAddress{0, many}), too_long);
  GetBalance balance;
  balance.address_indices = many;
  EXPECT_EQ(rig.error(0, balance), too_long);

  const std::string megabyte(1 << 20, 'x');
  const std::string txid(64, '1');
  rig.ok(0, SetTxNotes{{megabyte}, {txid}});
  EXPECT_EQ(rig.ok(0, GetTxNotes{std::vector(16, txid)}).notes.size(), 16u);
  EXPECT_EQ(rig.error(0, GetTxNotes{std::vector(17, txid)}), too_long);
  rig.ok(0, AddAddressBook{address, megabyte});
  EXPECT_EQ(rig.ok(0, GetAddressBook{std::vector<std::uint64_t>(15, 0)}).entries.size(), 15u);
  EXPECT_EQ(rig.error(0, GetAddressBook{std::vector<std::uint64_t>(17, 0)}), too_long);
  rig.ok(0, LabelAddress{{0, 0}, megabyte});
  EXPECT_EQ(rig.error(0, GetAddress{0, std::vector<std::uint32_t>(17, 0)}), too_long);
}

TEST(InstanceQueries, ValidateAddresses) {
  Rig rig(1);
  const std::string mainnet =
      "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQA"
      "WDm";
  const std::string testnet =
      "9wviCeWe2D8XS82k2ovp5EUYLzBt9pYNW2LXUFsZiv8S3Mt21FZ5qQaAroko1enzw3eGr9qC7X1D7Geoo2RrAotYPwq9"
      "Gm8";
  EXPECT_EQ(rig.error(0, ValidateAddress{mainnet}),
            (RpcError{error_code::no_wallet_file, "No wallet file"}));
  EXPECT_TRUE(rig.ok(0, ValidateAddress{mainnet, false, true}).valid);  // needs no wallet

  rig.create(0, "w");
  const ValidateAddress::Answer good = rig.ok(0, ValidateAddress{mainnet});
  EXPECT_TRUE(good.valid);
  EXPECT_EQ(good.nettype, "mainnet");
  EXPECT_FALSE(good.integrated);
  EXPECT_FALSE(good.subaddress);
  EXPECT_EQ(good.openalias_address, "");
  EXPECT_FALSE(rig.ok(0, ValidateAddress{testnet}).valid);
  EXPECT_EQ(rig.ok(0, ValidateAddress{testnet}).nettype, "");
  EXPECT_EQ(rig.ok(0, ValidateAddress{testnet, false, true}).nettype, "testnet");
  for (const std::string text : {"", "4abc", "name.example"}) {
    EXPECT_FALSE(rig.ok(0, ValidateAddress{text, true, true}).valid) << text;
  }

  Address address = *parse_address(mainnet, Network::mainnet);
  address.kind = AddressKind::integrated;
  EXPECT_TRUE(rig.ok(0, ValidateAddress{address_text(address)}).integrated);
  address.kind = AddressKind::subaddress;
  EXPECT_TRUE(rig.ok(0, ValidateAddress{address_text(address)}).subaddress);
}

TEST(InstanceQueries, HoldNothing) {
  Rig rig(1);
  rig.create(0, "w");
  const GetBalance::Answer empty = rig.ok(0, GetBalance{});
  EXPECT_EQ(empty.balance, Amount());
  EXPECT_EQ(empty.unlocked_balance, Amount());
  EXPECT_TRUE(empty.per_subaddress.empty());
  EXPECT_EQ(rig.ok(0, GetHeight{}).height, 1u);

  const auto asked = rig.ok(0, GetBalance{0, {7, 0, 7}}).per_subaddress;
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0].address_index, 0u);
  EXPECT_EQ(asked[0].address, rig.address(0));
  EXPECT_EQ(asked[0].label, "Primary account");
  EXPECT_EQ(asked[1].address_index, 7u);
  EXPECT_EQ(asked[1].label, "");
  EXPECT_EQ(parse_address(asked[1].address, Network::mainnet)->kind, AddressKind::subaddress);

  const auto elsewhere = rig.ok(0, GetBalance{4, {0}}).per_subaddress;
  ASSERT_EQ(elsewhere.size(), 1u);
  EXPECT_EQ(elsewhere[0].account_index, 4u);
  EXPECT_NE(elsewhere[0].address, rig.address(0));
  EXPECT_EQ(elsewhere[0].label, "");
  EXPECT_TRUE(rig.ok(0, GetBalance{0, {1}, true}).per_subaddress.empty());
}

TEST(InstanceQueries, ListTheOneAccount) {
  Rig rig(1);
  rig.create(0, "w");
  for (const auto& [tag, regexp] :
       {std::pair("", false), std::pair("", true), std::pair(".*", true), std::pair("x|", true)}) {
    const GetAccounts::Answer answer = rig.ok(0, GetAccounts{regexp, false, tag});
    ASSERT_EQ(answer.subaddress_accounts.size(), 1u) << tag;
    EXPECT_EQ(answer.subaddress_accounts[0].base_address, rig.address(0));
    EXPECT_EQ(answer.subaddress_accounts[0].label, "Primary account");
  }
  EXPECT_EQ(rig.error(0, GetAccounts{false, false, "t"}), unknown("Tag t is unregistered."));
  EXPECT_EQ(rig.error(0, GetAccounts{true, false, "t"}),
            unknown("No matches for regex filter t ."));
  EXPECT_EQ(rig.error(0, GetAccounts{true, false, "("}),
            unknown("Unmatched marking parenthesis ( or \\(.  The error occurred while parsing the "
                    "regular expression: '(>>>HERE>>>'."));
  EXPECT_EQ(rig.error(0, GetAccounts{true, false, std::string(100'000, '(')}).code, -1);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
