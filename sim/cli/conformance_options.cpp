#include "sim/cli/conformance_options.hpp"

#include <CLI/CLI.hpp>

#include "sim/cli/parse_arguments.hpp"
#include "sim/report/wording.hpp"
#include "sim/world/rpc_urls.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* command_name = "escrowstorm conformance";

constexpr const char* about =
    "Plays transcripts - sessions recorded from a real monero-wallet-rpc - against any fleet of\n"
    "wallet RPCs, mock or real, and prints each answer that is not the recorded one.\n";

constexpr const char* notes = R"(Examples:
  escrowstorm conformance tests/data/transcripts \
      --rpc http://127.0.0.1:18083 --rpc http://127.0.0.1:18084 --rpc http://127.0.0.1:18085 \
      --daemon http://127.0.0.1:18081
                            all that were recorded from the fleet's version
  escrowstorm conformance tests/data/transcripts/0.18.5.1/wallet-files.json --rpc ...
                            one of them, whatever version the fleet is

What it does to the fleet: it makes wallets of its own and leaves their files behind; their names
end with a text that no other run has, which is printed. It touches no wallet that is there
already: an instance with one open is refused. It moves no money but what --daemon mines for it,
which only a regtest monerod does; a chain of less than 100 blocks is made that long first.

The form of a transcript: tests/data/transcripts/README.md

Exit status:
    0  every transcript passed
    3  there were differences
    2  bad usage, a bad transcript, or too little given to play it
    6  an RPC or the daemon can't be reached, or is not fit
  130  interrupted
    1  a failure of our own
)";

struct RawOptions {
  std::vector<std::string> transcripts;
  std::vector<std::string> rpc;
  std::string daemon;
  AccessFlags access;
  std::string wallet_dir;
  std::string json;
  bool quiet = false;
};

void add_options(CLI::App& app, RawOptions& raw) {
  app.add_option("DIR", raw.transcripts,
                 "A folder of transcripts, DIR/*.json or DIR/<version>/*.json, or a file; several "
                 "may be named")
      ->required();
  app.add_option("--rpc", raw.rpc,
                 "A wallet RPC; once for each instance that a transcript needs, in their order")
      ->type_name("URL")
      ->allow_extra_args(false);
  app.add_option("--daemon", raw.daemon,
                 "The regtest monerod of these wallet RPCs, for transcripts with money")
      ->type_name("URL");
  add_access_flags(app, raw.access, "the --rpc and --daemon");
  app.add_option("--wallet-dir", raw.wallet_dir,
                 "The wallet folder as the instances name it in their errors; they are asked for "
                 "it when it is not given")
      ->type_name("DIR");
  app.add_option("--json", raw.json, "Write the result to this file too")->type_name("FILE");
  app.add_flag("--quiet", raw.quiet, "No progress");
}

// The endpoints, or none with the complaints added.
std::vector<http::Endpoint> endpoints_of(const std::string& option,
                                         const std::vector<std::string>& urls,
                                         std::vector<std::string>& complaints) {
  auto read = read_different_urls(urls);
  if (auto* endpoints = std::get_if<std::vector<http::Endpoint>>(&read))
    return std::move(*endpoints);
  for (const std::string& complaint : std::get<std::vector<std::string>>(read))
    complaints.push_back(option + " " + complaint);
  return {};
}

std::variant<ConformanceCommand, Answered> command_of(RawOptions raw, const CLI::App& app) {
  ConformanceCommand command;
  std::vector<std::string> complaints;
  if (raw.rpc.empty()) complaints.emplace_back("--rpc URL is missing");
  command.rpc = endpoints_of("--rpc", raw.rpc, complaints);
  if (app.count("--daemon") > 0) {
    const auto daemon = endpoints_of("--daemon", {raw.daemon}, complaints);
    if (!daemon.empty()) command.daemon = daemon.front();
  }
  if (!complaints.empty()) return refused_usage(complaints, command_name);
  command.access = std::move(raw.access);
  command.transcripts.assign(raw.transcripts.begin(), raw.transcripts.end());
  if (app.count("--wallet-dir") > 0) command.wallet_dir = raw.wallet_dir;
  if (app.count("--json") > 0) command.json = raw.json;
  command.quiet = raw.quiet;
  return command;
}

}  // namespace

std::variant<ConformanceCommand, Answered> read_conformance_options(
    std::vector<std::string> arguments) {
  CLI::App app(about, command_name);
  app.footer(notes);
  RawOptions raw;
  add_options(app, raw);
  if (auto answered = parse_arguments(app, std::move(arguments), command_name))
    return std::move(*answered);
  return command_of(std::move(raw), app);
}

}  // namespace escrowstorm::sim
