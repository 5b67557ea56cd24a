// One escrow of a calibration: its set-up by the coordinator's own table of steps, a look at a
// wallet without money and, where blocks can be mined for it, a deposit and a payout as the
// coordinator makes them. One call at a time, since a profile says what a call takes on an idle
// machine.
//
// Lives on the world's executor; made for one round.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "coordinator/setup/facts.hpp"
#include "sim/calibrate/timed_calls.hpp"
#include "sim/world/miner.hpp"

namespace escrowstorm::sim {

// Why a calibration can't go on.
struct CalibrationFailure {
  CalibrationFailure(std::optional<InstanceId> at, std::string why)
      : instance(at), what(std::move(why)) {}

  std::optional<InstanceId> instance;
  std::string what;  // one clause
};

class EscrowRound {
 public:
  using Failure = std::optional<CalibrationFailure>;

  // On three instances, by role. `calls` outlives it.
  EscrowRound(TimedCalls& calls, std::uint64_t number, const std::string& wallet_prefix,
              std::array<InstanceId, role_count> instances);

  // In this order, and nothing more after a failure. Wallets stay open in between.
  Awaitable<Failure> set_up();
  Awaitable<Failure> look();
  // `elsewhere`: an address that is no escrow's. The miner outlives it.
  Awaitable<Failure> be_paid(Miner& miner, const std::string& elsewhere);
  Awaitable<Failure> pay_out(const std::string& elsewhere);
  Awaitable<Failure> close();

 private:
  Awaitable<Failure> find_empty(Role role);
  Awaitable<Failure> take(coordinator::Phase phase);
  Awaitable<Failure> take(Role role, coordinator::Step step);
  Awaitable<Failure> refresh_all(std::string_view counts_for);
  Awaitable<Failure> get_balances();
  Awaitable<Failure> sync_all();
  Awaitable<Failure> sync_pair(Role creator, Role signer);
  Awaitable<Failure> make_payout(Role creator, Role signer, const std::string& payee);
  Awaitable<Failure> submit(Role creator);

  InstanceId at(Role role) const { return facts_.record.instances[index_of(role)]; }
  CalibrationFailure failed(Role role, std::string_view method, const CallError& error) const;

  TimedCalls& calls_;
  coordinator::SetupFacts facts_;
  std::string signed_txset_;  // of the last payout
};

}  // namespace escrowstorm::sim
