// What the coordinator waits for and does not own: calls, commits, leases, time. Who waits here
// waits in a place of the carrier's and goes on from it at once, so that all that is under way is
// dropped with the carrier, as in a crash; what comes back later finds nobody. Plain coroutines of
// the coordinator's can so be written from one wait to the next, as long as they wait for nothing
// but this.
//
// Lives on the world's executor; references outlive it. Owned by a shared pointer: a task that is
// spawned asks a weak one first whether there is still anybody to work for.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/observer.hpp"
#include "base/rethrow.hpp"
#include "base/wait_list.hpp"
#include "coordinator/client/wallet_client.hpp"
#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

class Carrier {
 public:
  Carrier(Clock& clock, Executors& executors, Observer& observer, EscrowStore& store,
          std::shared_ptr<WalletClient> client);
  Carrier(const Carrier&) = delete;
  Carrier& operator=(const Carrier&) = delete;

  Clock& clock() const { return clock_; }
  Observer& observer() const { return observer_; }

  // Waits for `work`, which goes on when the carrier is no more.
  template <class T>
  Awaitable<T> carry(EscrowId escrow, Awaitable<T> work) {
    const Ticket ticket = begin_work(escrow, std::move(work));
    T result = co_await result_of<T>(ticket);
    co_return result;
  }

  // The same in two, for calls that go on while others begin. Each is asked for its result, once.
  // REQUIRES: for an escrow.
  using Ticket = std::uint64_t;
  Ticket begin(CallSite site, walletrpc::Request request, Repeat repeat = Repeat::where_allowed);
  Awaitable<CallResult<walletrpc::Answer>> result(Ticket ticket);
  Awaitable<CallResult<walletrpc::Answer>> call(CallSite site, walletrpc::Request request,
                                                Repeat repeat = Repeat::where_allowed);

  // As the store's, and told as an event of kind store.
  Awaitable<std::optional<std::string>> commit(EscrowRecord record);

  Awaitable<void> sleep(EscrowId escrow, Duration time);

  // Something of the coordinator's own that somebody will wait for, and that happens once; who
  // waits goes on a little later, in a task of the escrow's.
  Ticket expect();
  void happened(EscrowId escrow, Ticket ticket);
  Awaitable<void> until(Ticket ticket);

  // A task of the escrow's own that begins later, never within this call.
  void spawn(EscrowId escrow, Awaitable<void> task);

 private:
  struct UnderWay {
    virtual ~UnderWay() = default;
    WaitPlace place;
  };
  template <class T>
  struct WorkUnderWay final : UnderWay {
    std::optional<T> result;
  };

  template <class T>
  static Awaitable<void> carry_one(std::weak_ptr<WorkUnderWay<T>> waiting, Awaitable<T> work) {
    if (waiting.expired()) co_return;
    T result = co_await std::move(work);
    const auto under_way = waiting.lock();
    if (!under_way) co_return;
    under_way->result.emplace(std::move(result));
    under_way->place.wake_here();
  }

  template <class T>
  Ticket begin_work(EscrowId escrow, Awaitable<T> work) {
    const auto under_way = std::make_shared<WorkUnderWay<T>>();
    const Ticket ticket = ++last_;
    under_way_.emplace(ticket, under_way);
    std::weak_ptr<WorkUnderWay<T>> waiting = under_way;
    boost::asio::co_spawn(executors_.for_escrow(escrow),
                          carry_one<T>(std::move(waiting), std::move(work)), rethrow);
    return ticket;
  }

  template <class T>
  Awaitable<T> result_of(Ticket ticket) {
    auto& work = static_cast<WorkUnderWay<T>&>(*under_way_.at(ticket));
    if (!work.result) co_await work.place.wait();
    T result = std::move(*work.result);
    under_way_.erase(ticket);
    co_return result;
  }

  Clock& clock_;
  Executors& executors_;
  Observer& observer_;
  EscrowStore& store_;
  std::shared_ptr<WalletClient> client_;
  Ticket last_ = 0;
  std::map<Ticket, std::shared_ptr<UnderWay>> under_way_;
};

// The answer of a call of that method.
template <class Method>
CallResult<typename Method::Answer> answer_to(CallResult<walletrpc::Answer> result) {
  if (!result) return result.error();
  return std::move(get<walletrpc::AnswerTo<Method>>(*result).value);
}

}  // namespace escrowstorm::coordinator
