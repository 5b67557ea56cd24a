// What holds after any sequence of steps, while wallets are set up.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <tuple>
#include <variant>

#include "tests/mockrpc/properties/world.hpp"

namespace escrowstorm::mockrpc::properties {
namespace {

using namespace walletrpc;

RC_GTEST_PROP(Setup, NeverLetsTwoInstancesHoldOneFile, ()) {
  const Steps steps = *some_steps();
  World world;
  for (const Step& step : steps) {
    world.perform(step);
    for (std::size_t i = 1; i < instance_count; ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const std::string_view wallet = world.open_wallet(i);
        if (wallet.empty() || wallet != world.open_wallet(j)) continue;
        RC_ASSERT(world.lock_given_away(wallet));
      }
  }
}

RC_GTEST_PROP(Setup, LosesWhatWasNotSavedAndNothingElse, ()) {
  const Steps steps = *some_steps();
  World world;
  for (const Step& step : steps) {
    world.perform(step);
    for (std::size_t i = 0; i < instance_count; ++i) {
      if (world.open_wallet(i).empty()) continue;
      const RpcError error = world.rig().error(i, GetAttribute{"label"});
      const World::Label& label = world.label(i);
      RC_ASSERT((error.code == 0) == label.has_value());
      if (label) RC_ASSERT(world.rig().ok(i, GetAttribute{"label"}).value == *label);
    }
  }
}

// Everybody who is ready with the same signers has the same address.
RC_GTEST_PROP(Setup, NeverYieldsAReadyGroupThatDisagrees, ()) {
  const Steps steps = *some_steps();
  World world;
  using Group = std::tuple<std::vector<Bytes32>, std::uint32_t>;  // signers, threshold
  using Addressed = std::tuple<PublicKey, Scalar>;                // spend key, view secret
  std::map<Group, Addressed> ready;
  std::set<std::pair<std::string_view, Bytes32>> seen;  // ready wallets, by name and own key
  for (const Step& step : steps) {
    world.perform(step);
    for (const std::string_view name : World::wallet_names) {
      const auto file = world.rig().storage().read(name, WalletFile::keys);
      if (!file) continue;
      const auto read = read_keys_file(*file);
      const auto* keys = std::get_if<WalletKeys>(&read);
      RC_ASSERT(keys != nullptr);
      if (!keys->multisig || !kex_is_complete(*keys->multisig)) continue;
      seen.emplace(name, keys->spend_secret.bytes);
      std::vector<Bytes32> signers;
      for (const PublicKey& signer : keys->multisig->signers) signers.push_back(signer.bytes);
      std::sort(signers.begin(), signers.end());
      const Addressed addressed{keys->multisig->group_key, keys->view_secret};
      const auto [known, is_new] =
          ready.try_emplace(Group{std::move(signers), keys->multisig->threshold}, addressed);
      RC_ASSERT(known->second == addressed);
    }
  }
  RC_TAG(std::to_string(seen.size()) + " ready wallets");
}

}  // namespace
}  // namespace escrowstorm::mockrpc::properties
