// A fleet in virtual time whose calls are told as lines: what the ledger heard, and what came of
// each call and when. Faults are put in by the number of the call that they meet.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "mockrpc/wallet/wallet.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::mockrpc {

// create_wallet takes 2 s, half of it computing; a refresh 3 s, everything else 1 s of waiting.
inline constexpr std::string_view seconds_each =
    R"({"unit": "ms", "methods": {"create_wallet": {"p50": 2000, "cpu_p50": 1000},
                                  "refresh": {"p50": 3000, "cpu_p50": 0},
                                  "get_version": {"p50": 1000, "cpu_p50": 0}}})";

inline walletrpc::Request create(std::string name) {
  return walletrpc::CreateWallet{std::move(name), "", "English"};
}
inline walletrpc::Request open_wallet(std::string name) {
  walletrpc::OpenWallet open;
  open.filename = std::move(name);
  return open;
}

inline std::string text_of(const FleetReply& reply) {
  if (const auto* none = std::get_if<NoReply>(&reply)) {
    constexpr std::array names{"broken", "refused", "silent", "reset"};
    return names.at(static_cast<std::size_t>(*none));
  }
  if (std::holds_alternative<SpoiltReply>(reply)) return "spoilt";
  const auto* error = std::get_if<walletrpc::RpcError>(&std::get<CallOutcome>(reply));
  return error ? "error " + std::to_string(error->code) : "answered";
}

class LedgerLog final : public Ledger {
 public:
  void executed(const LedgerEntry& entry) override {
    add(entry.at, entry.instance,
        whom(entry.whom) + std::string(walletrpc::method_of(*entry.request)) + " " +
            text_of(*entry.outcome) + " '" + std::string(entry.wallet_before) + "' > '" +
            (entry.wallet ? entry.wallet->name() : "") + "'");
  }
  void dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> asked_for,
               const walletrpc::Request& request) override {
    add(at, instance, whom(asked_for) + std::string(walletrpc::method_of(request)) + " dropped");
  }
  void killed(TimePoint at, std::uint32_t instance, std::string_view wallet) override {
    add(at, instance, "killed with '" + std::string(wallet) + "'");
  }

  std::vector<std::string> lines;

 private:
  static std::string whom(const std::optional<CallFor>& asked_for) {
    return asked_for ? to_string(*asked_for) + " " : "";
  }
  void add(TimePoint at, std::uint32_t instance, const std::string& what) {
    lines.push_back(std::to_string(at.time_since_epoch() / std::chrono::milliseconds(1)) + "ms #" +
                    std::to_string(instance) + " " + what);
  }
};

// Verdicts for the calls with these numbers, as they come to their turns, from 0.
class PlannedFaults final : public CallFaults {
 public:
  using Decide = std::function<Verdict(const CallAtSeat&)>;

  Verdict arriving(const CallAtSeat& call) override { return decide(arriving_, arrived_++, call); }
  Verdict before(const CallAtSeat& call) override {
    EXPECT_EQ(call.outcome, nullptr);
    return decide(before_, calls_++, call);
  }
  Verdict after(const CallAtSeat& call) override {
    EXPECT_NE(call.outcome, nullptr);
    return decide(after_, calls_ - 1, call);
  }

  void plan_arriving(int number, Verdict verdict) { arriving_[number] = always(verdict); }
  void plan_before(int number, Verdict verdict) { plan_before(number, always(verdict)); }
  void plan_before(int number, Decide decide) { before_[number] = std::move(decide); }
  void plan_after(int number, Verdict verdict) { plan_after(number, always(verdict)); }
  void plan_after(int number, Decide decide) { after_[number] = std::move(decide); }

 private:
  static Decide always(Verdict verdict) {
    return [verdict](const CallAtSeat&) { return verdict; };
  }
  static Verdict decide(const std::map<int, Decide>& planned, int number, const CallAtSeat& call) {
    const auto found = planned.find(number);
    return found == planned.end() ? Verdict() : found->second(call);
  }

  int arrived_ = 0;
  int calls_ = 0;
  std::map<int, Decide> arriving_;
  std::map<int, Decide> before_;
  std::map<int, Decide> after_;
};

inline Verdict drop(bool silent) {
  return {.kind = Verdict::Kind::drop, .lost = silent ? NoReply::silent : NoReply::broken};
}
inline Verdict delay(Duration by) { return {.kind = Verdict::Kind::delay, .delay = by}; }
inline Verdict error(int code) {
  return {.kind = Verdict::Kind::error, .error = {code, "meant to fail"}};
}

class FleetRig {
 public:
  explicit FleetRig(bool with_chain = false)
      : fleet(std::make_unique<Fleet>(
            clock, executors_, Random(1), storage,
            FleetOptions{.instances = 2,
                         .latency = std::get<LatencyProfile>(
                             LatencyProfile::parse(seconds_each, "test", default_version_name)),
                         .cores = 1,
                         .chain = with_chain ? &chain : nullptr,
                         .ledger = &ledger,
                         .faults = &faults})) {}

  void at(Duration when, std::string tag, walletrpc::Request request, std::uint32_t instance = 0,
          std::optional<CallFor> whom = std::nullopt) {
    boost::asio::co_spawn(loop, call(when, std::move(tag), std::move(request), instance, whom),
                          boost::asio::detached);
  }
  void at(Duration when, std::function<void()> what) {
    boost::asio::co_spawn(loop, act(when, std::move(what)), boost::asio::detached);
  }
  void run() { clock.run(loop); }

  // "2000ms answered"
  std::vector<std::string> told(const std::string& tag) const {
    const auto found = told_.find(tag);
    return found == told_.end() ? std::vector<std::string>() : found->second;
  }
  Duration now() const { return clock.now().time_since_epoch(); }
  std::string address(const std::string& tag) const {
    return answer<walletrpc::GetAddress>(tag).address;
  }
  std::string kex_message(const std::string& tag) const {
    return answer<walletrpc::PrepareMultisig>(tag).multisig_info;
  }
  bool is_multisig(const std::string& tag) const {
    return answer<walletrpc::IsMultisig>(tag).multisig;
  }
  std::uint64_t blocks_fetched(const std::string& tag) const {
    return answer<walletrpc::Refresh>(tag).blocks_fetched;
  }
  walletrpc::RpcError error(const std::string& tag) const {
    return std::get<walletrpc::RpcError>(std::get<CallOutcome>(replies_.at(tag)));
  }

  boost::asio::io_context loop{1};
  test::ManualClock clock;
  MemoryStorage storage;
  Chain chain{clock, 1'700'000'000, RandomStream(1)};
  LedgerLog ledger;
  PlannedFaults faults;

 private:
  template <class Method>
  typename Method::Answer answer(const std::string& tag) const {
    const auto& answer = std::get<walletrpc::Answer>(std::get<CallOutcome>(replies_.at(tag)));
    return get<walletrpc::AnswerTo<Method>>(answer).value;
  }
  Awaitable<void> call(Duration when, std::string tag, walletrpc::Request request,
                       std::uint32_t instance, std::optional<CallFor> whom) {
    co_await clock.sleep_until(TimePoint(when));
    FleetReply reply = co_await fleet->call(instance, std::move(request), whom);
    told_[tag].push_back(std::to_string(now() / std::chrono::milliseconds(1)) + "ms " +
                         text_of(reply));
    replies_.insert_or_assign(tag, std::move(reply));
  }
  Awaitable<void> act(Duration when, std::function<void()> what) {
    co_await clock.sleep_until(TimePoint(when));
    what();
  }

  SingleExecutor executors_{loop.get_executor()};
  std::map<std::string, std::vector<std::string>> told_;
  std::map<std::string, FleetReply> replies_;

 public:
  std::unique_ptr<Fleet> fleet;  // the first to go
};

}  // namespace escrowstorm::mockrpc
