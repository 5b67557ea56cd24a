#include "sim/cli/scenarios.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "sim/cli/complain.hpp"
#include "sim/cli/find_scenario.hpp"
#include "sim/cli/parse_arguments.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

constexpr const char* command_name = "escrowstorm scenarios";

constexpr const char* command_about =
    "Lists the scenario files of a folder and of those in it: a line each, with the path that run\n"
    "takes and what the scenario shows.\n";

constexpr const char* command_notes = R"(Examples:
  escrowstorm scenarios                      those that ship
  escrowstorm scenarios scenarios/storms     one kind of them
  escrowstorm run scenarios/storms/hundred.json --explain
                                             what one of them does, in words

Exit status:
    0  all of them can be read
    2  bad usage, or a file is wrong: its errors are printed
)";

struct Row {
  std::string path;
  std::string about;
};

using RowOrErrors = std::variant<Row, std::vector<std::string>>;

constexpr std::size_t about_bytes_max = 1000;

RowOrErrors replay_row(const fs::path& file, std::string path) {
  auto loaded = load_replay(file);
  if (auto* errors = std::get_if<std::vector<std::string>>(&loaded)) return std::move(*errors);
  return Row{std::move(path), "for replay: it once broke " + std::get<Replay>(loaded).invariant};
}

RowOrErrors row_of(const fs::path& file, std::string path) {
  if (file.filename().string().starts_with("replay-")) return replay_row(file, std::move(path));
  auto loaded = load_scenario(file);
  if (auto* errors = std::get_if<std::vector<std::string>>(&loaded)) return std::move(*errors);
  return Row{std::move(path), std::get<Scenario>(loaded).about};
}

// The .json files below `folder`, by path; nothing when it can't be read.
std::optional<std::vector<fs::path>> json_files(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (auto each = fs::recursive_directory_iterator(folder, failed);
       !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
    std::error_code gone;
    if (each->path().extension() == ".json" && each->is_regular_file(gone))
      files.push_back(each->path());
  }
  if (failed) return std::nullopt;
  std::sort(files.begin(), files.end());
  return files;
}

void print(const std::vector<Row>& rows, std::ostream& out) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, printable(row.path).size());
  for (const Row& row : rows) {
    const std::string path = printable(row.path);
    out << path << std::string(width - path.size() + 2, ' ')
        << printable(row.about, about_bytes_max) << '\n';
  }
  out << std::flush;
}

}  // namespace

std::variant<ScenariosCommand, Answered> read_scenarios_options(
    std::vector<std::string> arguments) {
  CLI::App app(command_about, command_name);
  app.footer(command_notes);
  std::string folder;
  app.add_option("DIR", folder, "A folder of scenario files (default scenarios: those that ship)");
  if (auto answered = parse_arguments(app, std::move(arguments), command_name))
    return std::move(*answered);
  ScenariosCommand command;
  if (app.count("DIR") > 0) command.folder = folder;
  return command;
}

ExitStatus run_scenarios(const ScenariosCommand& command, std::ostream& out, std::ostream& err) {
  const fs::path folder = find_scenario(command.folder);
  const auto files = json_files(folder);
  if (!files) {
    complain(err, printable(command.folder.string()) + ": no folder that can be read");
    return ExitStatus::bad_usage;
  }
  std::vector<Row> rows;
  ExitStatus status = ExitStatus::pass;
  for (const fs::path& file : *files) {
    auto row = row_of(file, (command.folder / file.lexically_relative(folder)).string());
    if (auto* read = std::get_if<Row>(&row)) {
      rows.push_back(std::move(*read));
      continue;
    }
    for (const std::string& error : std::get<std::vector<std::string>>(row)) err << error << '\n';
    status = ExitStatus::bad_usage;
  }
  print(rows, out);
  return status;
}

}  // namespace escrowstorm::sim
