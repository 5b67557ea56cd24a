// Calls with deadlines, repeated where that is safe, each attempt told.
#include "coordinator/client/wallet_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <deque>
#include <set>

#include "coordinator/client/error_text.hpp"
#include "coordinator/client/retry_rule.hpp"
#include "tests/coordinator/support/machine_rig.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using namespace walletrpc;
using Kind = CallError::Kind;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

// Answers what it is told to, after 10 ms, and keeps what it was asked.
class ScriptedTransport final : public Transport {
 public:
  explicit ScriptedTransport(ManualClock& world_clock) : clock(world_clock) {}

  InstanceId instances() const override { return 3; }

  Awaitable<CallResult<Answer>> call(InstanceId, Request request, std::optional<CallFor> whom,
                                     TimePoint deadline) override {
    asked.push_back(clock.now());
    deadlines.push_back(deadline);
    whoms.push_back(whom);
    const TimePoint answered = clock.now() + milliseconds(10);
    co_await clock.sleep_until(answered);
    if (errors.empty()) co_return good_answer_to(std::move(request));
    CallError error = errors.front();
    errors.pop_front();
    co_return error;
  }

  std::deque<CallError> errors;  // of the next calls, then all is well
  std::vector<TimePoint> asked;
  std::vector<TimePoint> deadlines;
  std::vector<std::optional<CallFor>> whoms;

 private:
  static Answer good_answer_to(Request request) {
    coordinator::Call call;
    call.site.role = Role::vendor;
    call.site.wallet = "escrow_9_vendor";
    call.request = std::move(request);
    return good_answer(call);
  }

  ManualClock& clock;
};

struct ClientRig {
  boost::asio::io_context loop;
  ManualClock clock;
  RecordingObserver observer;
  ScriptedTransport transport{clock};
  WalletClient client{transport, clock, observer, seconds(60)};

  static CallSite site() {
    CallSite site;
    site.escrow = 9;
    site.role = Role::vendor;
    site.instance = 2;
    site.wallet = "escrow_9_vendor";
    site.phase = "verify";
    return site;
  }

  CallResult<Answer> call(Request request, Repeat repeat = Repeat::where_allowed) {
    std::optional<CallResult<Answer>> result;
    boost::asio::co_spawn(
        loop, client.call(site(), std::move(request), repeat),
        [&result](std::exception_ptr, CallResult<Answer> got) { result.emplace(std::move(got)); });
    clock.run(loop);
    EXPECT_TRUE(result);
    return *result;
  }
};

template <class... All>
std::vector<Request> one_of_each(walletrpc::TypeList<All...>) {
  return {All()...};
}

std::vector<Request> all_requests() { return one_of_each(walletrpc::Methods()); }

const std::set<std::string_view> safe_methods = {
    "get_version",   "get_languages", "get_address",     "validate_address", "query_key",
    "get_balance",   "get_accounts",  "get_height",      "is_multisig",      "get_attribute",
    "set_attribute", "store",         "prepare_multisig"};

TEST(WalletClient, SaysForWhomItCalls) {
  ClientRig rig;
  rig.call(GetVersion());
  EXPECT_THAT(rig.transport.whoms, testing::ElementsAre(CallFor{9, Role::vendor}));
}

TEST(WalletClient, CallsForNobodyAndSaysSo) {
  ClientRig rig;
  CallSite site;
  site.instance = 1;
  site.phase = "drain";
  boost::asio::co_spawn(rig.loop, rig.client.call(site, Request(CloseWallet()), Repeat::never),
                        [](std::exception_ptr, CallResult<Answer>) {});
  rig.clock.run(rig.loop);
  EXPECT_THAT(rig.transport.whoms, ElementsAre(std::nullopt));
  ASSERT_EQ(rig.observer.events.size(), 1u);
  const Event& told = rig.observer.events[0];
  EXPECT_EQ(told.escrow, std::nullopt);
  EXPECT_EQ(told.role, std::nullopt);
  EXPECT_EQ(told.instance, 1u);
  EXPECT_EQ(told.phase, "drain");
}

TEST(RetryRule, RepeatsWhatWasNeverSentAndWhatIsSafe) {
  ASSERT_EQ(all_requests().size(), walletrpc::Methods::size);
  for (const Request& request : all_requests()) {
    const std::string_view method = method_of(request);
    const bool safe = safe_methods.contains(method);
    EXPECT_EQ(is_safe_to_repeat(method), safe) << method;
    EXPECT_TRUE(may_repeat(method, call_error(Kind::refused))) << method;
    EXPECT_EQ(may_repeat(method, call_error(Kind::outcome_unknown)), safe) << method;
    EXPECT_EQ(may_repeat(method, call_error(Kind::deadline)), safe) << method;
    EXPECT_FALSE(may_repeat(method, call_error(Kind::bad_answer))) << method;
    EXPECT_FALSE(may_repeat(method, rpc_error(-1, "no"))) << method;
  }
}

// Every method after every kind of error: as often as the rule says.
TEST(WalletClient, FollowsTheRetryRule) {
  const CallError errors[] = {call_error(Kind::refused), call_error(Kind::outcome_unknown),
                              call_error(Kind::deadline), call_error(Kind::bad_answer),
                              rpc_error(-13, "No wallet file")};
  for (const Request& request : all_requests()) {
    for (const CallError& error : errors) {
      ClientRig once;
      once.transport.errors = {error};
      const CallResult<Answer> result = once.call(request);
      const bool repeated = may_repeat(method_of(request), error);
      EXPECT_EQ(once.transport.asked.size(), repeated ? 2u : 1u) << method_of(request);
      EXPECT_EQ(result.has_value(), repeated) << method_of(request);
      if (result) {
        EXPECT_EQ(result->index(), request.index());
      } else {
        EXPECT_EQ(result.error().kind, error.kind);
      }

      ClientRig always;
      always.transport.errors.assign(9, error);
      EXPECT_FALSE(always.call(request));
      EXPECT_EQ(always.transport.asked.size(), repeated ? 3u : 1u) << method_of(request);
    }
  }
}

TEST(WalletClient, RepeatsNothingWhenToldNotTo) {
  ClientRig rig;
  rig.transport.errors.assign(3, call_error(Kind::refused));
  EXPECT_FALSE(rig.call(CloseWallet(), Repeat::never));
  EXPECT_EQ(rig.transport.asked.size(), 1u);
}

TEST(WalletClient, WaitsBetweenAttemptsAndGivesEachItsDeadline) {
  ClientRig rig;
  rig.transport.errors.assign(3, call_error(Kind::refused, "connection refused"));
  EXPECT_FALSE(rig.call(CreateWallet()));
  const TimePoint start{};
  EXPECT_THAT(rig.transport.asked,
              ElementsAre(start, start + milliseconds(60), start + milliseconds(270)));
  EXPECT_THAT(rig.transport.deadlines,
              ElementsAre(start + seconds(60), start + milliseconds(60) + seconds(60),
                          start + milliseconds(270) + seconds(60)));
}

TEST(WalletClient, TellsEachAttempt) {
  ClientRig rig;
  rig.transport.errors = {call_error(Kind::outcome_unknown, "connection reset"),
                          rpc_error(-45, "Attribute\r\nnot found.")};
  EXPECT_FALSE(rig.call(GetAttribute{"secret key"}));
  ASSERT_EQ(rig.observer.events.size(), 2u);

  const Event& first = rig.observer.events[0];
  EXPECT_EQ(first.kind, EventKind::rpc);
  EXPECT_EQ(first.at, TimePoint(milliseconds(10)));
  EXPECT_EQ(first.duration, milliseconds(10));
  EXPECT_EQ(first.phase, "verify");
  EXPECT_EQ(first.escrow, 9u);
  EXPECT_EQ(first.role, Role::vendor);
  EXPECT_EQ(first.instance, 2u);
  EXPECT_EQ(first.wallet, "escrow_9_vendor");
  EXPECT_EQ(first.method, "get_attribute");
  EXPECT_FALSE(first.ok);
  EXPECT_EQ(first.code, 0);
  EXPECT_EQ(first.message, "outcome unknown: connection reset");
  EXPECT_FALSE(first.injected);

  const Event& second = rig.observer.events[1];
  EXPECT_EQ(second.duration, milliseconds(10));
  EXPECT_EQ(second.code, -45);
  EXPECT_EQ(second.message, "Attribute  not found.");
}

TEST(WalletClient, TellsNoSecret) {
  ClientRig rig;
  CreateWallet create;
  create.filename = "escrow_9_vendor";
  create.password = "SECRET";
  rig.call(create);
  MakeMultisig make;
  make.multisig_info = {"SECRET", "SECRET"};
  make.password = "SECRET";
  rig.call(make);
  rig.call(PrepareMultisig());
  ASSERT_EQ(rig.observer.events.size(), 3u);
  for (const Event& event : rig.observer.events) {
    EXPECT_TRUE(event.ok);
    EXPECT_EQ(event.message, "");
    EXPECT_EQ(event.wallet, "escrow_9_vendor");
  }
}

TEST(WalletClient, DoesNothingMoreOnceAbandoned) {
  ClientRig rig;
  rig.transport.errors.assign(9, call_error(Kind::refused));
  std::optional<CallResult<Answer>> result;
  boost::asio::co_spawn(
      rig.loop, rig.client.call(ClientRig::site(), Request(Store()), Repeat::where_allowed),
      [&result](std::exception_ptr, CallResult<Answer> got) { result.emplace(std::move(got)); });
  rig.loop.poll();
  rig.client.abandon();
  rig.clock.run(rig.loop);
  EXPECT_EQ(rig.transport.asked.size(), 1u);
  EXPECT_TRUE(rig.observer.events.empty());
}

TEST(ErrorText, DescribesErrors) {
  EXPECT_EQ(describe(rpc_error(-28, "This wallet is already multisig")),
            "-28 This wallet is already multisig");
  EXPECT_EQ(describe(call_error(Kind::refused, "connection refused")),
            "refused: connection refused");
  EXPECT_EQ(describe(call_error(Kind::deadline)), "deadline");
}

TEST(ErrorText, MakesOneLineOfAnyText) {
  EXPECT_EQ(one_line("a\r\nb\tc\x7F"), "a  b c ");
  EXPECT_EQ(one_line(std::string(200, '.')), std::string(200, '.'));
  EXPECT_EQ(one_line(std::string(201, '.')), std::string(200, '.') + "...");
  // Not cut within a character.
  EXPECT_EQ(one_line(std::string(199, '.') + "\xC3\xA9 and more"), std::string(199, '.') + "...");
  EXPECT_EQ(one_line(std::string(198, '.') + "\xC3\xA9 and more"),
            std::string(198, '.') + "\xC3\xA9...");
}

TEST(ErrorText, ShortensWhatWalletsRepeat) {
  const std::string hash(64, 'a');
  EXPECT_EQ(one_line("no transaction " + hash + "."), "no transaction " + hash + ".");
  const std::string address = "4AddressOfSomebody" + std::string(77, 'x');
  EXPECT_EQ(one_line("bad: " + address + ", and " + address),
            "bad: 4AddressOf..., and 4AddressOf...");
  EXPECT_EQ(one_line(std::string(65, 'x')), "xxxxxxxxxx...");
  EXPECT_EQ(one_line(""), "");
}

TEST(ErrorText, ShortensAddresses) {
  EXPECT_EQ(shortened("41fJjQDhryD1111111111"), "41fJjQDhry...");
  EXPECT_EQ(shortened("41fJjQDhry"), "41fJjQDhry");
  EXPECT_EQ(shortened(""), "");
}

}  // namespace
}  // namespace escrowstorm::test
