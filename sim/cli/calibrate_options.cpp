#include "sim/cli/calibrate_options.hpp"

#include <CLI/CLI.hpp>

#include "sim/cli/parse_arguments.hpp"
#include "sim/report/wording.hpp"
#include "sim/world/rpc_urls.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* calibrate_name = "escrowstorm calibrate";

constexpr std::uint64_t calibrate_rounds_max = 10'000;

constexpr const char* calibrate_about =
    "Measures how long the calls of a fleet of wallet RPCs take, and writes a latency profile: a\n"
    "scenario that names it (\"fleet\": {\"latency\": \"mine.json\"}) runs on a mock as fast as "
    "that\n"
    "fleet. Then plays the same calls on the mock and prints both side by side.\n";

constexpr const char* calibrate_notes = R"(Examples:
  escrowstorm calibrate --out mine.json \
      --rpc http://127.0.0.1:38083 --rpc http://127.0.0.1:38084 --rpc http://127.0.0.1:38085
                            a fleet on stagenet or testnet: all calls that need no money
  escrowstorm calibrate --out mine.json --rpc ... --rpc ... --rpc ... \
      --daemon http://127.0.0.1:18081
                            a fleet on regtest: deposits and payouts too
  escrowstorm calibrate --out mine.json --rounds 100 --rpc ...
                            long enough for a p99 of all methods
  escrowstorm run x.json --set fleet.latency=mine.json
  escrowstorm ablate x.json --set fleet.latency=mine.json

What it does to the fleet: it sets up escrows of its own, one call at a time, on three instances and
then on the next three, and leaves their wallet files behind; their names begin with a text that no
other run has, which is printed. It touches no wallet that is there already: an instance with one
open is refused. Keep others away while it runs, also from the machine: what disturbs it is in the
profile. It leaves no wallet open.

Exit status:
    0  the profile is written
    2  bad usage
    6  an RPC or the daemon can't be reached, is not fit, or failed
  130  interrupted; no profile is written, or it was before
    1  a failure of our own: a file that can't be written
)";

struct RawCalibrate {
  std::vector<std::string> rpc;
  std::string daemon, out;
  CalibrateCommand command;
};

void add_options(CLI::App& app, RawCalibrate& raw) {
  CalibrateCommand& command = raw.command;
  app.add_option("--rpc", raw.rpc, "A wallet RPC; at least three times")
      ->type_name("URL")
      ->allow_extra_args(false);
  app.add_option("--daemon", raw.daemon,
                 "The regtest monerod of these wallet RPCs, which mines money for them")
      ->type_name("URL");
  add_access_flags(app, command.access, "the --rpc and --daemon");
  app.add_option("--out", raw.out, "The profile; replaced when it is there")
      ->type_name("FILE.json");
  app.add_option("--rounds", command.rounds,
                 "Escrows that are set up, each three samples of most methods, one of "
                 "submit_multisig: 10 are enough for a p90 of all, 100 for a p99")
      ->type_name("N")
      ->check(CLI::Range(std::uint64_t{1}, calibrate_rounds_max))
      ->capture_default_str();
  app.add_flag("--allow-mainnet", command.allow_mainnet, "Let it use wallet RPCs of mainnet");
  app.add_flag("--allow-unknown-version", command.allow_unknown_version,
               "Let it use wallet RPCs of an unknown version");
  app.add_flag("--json", command.json, "Print the result as JSON and nothing else to stdout");
  app.add_flag("--quiet", command.quiet, "No progress");
}

void read_out(const std::string& out, CalibrateCommand& command,
              std::vector<std::string>& complaints) {
  if (out.empty()) {
    complaints.emplace_back("--out FILE.json is missing");
  } else if (!out.ends_with(".json")) {
    complaints.push_back("--out " + printable(out) +
                         ": expected a name that ends in .json, as scenarios know a profile's "
                         "path from a name");
  }
  command.out = out;
}

std::variant<CalibrateCommand, Answered> command_of(RawCalibrate raw, const CLI::App& app) {
  CalibrateCommand command = std::move(raw.command);
  std::vector<std::string> complaints;
  read_out(raw.out, command, complaints);
  auto rpc = read_rpc_urls(raw.rpc);
  if (const auto* wrong = std::get_if<std::vector<std::string>>(&rpc)) {
    for (const std::string& what : *wrong) complaints.push_back("--rpc: " + what);
  } else {
    command.rpc = std::get<std::vector<http::Endpoint>>(std::move(rpc));
  }
  if (app.count("--daemon") > 0) {
    auto daemon = read_different_urls({raw.daemon});
    if (const auto* wrong = std::get_if<std::vector<std::string>>(&daemon))
      complaints.push_back("--daemon " + wrong->front());
    else
      command.daemon = std::get<std::vector<http::Endpoint>>(std::move(daemon)).front();
  }
  if (!complaints.empty()) return refused_usage(complaints, calibrate_name);
  return command;
}

}  // namespace

std::variant<CalibrateCommand, Answered> read_calibrate_options(
    std::vector<std::string> arguments) {
  CLI::App app(calibrate_about, calibrate_name);
  app.footer(calibrate_notes);
  RawCalibrate raw;
  add_options(app, raw);
  if (auto answered = parse_arguments(app, std::move(arguments), calibrate_name))
    return std::move(*answered);
  return command_of(std::move(raw), app);
}

}  // namespace escrowstorm::sim
