// A coordinator process is killed at every call of an escrow's life, before the call is executed
// and after it, and started again on its database: the money arrives, once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <boost/asio/co_spawn.hpp>
#include <sstream>

#include "base/executors.hpp"
#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "base/rethrow.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/world/bank.hpp"
#include "sim/world/mock_bank.hpp"
#include "sim/world/mock_fleet.hpp"
#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

using namespace std::chrono_literals;
using mockrpc::CallAtSeat;
using mockrpc::Verdict;

// Kills a process at a call, by its number.
class Killer final : public mockrpc::CallFaults {
 public:
  enum class When { before, after };

  void aim(pid_t pid, std::uint64_t nth, When when) {
    pid_ = pid;
    nth_ = nth;
    when_ = when;
    calls = 0;
    submitted = false;
  }
  void rest() { nth_ = 0; }

  Verdict arriving(const CallAtSeat&) override { return {}; }
  Verdict before(const CallAtSeat&) override {
    ++calls;
    if (when_ == When::before) strike();
    return {};
  }
  Verdict after(const CallAtSeat& call) override {
    if (when_ == When::after) strike();
    submitted = submitted || holds_alternative<walletrpc::SubmitMultisig>(*call.request);
    return {};
  }

  std::uint64_t calls = 0;
  bool submitted = false;

 private:
  void strike() {
    if (calls == nth_) ::kill(pid_, SIGKILL);
  }

  pid_t pid_ = -1;
  std::uint64_t nth_ = 0;
  When when_ = When::before;
};

class KilledCoordinator : public Sandbox {
 protected:
  KilledCoordinator()
      : clock_(loop_.get_executor()),
        executors_(loop_.get_executor()),
        chain_(clock_, clock_.unix_began(), Random(1).stream("mock.chain")),
        fleet_(clock_, executors_, Random(1), storage_,
               sim::mock_fleet_options(scenario(), chain_, 0, world_options())),
        server_(loop_.get_executor(), http::ServerLimits()),
        endpoints_(fleet_.listen(server_, http::Endpoint{"127.0.0.1", 0})),
        bank_(scenario(), Random(2), sim::WorldOptions(),
              sim::MockBankHost{chain_, clock_, loop_.get_executor(), loop_.get_executor()}) {
    environment_["DB_ENCRYPTION_KEY"] = std::string(64, '7');
    done(bank_.bank().open(observer_, 1000));
  }
  ~KilledCoordinator() override {
    bank_.bank().abandon();
    loop_.abandon();
  }

  static sim::Scenario scenario() {
    sim::Scenario scenario;
    scenario.fleet.instances = 4;
    scenario.fleet.latency = "none";
    scenario.chain.emplace();
    return scenario;
  }
  sim::WorldOptions world_options() {
    sim::WorldOptions options;
    options.faults = &killer_;
    return options;
  }

  void turn() {
    loop_.restart();
    loop_.run_for(1ms);
  }
  void done(Awaitable<void> work) {
    bool over = false;
    boost::asio::co_spawn(loop_, std::move(work), [&over](std::exception_ptr thrown) {
      rethrow(thrown);
      over = true;
    });
    while (!over) turn();
  }

  static Awaitable<void> make_address(sim::Bank& bank, std::string& address) {
    address = co_await take(bank.make_address("somebody"));
  }
  static Awaitable<std::string> take(Awaitable<sim::BankResult<std::string>> asked) {
    sim::BankResult<std::string> got = co_await std::move(asked);
    co_return got.value();
  }
  static Awaitable<void> pay(sim::Bank& bank, std::string address) {
    co_await take(bank.pay(0, std::move(address), price));
  }
  static Awaitable<void> received(sim::Bank& bank, std::string address, Amount& amount) {
    const sim::BankResult<Amount> got = co_await bank.received(std::move(address));
    amount = got.value();
  }
  void mine(std::uint64_t blocks) {
    for (std::uint64_t i = 0; i < blocks; ++i)
      chain_.mine(chain_.top().coinbase->outputs[0].recipient);
  }

  std::unique_ptr<Program> start_process() {
    std::vector<std::string> arguments{(folder() / (prefix_ + ".db")).string(), prefix_,
                                       std::to_string(price.atomic()), buyer_, vendor_};
    for (const http::Endpoint& endpoint : endpoints_)
      arguments.push_back("http://" + endpoint.to_string());
    return start("escrow_process", std::move(arguments));
  }

  // What comes after a keyword in what the process said; empty: nothing yet.
  static std::string said(const Program& program, const std::string& keyword) {
    std::istringstream out(program.out());
    for (std::string word, next; out >> word;)
      if (word == keyword && out >> next) return next;
    return "";
  }

  // One life, with a kill at that call. Whether it had so many.
  bool live(std::uint64_t kill_at, Killer::When when) {
    prefix_ = "k" + std::to_string(kill_at) + (when == Killer::When::before ? "b" : "a");
    done(make_address(bank_.bank(), buyer_));
    done(make_address(bank_.bank(), vendor_));
    auto program = start_process();
    killer_.aim(program->pid(), kill_at, when);
    bool deposited = false;
    bool confirmed = false;
    bool killed = false;
    std::string paid;
    for (int turns = 0; turns < 20'000; ++turns) {
      turn();
      const std::string address = said(*program, "address");
      if (!deposited && !address.empty()) {
        deposited = true;
        done(pay(bank_.bank(), address));
        mine(11);
      }
      if (killer_.submitted && !confirmed) {
        confirmed = true;
        mine(2);
      }
      if (!program->ended()) continue;
      killed = killed || program->wait() == 128 + SIGKILL;
      paid = said(*program, "paid");
      if (!paid.empty()) break;
      killer_.rest();
      program = start_process();
    }
    Amount arrived;
    done(received(bank_.bank(), vendor_, arrived));
    EXPECT_EQ(std::to_string(arrived.atomic()), paid) << program->out() << program->err();
    EXPECT_GT(arrived.atomic(), price.atomic() / 2);
    return killed;
  }

  static constexpr Amount price = Amount::from_atomic(Amount::per_xmr / 2);

  struct Silent final : Observer {
    void on(const Event&) override {}
  };

  RealLoop loop_;
  RealClock clock_;
  SingleExecutor executors_;
  Silent observer_;
  Killer killer_;
  mockrpc::MemoryStorage storage_;
  mockrpc::Chain chain_;
  mockrpc::Fleet fleet_;
  http::Server server_;
  std::vector<http::Endpoint> endpoints_;
  sim::MockBank bank_;
  std::string prefix_;
  std::string buyer_;
  std::string vendor_;
};

TEST_F(KilledCoordinator, TheMoneyArrivesOnceWhereverItDies) {
  std::uint64_t call = 0;
  bool killed = true;
  while (killed && !HasFailure()) {
    ++call;
    const bool before = live(call, Killer::When::before);
    const bool after = live(call, Killer::When::after);
    killed = before || after;
  }
  EXPECT_GT(call, 50u);  // all that a life has
}

}  // namespace
}  // namespace escrowstorm::e2e
