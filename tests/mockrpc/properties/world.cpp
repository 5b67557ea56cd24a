#include "tests/mockrpc/properties/world.hpp"

#include <variant>

namespace escrowstorm::mockrpc::properties {

using namespace walletrpc;
using rigs::Messages;

void World::perform(const Step& step) {
  const std::string wallet(wallet_names[step.wallet]);
  const std::size_t i = step.instance;
  switch (step.deed) {
    case Deed::create:
      create(i, wallet);
      break;
    case Deed::open:
      open(i, wallet);
      break;
    case Deed::close:
      saved(i);
      call(i, CloseWallet{});
      break;
    case Deed::close_unsaved:
      call(i, CloseWallet{false});
      break;
    case Deed::store:
      saved(i);
      call(i, Store{});
      break;
    case Deed::label: {
      const std::string value = std::to_string(step.choice);
      if (call(i, SetAttribute{"label", value})) labels_[i] = value;
      break;
    }
    case Deed::advance:
      advance(i, step.wallet);
      break;
    case Deed::round:
      for (std::size_t member = 1; member <= group_size; ++member)
        advance_wherever((step.wallet + member) % group_size);
      break;
    case Deed::exchange:
      exchange(i, step.choice);
      break;
    case Deed::kill:
      rig_.kill(i);
      break;
    case Deed::copy:
      copy(wallet, std::string(wallet_names[step.choice % wallet_names.size()]));
      break;
    case Deed::lose_cache:
      dynamic_cast<MemoryStorage&>(rig_.storage()).remove(wallet, WalletFile::cache);
      saved_labels_.erase(wallet);
      break;
  }
  forget_given_away();
}

template <class Method>
std::optional<typename Method::Answer> World::call(std::size_t instance, const Method& request) {
  Execution execution = rig_.instance(instance).execute(request);
  auto* answer = std::get_if<Answer>(&execution.outcome);
  if (answer == nullptr) return std::nullopt;
  return get<AnswerTo<Method>>(std::move(*answer)).value;
}

// A busy instance saves what is open, whether the rest succeeds or not.
bool World::open(std::size_t instance, const std::string& wallet) {
  saved(instance);
  if (open_wallet(instance) == wallet) given_away_.insert(wallet);
  if (!call(instance, OpenWallet{wallet, ""})) return false;
  const auto kept = saved_labels_.find(wallet);
  labels_[instance] = kept == saved_labels_.end() ? Label() : kept->second;
  return true;
}

void World::create(std::size_t instance, const std::string& wallet) {
  const std::string before(open_wallet(instance));
  const Label label = labels_[instance];
  if (!call(instance, CreateWallet{wallet, "", "English"})) return;
  if (!before.empty()) saved_labels_[before] = label;
  labels_[instance].reset();
  saved_labels_[wallet].reset();
  messages_[wallet].clear();
}

void World::saved(std::size_t instance) {
  const std::string wallet(open_wallet(instance));
  if (!wallet.empty()) saved_labels_[wallet] = labels_[instance];
}

void World::step_taken(std::size_t instance, const std::string& message) {
  messages_[std::string(open_wallet(instance))].push_back(message);
}

// The others' messages of the step before are the input of the next.
void World::advance(std::size_t instance, std::size_t wallet) {
  const std::string name(wallet_names[wallet]);
  if (open_wallet(instance) != name && !open(instance, name)) create(instance, name);
  if (open_wallet(instance) != name) return;

  const std::size_t steps = messages_[name].size();
  Messages theirs;
  for (std::size_t other = 0; other < group_size; ++other) {
    const Messages& known = messages_[std::string(wallet_names[other])];
    if (other != wallet && steps > 0 && known.size() >= steps) theirs.push_back(known[steps - 1]);
  }
  if (steps == 0) {
    if (const auto prepared = call(instance, PrepareMultisig{true}))
      step_taken(instance, prepared->multisig_info);
  } else if (steps == 1 && theirs.size() == 2) {
    call(instance, PrepareMultisig{true});  // the switch may have been lost with a reopening
    if (const auto made = call(instance, MakeMultisig{theirs, 2, ""})) {
      step_taken(instance, made->multisig_info);
      saved(instance);
    }
  } else if (theirs.size() == 2) {
    if (const auto done = call(instance, ExchangeMultisigKeys{theirs, ""})) {
      step_taken(instance, done->multisig_info);
      if (!done->address.empty()) saved(instance);
    }
  }
}

void World::advance_wherever(std::size_t wallet) {
  std::size_t instance = wallet;
  for (std::size_t i = 0; i < instance_count; ++i)
    if (open_wallet(i) == wallet_names[wallet]) instance = i;
  advance(instance, wallet);
}

// Two messages that were said at some time by somebody.
void World::exchange(std::size_t instance, std::size_t choice) {
  Messages all;
  for (const auto& [name, messages] : messages_)
    all.insert(all.end(), messages.begin(), messages.end());
  if (all.empty()) return;
  const Messages picked{all[choice % all.size()], all[choice / 8 % all.size()]};
  if (const auto made = call(instance, MakeMultisig{picked, 2, ""})) {
    step_taken(instance, made->multisig_info);
    saved(instance);
  } else if (const auto done = call(instance, ExchangeMultisigKeys{picked, ""})) {
    step_taken(instance, done->multisig_info);
    if (!done->address.empty()) saved(instance);
  }
}

void World::copy(const std::string& from, const std::string& to) {
  Storage& storage = rig_.storage();
  const auto keys = storage.read(from, WalletFile::keys);
  const auto cache = storage.read(from, WalletFile::cache);
  if (!keys || !cache) return;
  (void)storage.write(to, WalletFile::keys, *keys);
  (void)storage.write(to, WalletFile::cache, *cache);
  given_away_.insert(to);
  messages_[to] = messages_[from];
  const auto kept = saved_labels_.find(from);
  saved_labels_[to] = kept == saved_labels_.end() ? Label() : kept->second;
}

void World::forget_given_away() {
  std::erase_if(given_away_, [&](const std::string& wallet) {
    for (std::size_t i = 0; i < instance_count; ++i)
      if (open_wallet(i) == wallet) return false;
    return true;
  });
}

}  // namespace escrowstorm::mockrpc::properties
