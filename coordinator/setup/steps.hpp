// What each role does in each phase: the calls, in order, and what goes into them. The table of
// the workflow; the machine walks through it.
#pragma once

#include <array>
#include <cassert>
#include <initializer_list>

#include "base/walletrpc/request.hpp"
#include "coordinator/setup/setup_policy.hpp"
#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

enum class Step : unsigned char {
  create_wallet,
  set_label,
  store,
  get_label,
  prepare,
  make,
  exchange,
  is_multisig,
  get_address,
  open_wallet,
  close_wallet,
  set_switch,  // multisig by an attribute, and prepare without a switch
  prepare_as_is,
  look_fresh,       // is a wallet that was just created multisig? It should not be
  prepare_again,    // in a copy, where the switch is not: its message is not needed
  wait_after_make,  // no calls, these three
  purge_wait,
  keep_copy,  // of the files that the next round begins with
};

constexpr bool is_wait(Step step) {
  return step == Step::wait_after_make || step == Step::purge_wait;
}

// A few steps, in order.
class Steps {
 public:
  void add(Step step) {
    assert(size_ < steps_.size());
    steps_[size_++] = step;
  }
  void add(std::initializer_list<Step> steps) {
    for (const Step step : steps) add(step);
  }
  std::size_t size() const { return size_; }
  Step operator[](std::size_t index) const {
    assert(index < size_);
    return steps_[index];
  }

 private:
  std::array<Step, 9> steps_{};
  std::size_t size_ = 0;
};

// Empty for phases that only change what is known: publish, ready, failed. `in_copies`: the wallets
// go on in copies of their files, which are opened first.
Steps steps_of(Phase phase, const SetupPolicy& policy, bool in_copies = false);

// Where a wallet that turned out to be fresh goes on, from look_fresh.
inline constexpr std::size_t steps_of_a_purge = 3;

// The call of `role` for a step of the record's phase. Reads wallets, passwords and messages from
// the record; the messages of the others come in the order of roles, or sorted. REQUIRES: no wait.
walletrpc::Request request_for(Step step, Role role, const EscrowRecord& record,
                               bool sort_infos = false);

std::string_view method_of(Step step);

// Which of a role's messages a phase makes. REQUIRES: one of prepare, make, exchange_1, exchange_2.
std::size_t message_round(Phase phase);

inline constexpr std::uint32_t multisig_threshold = 2;

}  // namespace escrowstorm::coordinator
