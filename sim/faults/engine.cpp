#include "sim/faults/engine.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>

#include "base/rethrow.hpp"
#include "base/walletrpc/request.hpp"
#include "sim/faults/timetable.hpp"

namespace escrowstorm::sim {

namespace asio = boost::asio;
using mockrpc::CallAtSeat;
using mockrpc::Verdict;

FaultEngine::Source::Source(const FaultSpec& spec, RandomStream stream, RandomStream verdicts)
    : trigger(spec.trigger),
      delay(spec.parameters.delay),
      calls(spec.trigger, stream),
      random(stream),
      drawn(verdicts) {
  const FaultKind* kind = find_fault_kind(spec.fault);
  assert(kind);
  name = kind->name;
  target = kind->target;
  only_method = kind->only_method;
  by_calls =
      target == FaultTarget::call || (acts() && (trigger.picks_calls() || !only_method.empty()));
  fault = kind->make(spec.parameters);
}

FaultEngine::FaultEngine(std::span<const FaultSpec> faults, const CalmSection& calm,
                         WorldControl& world, Clock& clock, Executor executor, Observer& observer,
                         const Random& random)
    : clock_(clock),
      executor_(std::move(executor)),
      observer_(observer),
      calm_at_(calm.at),
      outages_(world, clock, observer) {
  for (const FaultSpec& spec : faults) {
    const std::size_t index = sources_.size();
    sources_.push_back(std::make_unique<Source>(spec, random.stream("fault", index),
                                                random.stream("fault.verdict", index)));
    asks_for_phases_ = asks_for_phases_ || !spec.trigger.phases.empty();
  }
}

void FaultEngine::start() {
  bool any_acts = false;
  for (const auto& source : sources_) {
    any_acts = any_acts || source->acts() || source->by_commits();
    if (source->acts() && !source->by_calls)
      asio::co_spawn(executor_, act_by_time(*source), rethrow);
  }
  if (any_acts) asio::co_spawn(executor_, calm_down(), rethrow);
}

Verdict FaultEngine::arriving(const CallAtSeat& call) { return ask(CallStage::arrival, call); }
Verdict FaultEngine::before(const CallAtSeat& call) { return ask(CallStage::before, call); }
Verdict FaultEngine::after(const CallAtSeat& call) { return ask(CallStage::after, call); }

bool FaultEngine::Source::takes(const CallAtSeat& call, std::optional<coordinator::Phase> phase) {
  return (only_method.empty() || only_method == method_of(*call.request)) &&
         calls.takes(call, phase);
}

void FaultEngine::is_in(EscrowId escrow, coordinator::Phase phase) {
  if (asks_for_phases_) phases_.insert_or_assign(escrow, phase);
}

std::optional<coordinator::Phase> FaultEngine::phase_of(const CallAtSeat& call) const {
  if (!call.whom) return std::nullopt;
  const auto known = phases_.find(call.whom->escrow);
  return known == phases_.end() ? std::nullopt : std::optional(known->second);
}

namespace {

// The wallet file that a call is about.
std::string_view wallet_of(const CallAtSeat& call) {
  const auto* open = get_if<walletrpc::OpenWallet>(call.request);
  return open ? std::string_view(open->filename) : call.open_wallet;
}

FaultSite site_of(const Event& event) { return {event.instance, event.wallet}; }

}  // namespace

// The first fault that does not let the call pass has it; those behind do not see it.
Verdict FaultEngine::ask(CallStage stage, const CallAtSeat& call) {
  if (is_calm()) return {};
  const auto phase = phase_of(call);
  for (const auto& each : sources_) {
    Source& source = *each;
    if (!source.by_calls || source.fault->stage() != stage || !source.takes(call, phase)) continue;
    const bool at_once = source.acts() && source.delay == Duration::zero();
    Event event = event_of(source);
    if (call.whom) {
      event.escrow = call.whom->escrow;
      event.role = call.whom->role;
    }
    event.instance = call.instance;
    event.wallet = source.target == FaultTarget::wallet ? wallet_of(call) : call.open_wallet;
    event.method = method_of(*call.request);
    if (at_once && !source.fault->can_strike(outages_, site_of(event))) continue;
    const Verdict verdict = source.fault->draw_verdict(source.drawn);
    if (verdict.kind == Verdict::Kind::delay) event.duration = verdict.delay;
    source.fault->describe(event);
    if (!source.acts()) {
      tell(source, std::move(event));
    } else if (at_once && source.fault->strikes_within_the_call()) {
      strike(source, std::move(event));
    } else {
      begin(source, std::move(event));
      if (!at_once) continue;
    }
    if (verdict.kind != Verdict::Kind::pass) return verdict;
  }
  return {};
}

std::optional<std::string> FaultEngine::before_commit(EscrowId escrow) {
  if (is_calm()) return std::nullopt;
  for (const auto& source : sources_) {
    if (!source->by_commits()) continue;
    std::optional<std::string> error = source->fault->commit_error();
    if (!error || !source->calls.takes_commit(clock_.now(), escrow)) continue;
    Event event = event_of(*source);
    event.escrow = escrow;
    source->fault->describe(event);
    tell(*source, std::move(event));
    return error;
  }
  return std::nullopt;
}

bool FaultEngine::after_commit(EscrowId escrow) {
  if (is_calm()) return false;
  for (const auto& source : sources_) {
    if (!source->by_commits() || source->fault->commit_error()) continue;
    if (!source->fault->can_strike(outages_, FaultSite())) continue;
    if (!source->calls.takes_commit(clock_.now(), escrow)) continue;
    Event event = event_of(*source);
    event.escrow = escrow;
    begin(*source, std::move(event));
    return true;
  }
  return false;
}

bool FaultEngine::meddles_with_commits() const {
  return std::any_of(sources_.begin(), sources_.end(),
                     [](const auto& source) { return source->by_commits(); });
}

std::vector<FaultCount> FaultEngine::counts() const {
  std::vector<FaultCount> counts;
  for (const auto& source : sources_) counts.push_back({source->name, source->fired});
  return counts;
}

Event FaultEngine::event_of(const Source& source) const {
  Event event;
  event.kind = EventKind::fault;
  event.phase = source.name;
  event.injected = true;
  return event;
}

void FaultEngine::tell(Source& source, Event event) {
  ++source.fired;
  event.at = clock_.now();
  observer_.on(event);
}

// A scenario may name instances that its world has not.
bool FaultEngine::exists(const FaultSite& site) const {
  return !site.instance || *site.instance < outages_.world().instances();
}

void FaultEngine::begin(Source& source, Event event) {
  asio::co_spawn(executor_, act(source, std::move(event)), rethrow);
}

Awaitable<void> FaultEngine::act(Source& source, Event event) {
  const TimePoint due = clock_.now() + source.delay;
  co_await asio::post(executor_, asio::use_awaitable);  // not within the call that triggers it
  co_await clock_.sleep_until(due);
  const FaultSite site = site_of(event);
  // A coordinator that waits for what it will never hear has to die.
  const bool is_over = is_calm() && !source.by_commits();
  if (is_over || !exists(site) || !source.fault->can_strike(outages_, site)) co_return;
  strike(source, std::move(event));
}

void FaultEngine::strike(Source& source, Event event) {
  const FaultSite site = site_of(event);
  tell(source, std::move(event));
  source.fault->strike(outages_, site);
  if (const auto lasts = source.fault->lasts())
    asio::co_spawn(executor_, end_later(*source.fault, site, *lasts), rethrow);
}

Awaitable<void> FaultEngine::end_later(const Fault& fault, FaultSite site, Duration lasts) {
  const TimePoint over = clock_.now() + lasts;
  co_await asio::post(executor_, asio::use_awaitable);
  co_await clock_.sleep_until(over);
  fault.end(outages_, site);
}

Awaitable<void> FaultEngine::act_by_time(Source& source) {
  co_await asio::post(executor_, asio::use_awaitable);
  Timetable times(source.trigger);
  std::optional<TimePoint> next = times.take();
  while (next && *next < calm_at_) {
    co_await clock_.sleep_until(*next);
    Event event = event_of(source);
    if (source.target == FaultTarget::instance) event.instance = draw_instance(source);
    if (source.target == FaultTarget::wallet) event.wallet = draw_wallet(source);
    source.fault->describe(event);
    begin(source, std::move(event));
    next = times.take();
  }
}

// One of those that the trigger names, or of all.
std::uint32_t FaultEngine::draw_instance(Source& source) {
  const std::vector<std::uint32_t>& named = source.trigger.instances;
  if (!named.empty()) return named[source.random.below(named.size())];
  return static_cast<std::uint32_t>(source.random.below(outages_.world().instances()));
}

// Of all there are; empty when there is none.
std::string FaultEngine::draw_wallet(Source& source) {
  std::vector<std::string> wallets = outages_.world().wallets();
  if (wallets.empty()) return {};
  return std::move(wallets[source.random.below(wallets.size())]);
}

Awaitable<void> FaultEngine::calm_down() {
  co_await asio::post(executor_, asio::use_awaitable);
  co_await clock_.sleep_until(calm_at_);
  outages_.start_all();
}

}  // namespace escrowstorm::sim
