// Long runs of random calls: both storages must answer alike, to the byte and in cost, the same
// seed must do the same again, and nothing may crash.
#include <gtest/gtest.h>

#include <variant>

#include "describe.hpp"
#include "mockrpc/storage/disk_storage.hpp"
#include "rig.hpp"
#include "temp_dir.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::Messages;
using rigs::Rig;

constexpr std::size_t instances = 4;

// Makes calls that are now and then the right ones.
class Caller {
 public:
  explicit Caller(std::uint64_t seed) : random_(seed) {}

  std::size_t instance() { return random_.below(instances); }

  Request next() {
    const std::string& name = names_[random_.below(names_.size())];
    const std::string password = random_.chance(9, 10) ? "" : "p";
    switch (random_.below(20)) {
      case 0:
      case 1:
        return CreateWallet{name, password, random_.chance(9, 10) ? "English" : "Klingon"};
      case 2:
      case 3:
      case 4:
        return OpenWallet{name, password, random_.chance(4, 5)};
      case 5:
        return CloseWallet{random_.chance(4, 5)};
      case 6:
        return Store{};
      case 7:
        return SetAttribute{"k", std::to_string(random_.below(100))};
      case 8:
        return GetAttribute{"k"};
      case 9:
        return IsMultisig{};
      case 10:
        return GetAddress{};
      case 11:
      case 12:
        return PrepareMultisig{random_.chance(9, 10)};
      case 13:
      case 14:
        return MakeMultisig{some(first_), 1 + static_cast<std::uint32_t>(random_.below(3)),
                            password};
      case 15:
      case 16:
      case 17:
        return ExchangeMultisigKeys{some(later_), password};
      case 18:
        return ExportMultisigInfo{};
      default:
        return ImportMultisigInfo{some(infos_)};
    }
  }

  void learn_names(const std::string& prefix) {
    for (const char c : {'0', '1', '2'}) names_.push_back(prefix + c);
  }

  void learn(const Execution& execution) {
    const auto* answer = std::get_if<Answer>(&execution.outcome);
    if (answer == nullptr) return;
    if (const auto* prepared = get_if<AnswerTo<PrepareMultisig>>(answer))
      first_.push_back(prepared->value.multisig_info);
    if (const auto* made = get_if<AnswerTo<MakeMultisig>>(answer))
      later_.push_back(made->value.multisig_info);
    if (const auto* exchanged = get_if<AnswerTo<ExchangeMultisigKeys>>(answer))
      later_.push_back(exchanged->value.multisig_info);
    if (const auto* exported = get_if<AnswerTo<ExportMultisigInfo>>(answer))
      infos_.push_back(exported->value.info);
  }

 private:
  // One to three of the latest.
  Messages some(const Messages& known) {
    Messages picked;
    const std::uint64_t count = 1 + random_.below(3);
    for (std::uint64_t i = 0; i < count && !known.empty(); ++i)
      picked.push_back(
          known[known.size() - 1 - random_.below(std::min<std::size_t>(known.size(), 4))]);
    return picked;
  }

  RandomStream random_;
  std::vector<std::string> names_{"a", "b", "c", "d", "e", "f"};
  Messages first_;
  Messages later_;
  Messages infos_;
};

// What every call came to. In between processes die and whole set-ups go through undisturbed.
std::vector<std::string> run(Rig& rig, std::uint64_t seed, int calls) {
  Caller caller(seed);
  RandomStream fate(seed);
  std::vector<std::string> outcomes;
  for (int i = 0; i < calls; ++i) {
    const std::size_t at = caller.instance();
    if (fate.chance(1, 50)) rig.kill(at);
    if (fate.chance(1, 60)) {
      const std::string prefix = "escrow" + std::to_string(i) + "_";
      rig.set_up(prefix);
      outcomes.push_back(rig.address(0));
      caller.learn_names(prefix);
    }
    const Request request = caller.next();
    const Execution execution = rig.instance(at).execute(request);
    caller.learn(execution);
    outcomes.push_back(std::string(method_of(request)) + ": " + rigs::describe(execution));
  }
  return outcomes;
}

class RandomCalls : public testing::TestWithParam<std::string_view> {};
INSTANTIATE_TEST_SUITE_P(BothVersions, RandomCalls, testing::Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

TEST_P(RandomCalls, AreAnsweredAlikeOnBothStorages) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const test::TempDir directory;
    Rig disk(std::move(std::get<std::unique_ptr<DiskStorage>>(DiskStorage::open(directory.path()))),
             instances, GetParam());
    Rig memory(std::make_unique<MemoryStorage>(directory.path()), instances, GetParam());
    const auto on_disk = run(disk, seed, 400);
    const auto in_memory = run(memory, seed, 400);
    for (std::size_t i = 0; i < on_disk.size(); ++i)
      ASSERT_EQ(on_disk[i], in_memory[i]) << "seed " << seed << ", call " << i;
  }
}

TEST_P(RandomCalls, DoTheSameAgainFromTheSameSeed) {
  Rig first(instances, GetParam());
  Rig second(instances, GetParam());
  EXPECT_EQ(run(first, 9, 3000), run(second, 9, 3000));
}

// So that the tests above are known to test something.
TEST_P(RandomCalls, ReachTheLastMethods) {
  Rig rig(instances, GetParam());
  const auto outcomes = run(rig, 10, 3000);
  for (const std::string found : {"open_wallet: open_wallet {}", "make_multisig: make_multisig {",
                                  "export_multisig_info: export_multisig_info {",
                                  "import_multisig_info: import_multisig_info {"})
    EXPECT_THAT(outcomes, testing::Contains(testing::StartsWith(found)));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
