#include "coordinator/life/carrier.hpp"

#include <boost/asio/post.hpp>

#include "coordinator/client/error_text.hpp"

namespace escrowstorm::coordinator {
namespace {

using Calling = Awaitable<CallResult<walletrpc::Answer>>;

// `client` makes the call and has to be there until it ends.
Calling call_by(std::shared_ptr<WalletClient> client, Calling calling) {
  CallResult<walletrpc::Answer> result = co_await std::move(calling);
  co_return result;
}

Awaitable<bool> sleep_by(Clock& clock, TimePoint over) {
  co_await clock.sleep_until(over);
  co_return true;
}

Awaitable<bool> at_once() { co_return true; }

}  // namespace

Carrier::Carrier(Clock& clock, Executors& executors, Observer& observer, EscrowStore& store,
                 std::shared_ptr<WalletClient> client)
    : clock_(clock),
      executors_(executors),
      observer_(observer),
      store_(store),
      client_(std::move(client)) {}

Carrier::Ticket Carrier::begin(CallSite site, walletrpc::Request request, Repeat repeat) {
  const EscrowId escrow = *site.escrow;
  Calling calling = client_->call(std::move(site), std::move(request), repeat);
  return begin_work(escrow, call_by(client_, std::move(calling)));
}

Awaitable<CallResult<walletrpc::Answer>> Carrier::result(Ticket ticket) {
  return result_of<CallResult<walletrpc::Answer>>(ticket);
}

Awaitable<CallResult<walletrpc::Answer>> Carrier::call(CallSite site, walletrpc::Request request,
                                                       Repeat repeat) {
  return result(begin(std::move(site), std::move(request), repeat));
}

Awaitable<std::optional<std::string>> Carrier::commit(EscrowRecord record) {
  Event event;
  event.kind = EventKind::store;
  event.phase = name_of(record.phase);
  event.escrow = record.id;
  const TimePoint began = clock_.now();
  const EscrowId escrow = record.id;
  Awaitable<std::optional<std::string>> writing = store_.commit(std::move(record));
  std::optional<std::string> error = co_await carry(escrow, std::move(writing));
  event.at = clock_.now();
  event.ok = !error;
  if (error) event.message = one_line(*error);
  event.duration = event.at - began;
  observer_.on(event);
  co_return error;
}

Awaitable<void> Carrier::sleep(EscrowId escrow, Duration time) {
  Awaitable<bool> sleeping = sleep_by(clock_, clock_.now() + time);
  co_await carry(escrow, std::move(sleeping));
}

Carrier::Ticket Carrier::expect() {
  under_way_.emplace(++last_, std::make_shared<WorkUnderWay<bool>>());
  return last_;
}

void Carrier::happened(EscrowId escrow, Ticket ticket) {
  const auto work = std::static_pointer_cast<WorkUnderWay<bool>>(under_way_.at(ticket));
  std::weak_ptr<WorkUnderWay<bool>> waiting = work;
  spawn(escrow, carry_one<bool>(std::move(waiting), at_once()));
}

Awaitable<void> Carrier::until(Ticket ticket) { co_await result_of<bool>(ticket); }

void Carrier::spawn(EscrowId escrow, Awaitable<void> task) {
  // co_spawn alone would begin it at once where the executor's loop is just running.
  const Executor executor = executors_.for_escrow(escrow);
  boost::asio::post(executor, [executor, task = std::move(task)]() mutable {
    boost::asio::co_spawn(executor, std::move(task), rethrow);
  });
}

}  // namespace escrowstorm::coordinator
