// The doctor: what a scenario lacks on a machine, world by world, each with its remedy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <variant>

#include "sim/cli/command_line.hpp"
#include "sim/cli/doctor.hpp"
#include "sim/world/needs.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Machine large_machine() {
  Machine machine;
  machine.descriptors = 1'000'000;
  machine.memory_bytes = std::uint64_t{64} << 30;
  machine.cores = 8;
  machine.ephemeral_ports = 28'000;
  machine.free_ports = 12'000;
  machine.scratch = "/tmp";
  machine.scratch_bytes = std::uint64_t{64} << 30;
  machine.monerod = machine.wallet_rpc = "Monero (v0.18)";
  return machine;
}

Scenario with_instances(std::uint32_t instances) {
  Scenario scenario;
  scenario.name = "a";
  scenario.fleet.instances = instances;
  scenario.storm.escrows = instances;
  return scenario;
}

TEST(Doctor, ALargeMachineCarriesASmallScenarioInEveryWorld) {
  for (const WorldKind& world : worlds())
    EXPECT_THAT(missing(large_machine(), with_instances(9), world.name), IsEmpty()) << world.name;
}

TEST(Doctor, WhatIsMissingIsSaidWithItsRemedy) {
  Machine machine = large_machine();
  machine.descriptors = 1024;
  EXPECT_THAT(missing(machine, with_instances(400), "mock"),
              ElementsAre(testing::StartsWith("1300 descriptors needed, there are 1024: ulimit")));
  EXPECT_THAT(missing(machine, with_instances(308), "mock"), IsEmpty());
  EXPECT_THAT(missing(machine, with_instances(400), "virtual"), IsEmpty());

  machine = large_machine();
  machine.memory_bytes = std::uint64_t{1} << 30;
  EXPECT_THAT(missing(machine, with_instances(30), "regtest"),
              ElementsAre(HasSubstr("MiB of memory needed, there are 1024 MiB: take fewer")));
  EXPECT_THAT(missing(machine, with_instances(30), "mock"), IsEmpty());

  machine = large_machine();
  machine.scratch_bytes.reset();
  EXPECT_THAT(missing(machine, with_instances(9), "mock"), ElementsAre(HasSubstr("set TMPDIR")));
  EXPECT_THAT(missing(machine, with_instances(9), "virtual"), IsEmpty());
  EXPECT_THAT(missing(large_machine(), with_instances(20'000), "mock"),
              ElementsAre(HasSubstr("ports needed, there are 28000")));
}

TEST(Doctor, TheRealProgramsAreNeededByRegtestOnly) {
  Machine machine = large_machine();
  machine.wallet_rpc.reset();
  EXPECT_THAT(missing(machine, with_instances(9), "regtest"),
              ElementsAre(HasSubstr("apt-get install monero")));
  EXPECT_THAT(missing(machine, with_instances(9), "mock"), IsEmpty());
}

TEST(Doctor, AWorldThatCantHaveItIsNoCarrier) {
  Scenario scenario = with_instances(9);
  scenario.faults.emplace_back().fault = "lost_reply";
  EXPECT_THAT(missing(large_machine(), scenario, "regtest"), ElementsAre(HasSubstr("has faults")));
  EXPECT_THAT(missing(large_machine(), scenario, "mock"), IsEmpty());
  Scenario money = with_instances(9);
  money.chain.emplace();
  EXPECT_THAT(missing(large_machine(), money, "live"), ElementsAre(HasSubstr("has money")));
}

TEST(Doctor, LooksAtThisMachineAndSaysALineEach) {
  std::ostringstream out, err;
  const auto command = std::get<DoctorCommand>(read_command_line(
      {"doctor", "--set", "world=virtual", "--set", "fleet.instances=3", "--escrows", "1"}));
  EXPECT_EQ(run_doctor(command, out, err), ExitStatus::pass);
  EXPECT_EQ(err.str(), "");
  for (const char* what : {"ok      descriptors: ", "ok      memory: ", "ok      cores: ",
                           "ok      ports: ", "ok      scratch disk: ", "  monerod: ",
                           "  monero-wallet-rpc: ", "ok      first on virtual, its own world\n"})
    EXPECT_THAT(out.str(), HasSubstr(what));
}

TEST(Doctor, WhatItsOwnWorldCantCarryIsItsStatus) {
  std::ostringstream out, err;
  const auto command = std::get<DoctorCommand>(
      read_command_line({"doctor", "--set", "world=mock", "--set", "fleet.instances=100000"}));
  EXPECT_EQ(run_doctor(command, out, err), ExitStatus::world_failed);
  EXPECT_THAT(out.str(), HasSubstr("not ok  first on mock, its own world: "));
}

TEST(Doctor, HelpTeachesAndABadScenarioIsBadUsage) {
  const auto help = std::get<Answered>(read_command_line({"doctor", "--help"}));
  EXPECT_THAT(help.text, HasSubstr("Exit status"));
  std::ostringstream out, err;
  EXPECT_EQ(run_doctor(DoctorCommand{"/nowhere.json", {}, {}}, out, err), ExitStatus::bad_usage);
  EXPECT_THAT(err.str(), HasSubstr("/nowhere.json: cannot be read"));
}

}  // namespace
}  // namespace escrowstorm::sim
