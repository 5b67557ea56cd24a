// Performs steps on three instances of the mock and remembers what a client could: the messages of
// the key exchange, and by a model of a few lines what each wallet's label must be.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "mockrpc/wallet/wallet_file.hpp"
#include "tests/mockrpc/model/rig.hpp"
#include "tests/mockrpc/properties/step.hpp"

namespace escrowstorm::mockrpc::properties {

class World {
 public:
  // The first three are to be a group; the fourth is a stranger who joins in at times.
  static constexpr std::array<std::string_view, 4> wallet_names{"a", "b", "c", "x"};
  static constexpr std::size_t group_size = 3;

  World() : rig_(instance_count) {}

  void perform(const Step& step);

  rigs::Rig& rig() { return rig_; }
  std::string_view open_wallet(std::size_t instance) {
    return rig_.instance(instance).open_wallet();
  }

  // Whether two instances may have this wallet open: one of them opened it twice, or another file
  // was put in its place.
  bool lock_given_away(std::string_view wallet) const {
    return given_away_.contains(std::string(wallet));
  }

  // By the model: the label of the wallet that is open. Nothing: it has none.
  using Label = std::optional<std::string>;
  const Label& label(std::size_t instance) const { return labels_[instance]; }

 private:
  template <class Method>
  std::optional<typename Method::Answer> call(std::size_t instance, const Method& request);

  bool open(std::size_t instance, const std::string& wallet);
  void create(std::size_t instance, const std::string& wallet);
  void advance(std::size_t instance, std::size_t wallet);
  void advance_wherever(std::size_t wallet);
  void exchange(std::size_t instance, std::size_t choice);
  void copy(const std::string& from, const std::string& to);
  void step_taken(std::size_t instance, const std::string& message);
  void saved(std::size_t instance);
  void forget_given_away();

  rigs::Rig rig_;
  std::map<std::string, rigs::Messages> messages_;  // of each wallet, in its own order
  std::set<std::string> given_away_;
  std::array<Label, instance_count> labels_;
  std::map<std::string, Label> saved_labels_;  // in the cache files
};

}  // namespace escrowstorm::mockrpc::properties
