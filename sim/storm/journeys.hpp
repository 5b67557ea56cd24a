// The journeys of a storm's escrows: what their buyers, vendors and arbiters do. The money comes
// from the bank, and goes to addresses of the bank, which says in the end what has arrived.
//
// Lives on the world's executor; references outlive it and the coroutines of its journeys.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/random.hpp"
#include "base/wait_list.hpp"
#include "sim/storm/journey_spec.hpp"
#include "sim/target.hpp"

namespace escrowstorm::sim {

class Bank;

class Journeys {
 public:
  // `specs` empty: all end with the address. `bank` may be null then.
  Journeys(std::span<const JourneySpec> specs, Target& target, Bank* bank, Clock& clock,
           Executors& executors, const Random& random);
  Journeys(const Journeys&) = delete;
  Journeys& operator=(const Journeys&) = delete;

  // Which one an escrow makes: the same for a seed, in whatever order they come.
  const JourneySpec& of(EscrowId escrow) const;

  // What its parties agree on beforehand. Throws WorldError when the bank can't be asked.
  Awaitable<coordinator::Terms> terms_of(EscrowId escrow);

  // A journey that is one call. Nothing when it was answered, otherwise why not.
  Awaitable<std::optional<std::string>> call(EscrowId escrow);

  // From the request to the address, which all who ask are told.
  Awaitable<coordinator::SetupOutcome> set_up(EscrowId escrow, coordinator::Terms terms);

  // From the address to the money's arrival. Nothing when it ended as asked, otherwise why not.
  Awaitable<std::optional<std::string>> go_on(EscrowId escrow, std::string address,
                                              coordinator::Terms terms);

 private:
  using Failure = std::optional<std::string>;

  Awaitable<void> ask_for_setup_too(EscrowId escrow, coordinator::Terms terms);
  Awaitable<void> think(const JourneySpec& spec);
  Awaitable<Failure> vanish(EscrowId escrow, const JourneySpec& spec, std::string address,
                            coordinator::Terms terms);
  Awaitable<Failure> check(EscrowId escrow, const JourneySpec& spec);
  Awaitable<Failure> deposit(EscrowId escrow, const JourneySpec& spec, std::string address);
  Awaitable<Failure> wait_for_deposit(EscrowId escrow, const JourneySpec& spec);
  Awaitable<Failure> end(EscrowId escrow, const JourneySpec& spec, const coordinator::Terms& terms);
  Awaitable<void> ask_too(EscrowId escrow, coordinator::Decision decision);
  coordinator::Decision decision_of(EscrowId escrow, const JourneySpec& spec) const;
  Awaitable<std::string> new_address(EscrowId escrow, Role role);

  // Beside the first, of an escrow whose set-up or money is asked for: a journey goes on when all
  // have been answered.
  struct OtherClients {
    std::uint32_t unanswered = 0;
    std::vector<coordinator::SetupOutcome> setups;  // what they were told
    WaitList all_answered;

    void answered() {
      if (--unanswered == 0) all_answered.wake_all();
    }
  };

  std::vector<JourneySpec> specs_;  // at least one
  std::uint64_t weights_ = 0;
  Target& target_;
  Bank* bank_;
  Clock& clock_;
  Executors& executors_;
  const Random random_;
  std::map<EscrowId, OtherClients> others_;
};

}  // namespace escrowstorm::sim
