#include "sim/cli/doctor.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "sim/cli/find_scenario.hpp"
#include "sim/cli/override_flags.hpp"
#include "sim/cli/parse_arguments.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/world/needs.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* command_name = "escrowstorm doctor";

constexpr const char* command_about =
    "Says what this machine has that worlds need, and whether it carries a scenario in each of\n"
    "them. Starts nothing but the two Monero programs, to ask for their versions.\n";

constexpr const char* command_notes = R"(Examples:
  escrowstorm doctor                                   for the first storm
  escrowstorm doctor scenarios/storms/thousand.json
  escrowstorm doctor x.json --set fleet.instances=5000

What a run takes of memory and disk is measured and rounded up. The worlds virtual and mock need no
Monero; live needs the wallet RPCs that --rpc names, which are asked when it is run.

Exit status:
    0  the machine carries the scenario in its own world
    2  bad usage or a bad scenario file
    6  it does not: what is missing is said, each with its remedy
)";

constexpr std::uint64_t mib = 1024 * 1024;

std::string mib_text(std::uint64_t bytes) { return std::to_string(bytes / mib) + " MiB"; }

void line(std::ostream& out, bool ok, const std::string& what) {
  out << (ok ? "ok      " : "not ok  ") << what << '\n';
}

void program_line(std::ostream& out, const std::string& name,
                  const std::optional<std::string>& version) {
  line(out, version.has_value(),
       name + ": " +
           (version ? printable(*version)
                    : "not found or silent, and only regtest needs it: apt-get install "
                      "monero, or give --monero-bin DIR"));
}

void tell(const Machine& machine, std::ostream& out) {
  line(out, machine.descriptors > 0, "descriptors: " + std::to_string(machine.descriptors));
  line(out, machine.memory_bytes > 0, "memory: " + mib_text(machine.memory_bytes) + " available");
  line(out, machine.cores > 0, "cores: " + std::to_string(machine.cores));
  line(out, machine.ephemeral_ports > 0,
       "ports: " + std::to_string(machine.ephemeral_ports) + " that the system gives out, " +
           std::to_string(machine.free_ports) + " free for programs");
  const std::string scratch = "scratch disk: " + printable(machine.scratch.string()) + ": ";
  line(out, machine.scratch_bytes.has_value(),
       scratch + (machine.scratch_bytes ? mib_text(*machine.scratch_bytes) + " left"
                                        : "cannot be written: set TMPDIR to a folder that can"));
  program_line(out, "monerod", machine.monerod);
  program_line(out, "monero-wallet-rpc", machine.wallet_rpc);
}

}  // namespace

std::vector<std::string> missing(const Machine& machine, const Scenario& scenario,
                                 std::string_view world) {
  const Needs needs = needs_of(scenario, world);
  std::vector<std::string> all;
  const auto lacks = [&](std::uint64_t has, std::uint64_t needed, const std::string& what,
                         const std::string& remedy, bool bytes = false) {
    if (has >= needed) return;
    const auto text = [&](std::uint64_t n) { return bytes ? mib_text(n) : std::to_string(n); };
    all.push_back(text(needed) + " " + what + " needed, there are " + text(has) + ": " + remedy);
  };
  const std::string fewer =
      "take fewer instances or escrows at once (fleet.instances, "
      "storm.concurrency)";
  lacks(machine.descriptors, needs.descriptors, "descriptors", "ulimit -Hn, or " + fewer);
  lacks(machine.memory_bytes, needs.memory_bytes, "of memory", fewer, true);
  lacks(world == "regtest" ? machine.free_ports : machine.ephemeral_ports, needs.ports, "ports",
        fewer);
  if (needs.scratch_bytes > 0)
    lacks(machine.scratch_bytes.value_or(0), needs.scratch_bytes,
          "on " + printable(machine.scratch.string()),
          "make room, or set TMPDIR to a folder on another disk", true);
  if (needs.monero && !(machine.monerod && machine.wallet_rpc))
    all.push_back(
        "monerod and monero-wallet-rpc needed: apt-get install monero, or give "
        "--monero-bin DIR");
  if (!scenario.faults.empty() && !find_world(world)->has_mock_fleet)
    all.push_back("the scenario has faults, which this world can't have: --world virtual or mock");
  if (world == "live" && scenario.needs_money())
    all.push_back("the scenario has money, which this world has not: another world");
  return all;
}

std::variant<DoctorCommand, Answered> read_doctor_options(std::vector<std::string> arguments) {
  CLI::App app(command_about, command_name);
  app.footer(command_notes);
  DoctorCommand command;
  OverrideFlags flags;
  std::string scenario, monero_bin;
  app.add_option("SCENARIO", scenario, "Scenario file (default scenarios/storms/first.json)");
  add_override_flags(app, flags);
  app.add_option("--monero-bin", monero_bin, "Folder of monerod and monero-wallet-rpc")
      ->type_name("DIR");
  if (auto answered = parse_arguments(app, std::move(arguments), command_name))
    return std::move(*answered);
  auto overrides = overrides_of(flags, app);
  if (const auto* wrong = std::get_if<std::string>(&overrides))
    return refused_usage(*wrong, command_name);
  command.overrides = std::get<std::vector<Override>>(std::move(overrides));
  if (app.count("SCENARIO") > 0) command.scenario = scenario;
  if (app.count("--monero-bin") > 0) command.monero_bin = monero_bin;
  return command;
}

ExitStatus run_doctor(const DoctorCommand& command, std::ostream& out, std::ostream& err) {
  auto read = load_scenario(find_scenario(command.scenario), command.overrides);
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    for (const std::string& error : *errors) err << error << '\n';
    return ExitStatus::bad_usage;
  }
  const auto& scenario = std::get<Scenario>(read);
  const Machine machine = look_at_machine(command.monero_bin);
  tell(machine, out);
  ExitStatus status = ExitStatus::pass;
  for (const WorldKind& world : worlds()) {
    const std::vector<std::string> lacking = missing(machine, scenario, world.name);
    const bool own = world.name == scenario.world;
    const std::string what =
        scenario.name + " on " + std::string(world.name) + (own ? ", its own world" : "");
    if (lacking.empty()) line(out, true, what);
    for (const std::string& one : lacking) line(out, false, what + ": " + one);
    if (own && !lacking.empty()) status = ExitStatus::world_failed;
  }
  out << std::flush;
  return status;
}

}  // namespace escrowstorm::sim
