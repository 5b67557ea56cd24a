#include "sim/scenario/presets.hpp"

#include <array>

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

void nothing(CoordinatorSection&) {}

void lazy_sync(CoordinatorSection& coordinator) {
  coordinator.verify_wallet = false;
  coordinator.life.sessions.policy = coordinator::SessionPolicy::open_per_step;
  coordinator.life.watch.policy = coordinator::BalancePolicy::lazy_sync;
  coordinator.life.watch.cache = 0s;
}

void role_based(CoordinatorSection& coordinator) {
  coordinator.slots = "role_round_robin";
  coordinator.verify_wallet = false;
  coordinator.waits.creation_lock = coordinator::CreationLock::global;
  coordinator.multisig_switch = coordinator::MultisigSwitch::attribute;
  coordinator.publish_after = coordinator::PublishAfter::make;
}

// What the last two notes have in common.
void shared(CoordinatorSection& coordinator) {
  coordinator.slots = "shared_round_robin";
  coordinator.verify_wallet = false;
  coordinator.waits.rounds = coordinator::Rounds::sequential;
}

void stagger_and_purge(CoordinatorSection& coordinator) {
  shared(coordinator);
  coordinator.waits.stagger_between_escrows = 25s;
  coordinator.waits.purge_wait = 10s;
}

void waits(CoordinatorSection& coordinator) {
  shared(coordinator);
  coordinator.waits.wait_after_make = 10s;
  coordinator.waits.sort_infos = true;
}

void session_race(CoordinatorSection& coordinator) {
  coordinator.life.sessions.policy = coordinator::SessionPolicy::last_wins;
  coordinator.life.watch.cache = 0s;
}

constexpr std::array table{
    Preset{"default", "instances of one's own, nothing waited for", nothing},
    Preset{"000-lazy-sync", "wallets opened for each step, three synced for each balance",
           lazy_sync},
    Preset{"002-role-based", "a third of the fleet for each role, addresses published after make",
           role_based},
    Preset{"003-stagger-and-purge", "shared instances, 25 s from one escrow to the next",
           stagger_and_purge},
    Preset{"004-waits", "shared instances, 10 s after each make_multisig", waits},
    Preset{"004-session-race", "who finds no session opens one, and the last one is kept",
           session_race},
};

}  // namespace

std::span<const Preset> presets() { return table; }

}  // namespace escrowstorm::sim
