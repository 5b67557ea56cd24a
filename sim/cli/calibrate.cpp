#include "sim/cli/calibrate.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <variant>

#include "mockrpc/version.hpp"
#include "sim/calibrate/mock_counterpart.hpp"
#include "sim/calibrate/profile_text.hpp"
#include "sim/cli/calibrate_run.hpp"
#include "sim/cli/complain.hpp"
#include "sim/report/calibration_text.hpp"
#include "sim/report/wording.hpp"
#include "sim/run/replaced_file.hpp"
#include "sim/world/wallet_rpc_versions.hpp"

namespace escrowstorm::sim {
namespace {

// Many more than on the fleet, so that what the mock's percentiles are off is not chance of few
// calls; as many as take a few seconds at most, or as on the fleet.
std::uint64_t mock_rounds(std::uint64_t rounds) {
  constexpr std::uint64_t times_as_many = 100;
  constexpr std::uint64_t some_seconds = 500;
  return std::max(rounds, std::min(rounds * times_as_many, some_seconds));
}

std::string measured_fleet_text(const CalibrateCommand& command, std::uint32_t rpc_version) {
  const auto releases = monero_releases(rpc_version);
  return counted(command.rpc.size(), "wallet RPC") + " of " +
         (releases ? "Monero " + std::string(*releases) : "version " + std::to_string(rpc_version));
}

class Calibrating {
 public:
  Calibrating(const CalibrateCommand& command, http::Access access, std::ostream& out,
              std::ostream& err)
      : command_(command), access_(std::move(access)), file_(command.out), out_(out), err_(err) {}

  ExitStatus run() {
    if (const auto unfit = file_.unfit()) return failed(*unfit);
    measured_ = measure_fleet(command_, access_, err_);
    for (const std::string& line : measured_.left_open)
      complain(err_, line + "; it may have a wallet open that close_wallet closes");
    if (measured_.interrupted) return ended_early("interrupted", ExitStatus::interrupted);
    for (const std::string& complaint : measured_.unfit) complain(err_, complaint);
    if (!measured_.unfit.empty()) return ExitStatus::world_failed;
    if (measured_.failure) return ended_early(*measured_.failure, ExitStatus::world_failed);
    return write();
  }

 private:
  ExitStatus failed(const std::string& why) {
    complain(err_, why);
    return ExitStatus::own_failure;
  }

  ExitStatus ended_early(const std::string& why, ExitStatus status) {
    complain(err_, why + "; no profile is written");
    err_ << wallets_line(measured_.wallet_prefix, measured_.rounds_begun) << std::flush;
    return status;
  }

  // It is read as a scenario would read it before it is put in its place.
  ExitStatus write() {
    const std::string fleet = measured_fleet_text(command_, measured_.rpc_version);
    const std::string label = "escrowstorm calibrate: " + fleet + ", " +
                              counted(command_.rounds, "escrow") +
                              (command_.daemon ? " with money" : "");
    if (const auto failure = file_.write(profile_text(measured_.samples, label)))
      return failed(*failure);
    const auto read =
        mockrpc::LatencyProfile::load(file_.draft().string(), mockrpc::default_version_name);
    if (const auto* wrong = std::get_if<std::string>(&read)) return failed(*wrong);
    if (const auto failure = file_.put_in_place()) return failed(*failure);

    CalibrationReport report;
    report.fleet = fleet;
    return compare(std::get<mockrpc::LatencyProfile>(read), std::move(report));
  }

  ExitStatus compare(const mockrpc::LatencyProfile& profile, CalibrationReport report) {
    MockCounterpart mock;
    mock.profile = std::filesystem::absolute(command_.out);
    mock.rpc_version = measured_.rpc_version;
    mock.rounds = mock_rounds(command_.rounds);
    mock.with_money = command_.daemon.has_value();
    const CounterpartOutcome played = play_on_mock(mock);
    if (played.failure) return failed(*played.failure);
    if (played.interrupted) {
      complain(err_, "interrupted; " + printable(command_.out.string()) +
                         " is written, and was not compared");
      err_ << wallets_line(measured_.wallet_prefix, command_.rounds) << std::flush;
      return ExitStatus::interrupted;
    }
    report.both = side_by_side(measured_.samples, played.samples, profile);
    report.rounds = command_.rounds;
    report.mock_rounds = mock.rounds;
    report.with_money = mock.with_money;
    report.profile = command_.out.string();
    report.wallet_prefix = measured_.wallet_prefix;
    if (command_.json)
      out_ << to_json(report).dump(2) << '\n' << std::flush;
    else
      out_ << calibration_table(report) << std::flush;
    return ExitStatus::pass;
  }

  const CalibrateCommand& command_;
  const http::Access access_;
  ReplacedFile file_;
  std::ostream& out_;
  std::ostream& err_;
  CalibrateOutcome measured_;
};

}  // namespace

ExitStatus run_calibrate(const CalibrateCommand& command, std::ostream& out, std::ostream& err) {
  auto access = read_access(command.access);
  if (const auto* wrong = std::get_if<std::string>(&access)) {
    complain(err, *wrong);
    return ExitStatus::bad_usage;
  }
  return Calibrating(command, std::get<http::Access>(std::move(access)), out, err).run();
}

}  // namespace escrowstorm::sim
