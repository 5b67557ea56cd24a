// What the virtual world costs, beside its limit: a bare priority queue with as many events, and
// beside the other ways to run the same set-ups. Each row runs in a process of its own, one after
// the other, so that memory is its own; CPU is user and system time. Prints Markdown.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <queue>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/rethrow.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/run/storm_run.hpp"
#include "sim/trace/trace_writer.hpp"
#include "sim/virtual/virtual_clock.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

// What a row is made of; zeros: does not apply.
struct Figures {
  double cpu_s = 0;
  double virtual_s = 0;
  std::uint64_t calls = 0;
  std::uint64_t steps = 0;
  std::uint64_t grown_bytes = 0;
};

struct Usage {
  double cpu_s;
  std::uint64_t peak_bytes;
};

Usage usage() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return {seconds(used.ru_utime) + seconds(used.ru_stime),
          static_cast<std::uint64_t>(used.ru_maxrss) * 1024};
}

// Adds what the work takes to the figures that it answers.
Figures measured(const std::function<Figures()>& work) {
  const Usage before = usage();
  Figures figures = work();
  const Usage after = usage();
  figures.cpu_s = after.cpu_s - before.cpu_s;
  figures.grown_bytes = after.peak_bytes - before.peak_bytes;
  return figures;
}

Figures in_a_process(const std::function<Figures()>& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  std::cout.flush();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    const Figures figures = measured(work);
    const bool told = ::write(ends[1], &figures, sizeof figures) == sizeof figures;
    ::_exit(told ? 0 : 1);
  }
  ::close(ends[1]);
  Figures figures;
  const bool told = ::read(ends[0], &figures, sizeof figures) == sizeof figures;
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!told || status != 0) throw std::runtime_error("a row ended early");
  return figures;
}

// The least of several runs, since others use the machine too.
Figures best(int runs, const std::function<Figures()>& work) {
  Figures best = in_a_process(work);
  for (int i = 1; i < runs; ++i)
    if (Figures next = in_a_process(work); next.cpu_s < best.cpu_s) best = next;
  return best;
}

Scenario storm_of(std::uint32_t escrows) {
  Scenario scenario;
  scenario.name = "bench";
  scenario.fleet.instances = 3 * escrows;
  scenario.fleet.cores = escrows;
  scenario.storm.escrows = escrows;
  return scenario;
}

// As `escrowstorm run` does it: with trace, invariants and ledger.
Figures storm(const Scenario& scenario, WorldOptions options) {
  const ScratchDir scratch;
  options.scratch = scratch.path();
  TraceWriter trace(scratch.path() / "events.jsonl");
  const WorldKind& kind = *find_world(scenario.world);
  RunWatch watch(scenario, kind.has_mock_fleet);
  options.ledger = &watch.ledger;
  options.faults = &watch.faults;
  const auto world = kind.make(scenario, Random(scenario.seed), options);
  StormRun run(scenario, *world, watch, {&trace});
  run.run([] {});
  const Summary seen = run.summary(trace.digest().hex());
  if (seen.escrows.ready != scenario.storm.escrows) throw std::runtime_error("not all are ready");
  Figures figures;
  for (const MethodSummary& method : seen.rpc) figures.calls += method.took.count;
  figures.virtual_s = to_ms(seen.makespan) / 1000;
  figures.steps = world->steps();
  return figures;
}

Figures virtual_storm(std::uint32_t escrows, bool as_bytes) {
  Scenario scenario = storm_of(escrows);
  scenario.world = "virtual";
  WorldOptions options;
  options.wire_faithful = as_bytes;
  return storm(scenario, options);
}

// Over sockets, without latency; never more at once than there are ports for.
Figures mock_storm(std::uint32_t escrows) {
  constexpr std::uint32_t at_once = 1000;
  Scenario scenario = storm_of(at_once);
  scenario.world = "mock";
  scenario.fleet.latency = "none";
  scenario.storm.escrows = escrows;
  scenario.storm.concurrency = at_once;
  Figures figures = storm(scenario, WorldOptions());
  figures.virtual_s = 0;
  return figures;
}

// So many things that are always about to happen, one at a time and each a while after its last.
constexpr std::uint64_t while_max_ns = 1'000'000'000;

Figures bare_queue(std::uint64_t at_once, std::uint64_t events) {
  using Event = std::pair<std::uint64_t, std::uint64_t>;  // when, and its number
  std::priority_queue<Event, std::vector<Event>, std::greater<>> queue;
  RandomStream random(1);
  std::uint64_t number = 0;
  while (number < at_once) queue.emplace(random.below(while_max_ns), number++);
  for (std::uint64_t done = 0; done < events; ++done) {
    const std::uint64_t now = queue.top().first;
    queue.pop();
    queue.emplace(now + random.below(while_max_ns), number++);
  }
  Figures figures;
  figures.steps = events;
  return figures;
}

constexpr std::uint64_t calls_of_role = 16;

Awaitable<void> one_call(Clock& clock, Duration takes) {
  const TimePoint over = clock.now() + takes;
  co_await clock.sleep_until(over);
}

Awaitable<void> one_role(Clock& clock, RandomStream& random) {
  for (std::uint64_t i = 0; i < calls_of_role; ++i) {
    const Duration takes(static_cast<Duration::rep>(1 + random.below(while_max_ns)));
    co_await one_call(clock, takes);
  }
}

// Scheduler and coroutines alone: what sleeps as often as the escrows call, and does nothing else.
Figures sleepers(std::uint64_t escrows) {
  VirtualLoop loop(find_scheduler("fifo")->make(RandomStream(1), choices_without_end));
  VirtualClock clock(loop);
  RandomStream random(1);
  for (std::uint64_t i = 0; i < 3 * escrows; ++i)
    boost::asio::co_spawn(loop.for_escrow(i / 3), one_role(clock, random), rethrow);
  loop.run();
  Figures figures;
  figures.calls = 3 * escrows * calls_of_role;
  figures.steps = loop.steps();
  figures.virtual_s = to_ms(loop.now() - TimePoint()) / 1000;
  return figures;
}

std::string number(double value, int places = 0) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

void row(const std::string& name, const Figures& f, std::uint64_t escrows) {
  const auto shown = [](bool applies, const std::string& text) { return applies ? text : "-"; };
  const auto steps = static_cast<double>(f.steps);
  const auto calls = static_cast<double>(f.calls);
  std::cout << "| " << name << " | " << number(f.cpu_s, 3) << " | "
            << shown(f.calls > 0, number(calls / f.cpu_s / 1000)) << " | "
            << shown(f.steps > 0, number(steps / 1000)) << " | "
            << shown(f.steps > 0, number(f.cpu_s * 1e9 / steps)) << " | "
            << number(static_cast<double>(f.grown_bytes) / static_cast<double>(escrows)) << " | "
            << shown(f.virtual_s > 0, number(f.virtual_s / f.cpu_s, 1)) << " |\n";
}

void table(std::uint32_t escrows, int runs) {
  const std::uint64_t roles = 3ull * escrows;
  const Figures values = best(runs, [&] { return virtual_storm(escrows, false); });
  const Figures bytes = best(runs, [&] { return virtual_storm(escrows, true); });
  const Figures mock = best(1, [&] { return mock_storm(escrows); });
  const Figures steps = best(runs, [&] { return bare_queue(roles, values.steps); });
  const Figures alone = best(runs, [&] { return sleepers(escrows); });
  const Figures sleeps = best(runs, [&] { return bare_queue(roles, alone.calls); });

  std::cout << "\n| " << escrows
            << " escrows at once | CPU s | 1000 calls/s | 1000 steps | ns/step | bytes/escrow | "
               "virtual s per s |\n|---|---|---|---|---|---|---|\n";
  row("virtual world", values, escrows);
  row("the same, wire-faithful", bytes, escrows);
  row("mock world, 1000 at once", mock, escrows);
  row("bare queue, as many steps", steps, escrows);
  row("scheduler and coroutines alone", alone, escrows);
  row("bare queue, as many sleeps", sleeps, escrows);
  std::cout << "\nScheduler and coroutines alone: " << number(alone.cpu_s / sleeps.cpu_s, 1)
            << " times the bare queue. Virtual world: " << number(values.cpu_s / steps.cpu_s, 1)
            << " times the bare queue of as many steps.\n";
}

}  // namespace
}  // namespace escrowstorm::sim

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::atoi(argv[1]) : 5;
  if (argc > 2 || runs < 1) {
    std::cerr << "usage: virtual_bench [runs, of which the least counts; 5]\n";
    return 2;
  }
  for (const std::uint32_t escrows : {1000u, 10'000u}) escrowstorm::sim::table(escrows, runs);
  return 0;
}
