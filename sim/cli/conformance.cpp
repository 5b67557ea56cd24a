#include "sim/cli/conformance.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string_view>
#include <variant>

#include "sim/cli/complain.hpp"
#include "sim/cli/conformance_run.hpp"
#include "sim/report/wording.hpp"
#include "sim/run/run_files.hpp"
#include "sim/world/wallet_rpc_versions.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

bool uses_wallet_dir(const Transcript& transcript) {
  return std::ranges::any_of(transcript.steps, [](const TranscriptStep& step) {
    const auto* call = std::get_if<CallStep>(&step);
    return call && uses_variable(*call, wallet_dir_variable);
  });
}

// What the transcripts need and was not given, a line each.
std::vector<std::string> lacks(const ConformanceCommand& command, bool wallet_dir_known,
                               const std::vector<TranscriptFile>& files) {
  std::vector<std::string> complaints;
  for (const TranscriptFile& file : files) {
    const std::string at = printable(file.path.string()) + ": ";
    const std::size_t needed = file.transcript.instances;
    if (needed > command.rpc.size()) {
      complaints.push_back(at + "needs " + counted(needed, "instance") + ", --rpc URL was given " +
                           counted(command.rpc.size(), "time"));
    }
    if (makes_blocks(file.transcript) && !command.daemon) {
      complaints.push_back(at +
                           "makes blocks: give --daemon URL, the regtest monerod of these "
                           "wallet RPCs");
    }
    if (uses_wallet_dir(file.transcript) && !wallet_dir_known) {
      complaints.push_back(at +
                           "names the wallet folder, which the instances do not tell: give "
                           "--wallet-dir DIR");
    }
  }
  return complaints;
}

// Why the result can't be written to `file`, as far as that shows before it is there.
std::optional<std::string> unfit_for_the_result(const fs::path& file) {
  std::error_code failed;
  if (!file.has_filename() || fs::is_directory(file, failed))
    return "--json: '" + printable(file.string()) + "' names no file";
  const fs::path folder = file.parent_path();
  if (folder.empty() || fs::is_directory(folder, failed)) return std::nullopt;
  return "--json: there is no folder " + printable(folder.string()) + "; make it, or name another";
}

std::string heading(const ConformanceCommand& command, std::uint32_t version, std::size_t count) {
  const auto releases = monero_releases(version);
  return "conformance: " + counted(count, "transcript") + ", " +
         counted(command.rpc.size(), "wallet RPC") + " of version " + std::to_string(version) +
         (releases ? " (Monero " + std::string(*releases) + ")" : std::string()) + "\n";
}

std::string what_is_left(const std::string& mark, const std::string& wallet_dir) {
  const std::string where =
      wallet_dir.empty() ? "the instances' wallet folder" : printable(wallet_dir);
  return "wallets  left behind in " + where + ", with " + mark + " in their names\n";
}

ExitStatus status_of(const ConformanceRun& run, std::size_t planned) {
  if (run.lost_an_instance()) return ExitStatus::world_failed;
  return all_passed(run.played(), planned) ? ExitStatus::pass : ExitStatus::threshold_missed;
}

ExitStatus conclude(const ConformanceCommand& command, const ConformanceRun& run,
                    std::size_t planned, std::ostream& out, std::ostream& err) {
  out << conclusion(run.played(), planned) << '\n' << std::flush;
  const ExitStatus status = status_of(run, planned);
  if (command.json) {
    const auto failure = write_json(*command.json, to_json(run.played(), planned));
    if (failure) {
      complain(err, *failure);
      return ExitStatus::own_failure;
    }
  }
  if (run.lost_an_instance()) {
    complain(err,
             "what did not answer may still have a wallet open, close_wallet closes it; all others "
             "were asked to");
  }
  if (!run.interrupted()) return status;
  complain(err,
           "interrupted; wallets may still be open on the instances, close_wallet closes them");
  return ExitStatus::interrupted;
}

}  // namespace

ExitStatus run_conformance(const ConformanceCommand& command, std::ostream& out,
                           std::ostream& err) {
  const auto refuse = [&err](const std::vector<std::string>& complaints, ExitStatus status) {
    for (const std::string& complaint : complaints) complain(err, complaint);
    return status;
  };
  if (command.json) {
    if (const auto unfit = unfit_for_the_result(*command.json))
      return refuse({*unfit}, ExitStatus::bad_usage);
  }
  auto access = read_access(command.access);
  if (const auto* wrong = std::get_if<std::string>(&access))
    return refuse({*wrong}, ExitStatus::bad_usage);
  auto read = read_transcript_files(command.transcripts);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
    return refuse(*errors, ExitStatus::bad_usage);

  ConformanceRun run(command, std::get<http::Access>(std::move(access)), out, err);
  const FleetFacts facts = run.inquire();
  if (run.interrupted()) return refuse({"interrupted"}, ExitStatus::interrupted);
  if (!facts.complaints.empty()) return refuse(facts.complaints, ExitStatus::world_failed);

  auto chosen =
      for_version(std::get<std::vector<TranscriptFile>>(std::move(read)), facts.rpc_version);
  if (const auto* error = std::get_if<std::string>(&chosen))
    return refuse({*error}, ExitStatus::bad_usage);
  const auto& files = std::get<std::vector<TranscriptFile>>(chosen);
  const auto wallet_dir = command.wallet_dir ? command.wallet_dir : facts.wallet_dir;
  if (const auto complaints = lacks(command, wallet_dir.has_value(), files); !complaints.empty())
    return refuse(complaints, ExitStatus::bad_usage);

  out << heading(command, facts.rpc_version, files.size()) << std::flush;
  run.play(files, wallet_dir.value_or(""));
  out << what_is_left(run.mark(), wallet_dir.value_or(""));
  return conclude(command, run, files.size(), out, err);
}

}  // namespace escrowstorm::sim
