#include "sim/cli/calibrate_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <ostream>

#include "base/http/rpc_transport.hpp"
#include "base/rethrow.hpp"
#include "sim/calibrate/calibration.hpp"
#include "sim/calibrate/closing.hpp"
#include "sim/cli/search_status.hpp"
#include "sim/process/entropy.hpp"
#include "sim/world/inquiry.hpp"
#include "sim/world/live_checks.hpp"
#include "sim/world/node_miner.hpp"
#include "sim/world/real_world.hpp"
#include "sim/world/regtest_daemon.hpp"

namespace escrowstorm::sim {
namespace {

using Endpoints = std::vector<http::Endpoint>;

class CalibrateRun final : public RealWorld {
 public:
  CalibrateRun(const CalibrateCommand& command, const http::Access& access, std::ostream& err)
      : command_(command), access_(access), status_(err, command.quiet) {
    transport_ = std::make_unique<http::RpcTransport>(loop_.get_executor(), clock_, command.rpc,
                                                      http::TransportLimits(), access);
    wallet_prefix_ = "escrowstorm" + unique_id();
    for (const http::Endpoint& endpoint : command.rpc) names_.push_back(endpoint.to_string());
    make_checks();
    make_calibration();
  }
  ~CalibrateRun() override { abandon(); }

  // `open_on`: where a wallet of ours may be open still.
  CalibrateOutcome measure(OpenWalletLabels& open_on) {
    CalibrateOutcome outcome;
    outcome.wallet_prefix = wallet_prefix_;
    run(check_and_play(outcome), [this] { show_progress(); });
    status_.clear();
    outcome.interrupted = interrupted();
    outcome.samples = calibration_->samples();
    outcome.rounds_begun = std::min(calibration_->round(), command_.rounds);
    open_on = calibration_->open_on();
    for (InstanceId i = 0; checks_->makes_wallets() && i < transport_->instances(); ++i)
      open_on.try_emplace(i);
    return outcome;
  }

 private:
  // A regtest looks like mainnet, but for its daemon.
  void make_checks() {
    LiveCheckOptions options;
    options.allow_mainnet = command_.allow_mainnet || command_.daemon.has_value();
    options.allow_unknown_version = command_.allow_unknown_version;
    options.pushing_out = "the calibration";
    checks_ = std::make_unique<LiveChecks>(loop_.get_executor(), clock_, *transport_, names_,
                                           std::move(options));
  }

  void make_calibration() {
    if (command_.daemon) miner_.emplace(loop_.get_executor(), clock_, *command_.daemon, access_);
    CalibrationOptions options;
    options.rounds = command_.rounds;
    options.wallet_prefix = wallet_prefix_;
    options.miner = miner_ ? &*miner_ : nullptr;
    calibration_ = std::make_unique<Calibration>(*transport_, clock_, std::move(options));
  }

  Awaitable<void> check_and_play(CalibrateOutcome& outcome) {
    if (command_.daemon) {
      const auto what = co_await regtest_daemon_complaint(loop_.get_executor(), clock_,
                                                          *command_.daemon, access_);
      if (what) outcome.unfit.push_back(command_.daemon->to_string() + ": " + *what);
    }
    std::vector<std::string> complaints = co_await checks_->complaints();
    outcome.unfit.insert(outcome.unfit.end(), complaints.begin(), complaints.end());
    if (!outcome.unfit.empty()) co_return;
    co_await ask_version(outcome);
    if (outcome.failure) co_return;
    const Calibration::Failure failure = co_await calibration_->play();
    if (failure) outcome.failure = in_one_line(*failure);
  }

  Awaitable<void> ask_version(CalibrateOutcome& outcome) {
    walletrpc::Request request = walletrpc::GetVersion();
    const TimePoint deadline = clock_.now() + answer_time_max;
    const auto answer = co_await transport_->call(0, std::move(request), std::nullopt, deadline);
    if (answer)
      outcome.rpc_version = get<walletrpc::AnswerTo<walletrpc::GetVersion>>(*answer).value.version;
    else
      outcome.failure = names_.front() + ": get_version: " + in_words(answer.error());
  }

  std::string in_one_line(const CalibrationFailure& failure) const {
    return (failure.instance ? names_[*failure.instance] + ": " : std::string()) + failure.what;
  }

  void show_progress() {
    if (calibration_->round() == 0)
      return status_.show(calibration_->method().empty() ? "looking whether the fleet is fit"
                                                         : "getting the chain ready");
    status_.show("escrow " + std::to_string(std::min(calibration_->round(), command_.rounds)) +
                 " of " + std::to_string(command_.rounds) + ": " +
                 std::string(calibration_->method()));
  }

  const CalibrateCommand& command_;
  const http::Access& access_;
  SearchStatus status_;
  std::vector<std::string> names_;
  std::optional<NodeMiner> miner_;
  std::unique_ptr<LiveChecks> checks_;
  std::unique_ptr<Calibration> calibration_;
};

Awaitable<void> close_on(Transport& transport, Clock& clock, InstanceId instance, std::string label,
                         std::string name, std::vector<std::string>& left_open) {
  const auto why = co_await close_ours(transport, clock, instance, std::move(label));
  if (why) left_open.push_back(name + ": " + *why);
}

// On a loop of its own, since a signal has ended the run's. An instance that is still busy with
// what was asked of it closes its wallet thereafter.
std::vector<std::string> close_wallets(const OpenWalletLabels& open_on, const Endpoints& rpc,
                                       const http::Access& access) {
  std::vector<std::string> left_open;
  RealLoop loop;
  RealClock clock(loop.get_executor());
  http::RpcTransport transport(loop.get_executor(), clock, rpc, http::TransportLimits(), access);
  for (const auto& [instance, label] : open_on)
    boost::asio::co_spawn(
        loop, close_on(transport, clock, instance, label, rpc[instance].to_string(), left_open),
        rethrow);
  loop.run();
  return left_open;
}

}  // namespace

CalibrateOutcome measure_fleet(const CalibrateCommand& command, const http::Access& access,
                               std::ostream& err) {
  OpenWalletLabels open_on;
  CalibrateOutcome outcome = CalibrateRun(command, access, err).measure(open_on);
  if (!open_on.empty()) outcome.left_open = close_wallets(open_on, command.rpc, access);
  return outcome;
}

}  // namespace escrowstorm::sim
