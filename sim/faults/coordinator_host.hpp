// A coordinator that may die and be started again, as a Target: who asked it for something waits
// here, over any number of deaths. What has no answer yet is asked again after a start, as clients
// that try again would do.
//
// Tells events of kind escrow without an escrow: "crashed" and "restarted". Lives on the world's
// executor; all references outlive it. crash() and start() are never called from inside the
// coordinator: not by an observer, a transport or a store that it is just calling.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "base/wait_list.hpp"
#include "coordinator/client/wallet_client.hpp"
#include "coordinator/coordinator.hpp"
#include "sim/target.hpp"

namespace escrowstorm::sim {

class CoordinatorHost final : public Target {
 public:
  // Up at once. `remembered` and what is thrown: as of the coordinator. `caller`: of calls beside
  // it, which go on whatever is done to the coordinator's own.
  CoordinatorHost(Transport& transport, Clock& clock, Executors& executors, Observer& observer,
                  coordinator::EscrowStore& store, coordinator::Entropy& entropy,
                  coordinator::WalletClient& caller, coordinator::CoordinatorOptions options,
                  std::vector<coordinator::EscrowRecord> remembered = {});
  // As a crash, without telling so; who waits in set_up() is dropped.
  ~CoordinatorHost() override;
  CoordinatorHost(const CoordinatorHost&) = delete;
  CoordinatorHost& operator=(const CoordinatorHost&) = delete;

  // All of these may be asked while the coordinator is down, and by several for one escrow.
  Awaitable<coordinator::SetupOutcome> set_up(EscrowId id, coordinator::Terms terms) override;
  Awaitable<coordinator::BalanceOutcome> balance(EscrowId id) override;
  Awaitable<coordinator::PayoutOutcome> pay_out(EscrowId id,
                                                coordinator::Decision decision) override;
  // Whether or not the coordinator is up: it knows nothing of it. Made once, an event of phase
  // "call" tells of it.
  Awaitable<std::optional<std::string>> call(std::uint64_t number,
                                             walletrpc::Request request) override;
  Awaitable<void> rest() override;

  bool is_up() const;

  // Nothing of the coordinator acts any more. Calls that it sent go on at the instances; whether
  // commits under way become durable is the store's choice, made before start(). REQUIRES: is_up().
  void crash();

  // `remembered`: what the store holds. REQUIRES: !is_up().
  void start(std::vector<coordinator::EscrowRecord> remembered);

 private:
  // One coordinator, shared with the coroutines that ask it: those that come back, or begin, when
  // it is no more find it gone.
  struct Life {
    std::unique_ptr<coordinator::Coordinator> coordinator;
  };
  // A question that has no answer yet. Who asked waits in its place.
  struct Asked {
    virtual ~Asked() = default;
    virtual void ask(std::shared_ptr<Life> life, std::weak_ptr<Asked> self) = 0;
    WaitPlace place;
  };
  template <class Outcome>
  struct AskedFor;
  template <class Outcome>
  Awaitable<Outcome> until_answered(
      EscrowId escrow, std::function<Awaitable<Outcome>(coordinator::Coordinator&)> question);

  void live(std::vector<coordinator::EscrowRecord> remembered);
  void die();
  void tell(std::string_view phase, bool ok);

  Transport& transport_;
  Clock& clock_;
  Executors& executors_;
  Observer& observer_;
  coordinator::EscrowStore& store_;
  coordinator::Entropy& entropy_;
  coordinator::WalletClient& caller_;
  const coordinator::CoordinatorOptions options_;
  std::uint64_t last_asked_ = 0;
  std::map<std::uint64_t, std::shared_ptr<Asked>> asked_;  // in their order
  std::shared_ptr<Life> life_;                             // null: down
};

}  // namespace escrowstorm::sim
