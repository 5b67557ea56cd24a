#include "sim/faults/coordinator_host.hpp"

#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "base/rethrow.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;

CoordinatorHost::CoordinatorHost(Transport& transport, Clock& clock, Executors& executors,
                                 Observer& observer, coordinator::EscrowStore& store,
                                 coordinator::CoordinatorOptions options,
                                 std::vector<coordinator::EscrowRecord> remembered)
    : transport_(transport),
      clock_(clock),
      executors_(executors),
      observer_(observer),
      store_(store),
      options_(std::move(options)) {
  live(std::move(remembered));
}

CoordinatorHost::~CoordinatorHost() { die(); }

Awaitable<EscrowResult> CoordinatorHost::set_up(EscrowId id) {
  const auto [asked, first] = asked_.try_emplace(id);
  const std::shared_ptr<Ending> ending = asked->second.ending;
  if (first && is_up()) ask_for(id);
  if (!ending->ended) co_await asked_.at(id).waiters.wait();
  co_return ending->result;
}

bool CoordinatorHost::is_up() const { return life_ != nullptr; }

void CoordinatorHost::crash() {
  assert(is_up());
  die();
  tell("crashed", false);
}

void CoordinatorHost::start(std::vector<coordinator::EscrowRecord> remembered) {
  assert(!is_up());
  live(std::move(remembered));
  tell("restarted", true);
  std::vector<EscrowId> again;  // an escrow that ends at once leaves asked_
  for (const auto& [id, asked] : asked_) again.push_back(id);
  for (const EscrowId id : again) ask_for(id);
}

void CoordinatorHost::live(std::vector<coordinator::EscrowRecord> remembered) {
  life_ = std::make_shared<Life>();
  life_->coordinator = std::make_unique<coordinator::Coordinator>(
      transport_, clock_, executors_, observer_, store_, options_, std::move(remembered));
}

void CoordinatorHost::die() {
  const std::shared_ptr<Life> life = std::move(life_);
  // Not left to the last pointer: coroutines that the coordinator owns hold one.
  if (life) life->coordinator.reset();
}

void CoordinatorHost::ask_for(EscrowId id) {
  asio::co_spawn(executors_.for_escrow(id), ask(life_, *this, id), rethrow);
}

Awaitable<void> CoordinatorHost::ask(std::shared_ptr<Life> life, CoordinatorHost& host,
                                     EscrowId id) {
  if (!life->coordinator) co_return;
  coordinator::SetupOutcome outcome = co_await life->coordinator->set_up(id);
  if (life->coordinator) host.end(id, std::move(outcome));
}

void CoordinatorHost::end(EscrowId id, coordinator::SetupOutcome outcome) {
  const auto asked = asked_.extract(id);
  Ending& ending = *asked.mapped().ending;
  ending.result.ready = outcome.ready;
  ending.result.address = std::move(outcome.address);
  ending.result.failure = std::move(outcome.failure);
  ending.ended = true;
  asked.mapped().waiters.wake_all();
}

void CoordinatorHost::tell(std::string_view phase, bool ok) {
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::escrow;
  event.phase = phase;
  event.ok = ok;
  observer_.on(event);
}

}  // namespace escrowstorm::sim
