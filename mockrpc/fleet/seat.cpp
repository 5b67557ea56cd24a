#include "mockrpc/fleet/seat.hpp"

#include <boost/assert.hpp>
#include <string>
#include <utility>

namespace escrowstorm::mockrpc {

Seat::Seat(const SeatHost& host, std::uint32_t number, Instance instance, RandomStream random,
           Executor executor, Duration phase)
    : host_(host),
      number_(number),
      instance_(std::move(instance)),
      random_(random),
      executor_(std::move(executor)),
      last_refresh_(host.clock->now() + phase - default_refresh_period) {}

Seat::~Seat() {
  if (at_work_) at_work_->abandoned();
  for (const auto& call : queue_)
    if (call) call->abandoned();
}

void Seat::begin(std::shared_ptr<FleetCall> call) {
  if (!alive_ || !port_open_) {
    call->reply = NoReply::refused;
    call->over();
  } else if (is_turned_away(*call)) {
    return;
  } else if (busy_ || hanging_) {
    queue_.push_back(std::move(call));
  } else if (work_on(std::move(call))) {
    go_on();
  }
}

// Executes the calls in the queue up to the first that takes time. The thread is free before.
void Seat::go_on() {
  while (!queue_.empty() && !hanging_) {
    std::shared_ptr<FleetCall> next = std::move(queue_.front());
    queue_.pop_front();
    if (!work_on(std::move(next))) return;
  }
}

// True when it is over already, since it takes no time, and the thread is free.
bool Seat::work_on(std::shared_ptr<FleetCall> call) {
  busy_ = true;
  told_ = false;
  const std::uint32_t deaths = deaths_;
  at_work_ = call;
  const CallCost cost = call ? execute(*call) : refresh();
  if (deaths_ != deaths) return false;  // a fault killed it: all is broken off already
  if (cost.total() <= Duration::zero()) {
    done_while_hanging_ = hanging_;
    if (!hanging_) finish();
    return !hanging_;
  }
  waiting_ = cost.waiting;
  computing_ = cost.computing > Duration::zero();
  if (computing_) {
    host_.cpu->compute(cost.computing, *this);
  } else {
    wait_for(cost.waiting);
  }
  return false;
}

CallCost Seat::execute(FleetCall& call) {
  CallCost cost;
  if (!call.request) {
    call.reply = CallOutcome();
    return cost;
  }
  bool twice = false;
  if (host_.faults && stopped_before(call, cost, twice)) return cost;
  if (twice) cost = run(call);
  const CallCost last = run(call);
  cost.computing += last.computing;
  cost.waiting += last.waiting;
  if (host_.faults) meddle_after(call, cost);
  return cost;
}

CallCost Seat::run(FleetCall& call) {
  const std::string wallet_before(host_.ledger ? instance_.open_wallet() : std::string_view());
  Execution execution = instance_.execute(*call.request);
  call.reply = std::move(execution.outcome);
  const CallCost cost = host_.latency->draw(execution.cost, random_);
  tell_executed(call, wallet_before, cost);
  watch();
  return cost;
}

// Whether a fault keeps the call from ever having its turn.
bool Seat::is_turned_away(FleetCall& call) {
  if (!host_.faults || !call.request) return false;
  const Verdict verdict = host_.faults->arriving(at_seat(call, nullptr));
  if (verdict.kind == Verdict::Kind::pass) return false;
  BOOST_ASSERT(verdict.kind == Verdict::Kind::drop);
  if (host_.ledger) host_.ledger->dropped(host_.clock->now(), number_, call.whom, *call.request);
  call.reply = verdict.lost;
  call.over();
  return true;
}

// Whether a fault keeps the call from executing; or has it execute twice.
bool Seat::stopped_before(FleetCall& call, CallCost& cost, bool& twice) {
  const std::uint32_t deaths = deaths_;
  Verdict verdict = host_.faults->before(at_seat(call, nullptr));
  if (deaths_ != deaths) return true;
  switch (verdict.kind) {
    case Verdict::Kind::pass:
      return false;
    case Verdict::Kind::repeat:
      twice = true;
      return false;
    // It takes what a refusal takes: who tries again at once must not stop the time.
    case Verdict::Kind::error:
      cost = host_.latency->draw({}, random_);
      call.reply = CallOutcome(std::move(verdict.error));
      break;
    case Verdict::Kind::spoil:
      BOOST_ASSERT(verdict.damage.kind == Damage::Kind::status);
      cost = host_.latency->draw({}, random_);
      call.reply = SpoiltReply{CallOutcome(), verdict.damage};
      break;
    case Verdict::Kind::drop:
      call.reply = verdict.lost;
      break;
    case Verdict::Kind::delay:
    case Verdict::Kind::cut:
      BOOST_ASSERT_MSG(false, "a verdict on what has executed, before it has");
  }
  tell_dropped(call);
  return true;
}

void Seat::meddle_after(FleetCall& call, CallCost& cost) {
  const std::uint32_t deaths = deaths_;
  auto& outcome = std::get<CallOutcome>(*call.reply);
  const Verdict verdict = host_.faults->after(at_seat(call, &outcome));
  if (deaths_ != deaths) return;
  switch (verdict.kind) {
    case Verdict::Kind::pass:
      break;
    case Verdict::Kind::delay:
      cost.waiting += verdict.delay;
      break;
    case Verdict::Kind::drop:
      call.reply = verdict.lost;
      break;
    case Verdict::Kind::spoil: {
      SpoiltReply spoilt{std::move(outcome), verdict.damage};
      call.reply = std::move(spoilt);
      break;
    }
    case Verdict::Kind::cut:
      cut_off(verdict.lost);
      break;
    case Verdict::Kind::error:
    case Verdict::Kind::repeat:
      BOOST_ASSERT_MSG(false, "a verdict on what has not executed, after it has");
  }
}

// The caller of the call at work learns that its connection is gone; the work goes on for nobody.
void Seat::cut_off(NoReply lost) {
  const auto caller = std::exchange(at_work_, std::make_shared<AwaitedCall>());
  caller->reply = lost;
  caller->over();
}

CallAtSeat Seat::at_seat(const FleetCall& call, const CallOutcome* outcome) const {
  return CallAtSeat{.at = host_.clock->now(),
                    .instance = number_,
                    .whom = call.whom,
                    .request = &*call.request,
                    .open_wallet = instance_.open_wallet(),
                    .outcome = outcome};
}

void Seat::tell_executed(const FleetCall& call, std::string_view wallet_before,
                         const CallCost& cost) {
  told_ = true;
  if (!host_.ledger) return;
  host_.ledger->executed(LedgerEntry{.at = host_.clock->now(),
                                     .instance = number_,
                                     .whom = call.whom,
                                     .request = &*call.request,
                                     .outcome = &std::get<CallOutcome>(*call.reply),
                                     .wallet_before = wallet_before,
                                     .wallet = instance_.wallet(),
                                     .cost = cost});
}

void Seat::tell_dropped(const FleetCall& call) {
  told_ = true;
  if (host_.ledger && call.request)
    host_.ledger->dropped(host_.clock->now(), number_, call.whom, *call.request);
}

// In the share's time, which is another instance's: what follows is the alarm's.
void Seat::computed() {
  computing_ = false;
  wait_for(waiting_);
}

void Seat::wait_for(Duration more) {
  if (!work_alarm_) work_alarm_ = host_.alarms->make(executor_, [this] { work_done(); });
  work_alarm_->set(host_.clock->now() + more);
}

void Seat::work_done() {
  done_while_hanging_ = hanging_;
  if (hanging_) return;
  finish();
  go_on();
}

// The time of the call at work is over: its reply leaves, and the thread is free.
void Seat::finish() {
  const std::shared_ptr<FleetCall> call = std::move(at_work_);
  busy_ = false;
  if (call) return call->over();
  refreshed();
  watch();
}

void Seat::kill() {
  if (!alive_) return;
  alive_ = false;
  ++deaths_;
  const std::string wallet(instance_.open_wallet());
  instance_.kill();
  if (host_.ledger) host_.ledger->killed(host_.clock->now(), number_, wallet);

  if (computing_) host_.cpu->drop(*this);
  if (work_alarm_) work_alarm_->unset();
  if (refresh_alarm_) refresh_alarm_->unset();
  computing_ = has_wallet_ = refreshing_ = hanging_ = done_while_hanging_ = false;
  awaited_.reset();
  refresh_longer_ = Duration::zero();

  std::list<std::shared_ptr<FleetCall>> queued = std::move(queue_);
  queue_.clear();
  const bool told = told_ || !busy_;
  busy_ = false;
  if (const auto call = std::move(at_work_)) break_off(*call, told);
  for (const auto& call : queued)
    if (call) break_off(*call, false);
}

void Seat::break_off(FleetCall& call, bool told) {
  if (!told) tell_dropped(call);
  call.reply = NoReply::broken;
  call.over();
}

void Seat::start() {
  if (alive_) return;
  alive_ = true;
  last_refresh_ = host_.clock->now();
}

// What computes goes on computing on the others' cores: that much is not modelled.
void Seat::hang() { hanging_ = true; }

void Seat::resume() {
  hanging_ = false;
  if (std::exchange(done_while_hanging_, false)) finish();
  if (!busy_) go_on();
}

// Looks at what a call may have changed: whether there is a wallet to refresh, and how often. While
// there is none nothing runs, so that an idle instance costs nothing.
void Seat::watch() {
  const bool had_wallet = std::exchange(has_wallet_, instance_.can_refresh());
  if (!has_wallet_) return;
  const std::chrono::seconds period(instance_.auto_refresh_seconds());
  // The real one counts on while it has no wallet, though not while it is switched off.
  if (!had_wallet && !refreshing_ && period > period.zero()) {
    const auto passed = (host_.clock->now() - last_refresh_) / period;
    last_refresh_ += passed * period;
  }
  const auto next = next_refresh();
  if (!next || (awaited_ && *awaited_ <= *next)) return;
  if (!refresh_alarm_)
    refresh_alarm_ = host_.alarms->make(executor_, [this] { refresh_when_due(); });
  awaited_ = next;
  refresh_alarm_->set(*next);
}

// None while there is nothing to refresh, and while a refresh is not over.
std::optional<TimePoint> Seat::next_refresh() const {
  const std::chrono::seconds period(instance_.auto_refresh_seconds());
  if (!has_wallet_ || refreshing_ || period == period.zero()) return std::nullopt;
  return last_refresh_ + period;
}

void Seat::refresh_when_due() {
  awaited_.reset();
  const std::optional<TimePoint> next = next_refresh();
  if (next && *next <= host_.clock->now()) {
    queue_refresh();
  } else {
    watch();
  }
}

bool Seat::begin_refresh(Duration longer) {
  watch();
  if (!has_wallet_ || refreshing_) return false;
  refresh_longer_ = longer;
  queue_refresh();
  return true;
}

void Seat::queue_refresh() {
  refreshing_ = true;
  if (busy_ || hanging_) {
    queue_.push_back(nullptr);
  } else if (work_on(nullptr)) {
    go_on();
  }
}

CallCost Seat::refresh() {
  CallCost cost = host_.latency->draw(instance_.refresh(), random_);
  cost.waiting += std::exchange(refresh_longer_, Duration::zero());
  return cost;
}

void Seat::refreshed() {
  refreshing_ = false;
  last_refresh_ = host_.clock->now();
}

}  // namespace escrowstorm::mockrpc
