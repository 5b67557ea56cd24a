#include "sim/calibrate/mock_counterpart.hpp"

#include "mockrpc/version.hpp"
#include "sim/calibrate/calibration.hpp"
#include "sim/world/mock_bank.hpp"
#include "sim/world/mock_fleet.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

std::string emulated_version(std::uint32_t rpc_version) {
  std::string_view name = mockrpc::versions().front().name;
  for (const mockrpc::Version& version : mockrpc::versions())
    if (version.rpc_version <= rpc_version) name = version.name;
  return std::string(name);
}

Scenario counterpart_scenario(const MockCounterpart& what) {
  Scenario scenario;
  scenario.name = "calibrate";
  scenario.world = "virtual";
  scenario.fleet.instances = role_count;
  scenario.fleet.latency = what.profile.string();
  scenario.fleet.emulate = emulated_version(what.rpc_version);
  return scenario;
}

Awaitable<void> play_into(Calibration& calibration, Calibration::Failure& failure) {
  failure = co_await calibration.play();
}

}  // namespace

CounterpartOutcome play_on_mock(const MockCounterpart& what) {
  CounterpartOutcome outcome;
  try {
    const Scenario scenario = counterpart_scenario(what);
    const auto world = make_virtual_world(scenario, Random(scenario.seed), WorldOptions());
    ChainMiner miner(*world->chain(), network_of(scenario.fleet));
    CalibrationOptions options;
    options.rounds = what.rounds;
    options.wallet_prefix = world->wallet_prefix();
    options.miner = what.with_money ? &miner : nullptr;
    Calibration calibration(world->transport(), world->clock(), std::move(options));
    Calibration::Failure failure;
    world->run(play_into(calibration, failure), nullptr);
    outcome.interrupted = world->interrupted();
    world->abandon();
    if (failure) outcome.failure = "the mock: " + failure->what;
    outcome.samples = calibration.samples();
  } catch (const WorldError& error) {
    outcome.failure = error.what();
  }
  return outcome;
}

}  // namespace escrowstorm::sim
