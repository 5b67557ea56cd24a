#include "sim/faults/coordinator_host.hpp"

#include <boost/asio/co_spawn.hpp>
#include <cassert>

#include "base/rethrow.hpp"
#include "coordinator/client/error_text.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;

namespace {

struct Rested {};

Awaitable<Rested> rest_of(coordinator::Coordinator& coordinator) {
  co_await coordinator.rest();
  co_return Rested();
}

}  // namespace

CoordinatorHost::CoordinatorHost(Transport& transport, Clock& clock, Executors& executors,
                                 Observer& observer, coordinator::EscrowStore& store,
                                 coordinator::Entropy& entropy, coordinator::WalletClient& caller,
                                 coordinator::CoordinatorOptions options,
                                 std::vector<coordinator::EscrowRecord> remembered)
    : transport_(transport),
      clock_(clock),
      executors_(executors),
      observer_(observer),
      store_(store),
      entropy_(entropy),
      caller_(caller),
      options_(std::move(options)) {
  live(std::move(remembered));
}

CoordinatorHost::~CoordinatorHost() { die(); }

template <class Outcome>
struct CoordinatorHost::AskedFor final : Asked {
  using Question = std::function<Awaitable<Outcome>(coordinator::Coordinator&)>;

  AskedFor(Executor where, Question what) : executor(std::move(where)), question(std::move(what)) {}

  const Executor executor;
  const Question question;
  std::optional<Outcome> outcome;

  void ask(std::shared_ptr<Life> life, std::weak_ptr<Asked> self) override;
  static Awaitable<void> carry(std::shared_ptr<Life> life, std::weak_ptr<Asked> waiting);
};

template <class Outcome>
Awaitable<void> CoordinatorHost::AskedFor<Outcome>::carry(std::shared_ptr<Life> life,
                                                          std::weak_ptr<Asked> waiting) {
  if (!life->coordinator || waiting.expired()) co_return;
  Awaitable<Outcome> answering =
      static_cast<AskedFor&>(*waiting.lock()).question(*life->coordinator);
  Outcome outcome = co_await std::move(answering);
  const std::shared_ptr<Asked> asked = waiting.lock();
  if (!life->coordinator || !asked) co_return;
  static_cast<AskedFor&>(*asked).outcome.emplace(std::move(outcome));
  asked->place.wake_here();
}

template <class Outcome>
void CoordinatorHost::AskedFor<Outcome>::ask(std::shared_ptr<Life> life,
                                             std::weak_ptr<Asked> self) {
  asio::co_spawn(executor, carry(std::move(life), std::move(self)), rethrow);
}

template <class Outcome>
Awaitable<Outcome> CoordinatorHost::until_answered(
    EscrowId escrow, std::function<Awaitable<Outcome>(coordinator::Coordinator&)> question) {
  const std::uint64_t ticket = ++last_asked_;
  AskedFor<Outcome>* asked = nullptr;
  {
    // The frame that waits may not own the place that it waits in.
    const auto made =
        std::make_shared<AskedFor<Outcome>>(executors_.for_escrow(escrow), std::move(question));
    asked = made.get();
    asked_.emplace(ticket, made);
    if (is_up()) made->ask(life_, made);
  }
  if (!asked->outcome) co_await asked->place.wait();
  Outcome outcome = std::move(*asked->outcome);
  asked_.erase(ticket);
  co_return outcome;
}

Awaitable<coordinator::SetupOutcome> CoordinatorHost::set_up(EscrowId id,
                                                             coordinator::Terms terms) {
  return until_answered<coordinator::SetupOutcome>(
      id, [id, terms = std::move(terms)](coordinator::Coordinator& coordinator) {
        return coordinator.set_up(id, terms);
      });
}

Awaitable<coordinator::BalanceOutcome> CoordinatorHost::balance(EscrowId id) {
  return until_answered<coordinator::BalanceOutcome>(
      id, [id](coordinator::Coordinator& coordinator) { return coordinator.balance(id); });
}

Awaitable<coordinator::PayoutOutcome> CoordinatorHost::pay_out(EscrowId id,
                                                               coordinator::Decision decision) {
  return until_answered<coordinator::PayoutOutcome>(
      id, [id, decision](coordinator::Coordinator& coordinator) {
        return coordinator.pay_out(id, decision);
      });
}

Awaitable<std::optional<std::string>> CoordinatorHost::call(std::uint64_t number,
                                                            walletrpc::Request request) {
  coordinator::CallSite site;
  site.instance = static_cast<InstanceId>(number % transport_.instances());
  site.phase = "call";
  Awaitable<CallResult<walletrpc::Answer>> asking =
      caller_.call(std::move(site), std::move(request), coordinator::Repeat::never);
  const CallResult<walletrpc::Answer> answered = co_await std::move(asking);
  std::optional<std::string> failure;
  if (!answered) failure = coordinator::describe(answered.error());
  co_return failure;
}

Awaitable<void> CoordinatorHost::rest() {
  Awaitable<Rested> resting = until_answered<Rested>(0, rest_of);
  co_await std::move(resting);
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
  const auto again = asked_;  // one that is answered at once leaves
  for (const auto& [ticket, asked] : again) asked->ask(life_, asked);
}

void CoordinatorHost::live(std::vector<coordinator::EscrowRecord> remembered) {
  life_ = std::make_shared<Life>();
  life_->coordinator = std::make_unique<coordinator::Coordinator>(
      transport_, clock_, executors_, observer_, store_, entropy_, options_, std::move(remembered));
}

void CoordinatorHost::die() {
  const std::shared_ptr<Life> life = std::move(life_);
  // Not left to the last pointer: coroutines that the coordinator owns hold one.
  if (life) life->coordinator.reset();
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
