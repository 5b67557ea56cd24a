// How far set-ups are from the least possible time, in virtual time with the measured profile, and
// what the rest goes to. bench/README.md says how to read it. Prints Markdown.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "bench/setup_storm.hpp"
#include "sim/process/scratch_dir.hpp"

namespace escrowstorm::bench {
namespace {

std::string number(double value, int places) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

std::string seconds(Duration d) { return number(to_ms(d) / 1000, 2); }

std::string percent(Duration part, Duration whole) {
  return number(100 * to_ms(part) / to_ms(whole), 0);
}

// One for each seed, the best first.
std::vector<MeasuredStorm> run_seeds(StormToRun storm, std::uint64_t seeds) {
  std::vector<MeasuredStorm> runs;
  for (storm.seed = 1; storm.seed <= seeds; ++storm.seed) runs.push_back(run_storm(storm));
  std::sort(runs.begin(), runs.end(),
            [](const MeasuredStorm& a, const MeasuredStorm& b) { return a.ratio() < b.ratio(); });
  return runs;
}

std::string_view limit(const LeastTime& least) {
  if (least.least() == least.chain) return "chain";
  return least.least() == least.cores ? "cores" : "instances";
}

void row(StormToRun storm, std::uint64_t seeds, const std::string& median_latency) {
  const std::vector<MeasuredStorm> runs = run_seeds(storm, seeds);
  const MeasuredStorm& run = runs[runs.size() / 2];
  storm.latency = median_latency;
  const Duration of_instances = run.makespan * storm.instances;
  std::cout << "| " << storm.escrows << " | " << storm.instances << " | " << storm.cores << " | "
            << seconds(run.makespan) << " | " << seconds(run.least.chain) << " | "
            << seconds(run.least.instances) << " | " << seconds(run.least.cores) << " | "
            << limit(run.least) << " | " << number(run.ratio(), 3) << " | "
            << number(runs.front().ratio(), 2) << " to " << number(runs.back().ratio(), 2) << " | "
            << number(run_storm(storm).ratio(), 3) << " | " << percent(run.calling, of_instances)
            << " | " << percent(run.leased - run.calling, of_instances) << " | "
            << percent(of_instances - run.leased, of_instances) << " | "
            << percent(run.computing, run.makespan * storm.cores) << " | "
            << number(to_ms(run.committing) / storm.escrows, 0) << " |\n";
}

void table(bool verify_wallet, std::uint64_t seeds, const std::string& median_latency) {
  std::cout << "\n| verify_wallet " << (verify_wallet ? "true" : "false")
            << ": escrows | instances | cores | s | chain s | instances s | cores s | greatest | "
               "over it | least to most | at medians | calling % | held % | free % | cores % | "
               "commits ms |\n|";
  for (int column = 0; column < 16; ++column) std::cout << "---|";
  std::cout << "\n";
  for (const std::uint32_t escrows : {1u, 10u, 100u, 1000u}) {
    const std::uint32_t third = (escrows + 2) / 3;
    for (const std::uint32_t trios : {escrows, third}) {
      for (const std::uint32_t cores : {3 * trios, trios}) {
        StormToRun storm;
        storm.escrows = escrows;
        storm.instances = 3 * trios;
        storm.cores = cores;
        storm.verify_wallet = verify_wallet;
        row(storm, seeds, median_latency);
      }
      if (third == escrows) break;  // one fleet
    }
  }
}

// What an escrow calls, and how much of that is in its longest chain: means of a thousand.
void calls_of_an_escrow(bool verify_wallet) {
  struct Sums {
    std::uint64_t calls = 0, in_chain = 0;
    Duration takes{}, takes_in_chain{};
  };
  StormToRun storm;
  storm.escrows = 1000;
  storm.instances = storm.cores = 3000;
  storm.verify_wallet = verify_wallet;
  std::map<std::string_view, Sums> methods;
  for (const auto& [id, escrow] : run_storm(storm).escrows) {
    for (const SetupCall& call : escrow.calls()) {
      ++methods[call.method].calls;
      methods[call.method].takes += call.cost.total();
    }
    for (const std::size_t in_chain : escrow.longest_chain()) {
      const SetupCall& call = escrow.calls()[in_chain];
      ++methods[call.method].in_chain;
      methods[call.method].takes_in_chain += call.cost.total();
    }
  }
  Sums all;
  for (const auto& [method, sums] : methods) {
    all.calls += sums.calls;
    all.in_chain += sums.in_chain;
    all.takes += sums.takes;
    all.takes_in_chain += sums.takes_in_chain;
  }
  methods["all together"] = all;
  std::cout << "\n| verify_wallet " << (verify_wallet ? "true" : "false")
            << ": method | calls | ms | calls in the chain | ms in the chain |\n"
               "|---|---|---|---|---|\n";
  for (const auto& [method, sums] : methods)
    std::cout << "| " << method << " | " << number(sums.calls / 1000.0, 0) << " | "
              << number(to_ms(sums.takes) / 1000, 1) << " | " << number(sums.in_chain / 1000.0, 0)
              << " | " << number(to_ms(sums.takes_in_chain) / 1000, 1) << " |\n";
}

}  // namespace
}  // namespace escrowstorm::bench

int main(int argc, char** argv) {
  const int seeds = argc > 1 ? std::atoi(argv[1]) : 5;
  if (argc > 2 || seeds < 1) {
    std::cerr << "usage: setup_bench [seeds, of which the median run counts; 5]\n";
    return 2;
  }
  const escrowstorm::sim::ScratchDir scratch;
  const std::string median_latency = (scratch.path() / "median.json").string();
  std::ofstream(median_latency) << escrowstorm::bench::median_profile();
  for (const bool verify_wallet : {true, false}) {
    escrowstorm::bench::table(verify_wallet, static_cast<std::uint64_t>(seeds), median_latency);
    escrowstorm::bench::calls_of_an_escrow(verify_wallet);
  }
  return 0;
}
