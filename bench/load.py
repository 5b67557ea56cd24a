#!/usr/bin/env python3
"""Whether the load generator keeps its schedule, and says the latencies that others measure.

  bench/load.py [BUILD_DIR]        default build/release; needs the targets escrowstorm,
                                   mock-wallet-rpc

scenarios/storms/calls.json, a call for each of 1,000 arrivals a second, against three instances of
the mock in a process of its own. How late each call was is computed from the mock's arrival stamps
(--arrivals) and the planned times. Beside it on the same instances, with the same call: httperf,
which is open too, and h2load, which measures each call to the microsecond. Rounds are interleaved;
of each figure the median of all rounds, and of lateness the worst p99 too.
"""
import json
import pathlib
import re
import statistics
import subprocess

from programs import HOST, Programs, build_folder, wait_for

ROUNDS = 3
RATE, SECONDS, INSTANCES, FIRST_PORT = 1000, 10, 3, 21300
METHOD = "get_version"
BODY = json.dumps({"jsonrpc": "2.0", "id": "0", "method": METHOD})
SCENARIO = pathlib.Path(__file__).resolve().parent.parent / "scenarios/storms/calls.json"
PORTS = range(FIRST_PORT, FIRST_PORT + INSTANCES)


def percentiles(values):
    ordered = sorted(values)
    return [ordered[-(-len(ordered) * percent // 100) - 1] for percent in (50, 90, 99)] \
        + [ordered[-1], statistics.fmean(ordered)]


class Fleet(Programs):
    """The mock, whose arrival stamps are there once it has ended."""

    def __init__(self, build):
        super().__init__()
        self.stamps = self.folder / "arrivals"
        self.mock = self.start(str(build / "bin/mock-wallet-rpc"), "--rpc-bind-ip", HOST,
                               "--rpc-bind-port", str(FIRST_PORT), "--instances", str(INSTANCES),
                               "--seed", "1", "--rpc-ssl", "disabled", "--testnet",
                               "--arrivals", str(self.stamps))
        wait_for(PORTS[-1], self.mock)

    def arrivals(self):
        """Of each instance, in ns."""
        self.mock.terminate()
        if self.mock.wait(timeout=10) != 0:
            raise RuntimeError("the mock did not end well")
        seen = [[] for _ in PORTS]
        for line in self.stamps.read_text().splitlines():
            at, instance, method = line.split()
            if method == METHOD:
                seen[int(instance)].append(int(at))
        return seen


def ns(milliseconds):
    return round(milliseconds * 1e6)


def schedule_of(events):
    """When each call was due, and of each instance when its calls were sent and answered, in ns
    since the run began."""
    due, calls = [], [[] for _ in PORTS]
    for line in events.read_text().splitlines():
        event = json.loads(line)
        if event["phase"] == "requested":
            due.append(ns(event["t_ms"]) - ns(event.get("duration_ms", 0)))
        elif event["phase"] == "call":
            end = ns(event["t_ms"])
            calls[event["instance"]].append((end - ns(event["duration_ms"]), end))
    return due, [sorted(of_instance) for of_instance in calls]


def even(due):
    """The times that constant arrivals are to have. A trace says them a moment late, since its
    clock is looked at once more for when the event is told."""
    step = 10**9 // RATE
    begin = min(at - turn * step for turn, at in enumerate(due))
    return [begin + turn * step for turn in range(len(due))]


def between_clocks(calls, arrivals):
    """The mock's clock less the run's. Each call arrived after it was sent and before it was
    answered, which leaves some microseconds between the least and the greatest that it can be.
    The least is taken: it makes the calls as late as they may have been. Calls may overtake each
    other, so the n-th arrival is held against the n-th to be sent and the n-th to be answered."""
    pairs = []
    for of_instance, came in zip(calls, arrivals):
        starts, ends = (sorted(times) for times in zip(*of_instance))
        pairs += [(at - end, at - start) for start, end, at in zip(starts, ends, sorted(came))]
    least, greatest = max(low for low, _ in pairs), min(high for _, high in pairs)
    if least > greatest:
        raise RuntimeError("the mock's stamps and the run's events do not fit together")
    return least


def escrowstorm(build, kind):
    """Lateness by the mock's stamps, latency from sending and from when it was due; in us."""
    with Fleet(build) as fleet:
        out = fleet.folder / "out"
        urls = [part for port in PORTS for part in ("--rpc", f"http://{HOST}:{port}")]
        subprocess.run([str(build / "bin/escrowstorm"), "run", str(SCENARIO), "--world", "live",
                        *urls, "--quiet", "--out", str(out), "--set", "thresholds=[]",
                        "--set", f'storm.arrivals.kind="{kind}"'],
                       check=True, capture_output=True, cwd=fleet.folder)
        due, calls = schedule_of(out / "events.jsonl")
        # Before the storm the run asks each instance for its version, once.
        arrivals = [came[1:] for came in fleet.arrivals()]
        summary = json.loads((out / "summary.json").read_text())
    if len(due) != RATE * SECONDS or [len(c) for c in calls] != [len(a) for a in arrivals]:
        raise RuntimeError("not every call was made, or more were")
    if kind == "constant":
        due = even(due)
    offset = between_clocks(calls, arrivals)
    late = [(at - offset - due[turn * INSTANCES + instance]) / 1000
            for instance, came in enumerate(arrivals) for turn, at in enumerate(came)]
    took = [(end - start) / 1000 for of_instance in calls for start, end in of_instance]
    from_due = [summary["call_ms"][key] * 1000 for key in ("p50", "p90", "p99", "max")]
    rate = (len(late) - 1) * 1e9 / (max(map(max, arrivals)) - min(map(min, arrivals)))
    return {"rate": rate, "late": percentiles(late), "took": percentiles(took),
            "from due": from_due}


def httperf(build):
    """Open, a connection for each call, all to one instance. It tells means of latencies only, and
    not when it began: as late as the earliest of its calls counts as punctual."""
    with Fleet(build) as fleet:
        session = fleet.folder / "session"
        escaped = BODY.replace('"', '\\"')
        session.write_text(f'/json_rpc method=POST contents="{escaped}"\n')
        told = subprocess.run(
            ["httperf", "--hog", "--server", HOST, "--port", str(FIRST_PORT), "--rate", str(RATE),
             "--wsesslog", f"{RATE * SECONDS},0,{session}",
             "--add-header", "Content-Type: application/json\\n"],
            check=True, capture_output=True, text=True, cwd=fleet.folder).stdout
        came = sorted(fleet.arrivals()[0])
    mean_ms = float(re.search(r"Reply time \[ms\]: response ([0-9.]+)", told).group(1))
    behind = [at - turn * 10**9 // RATE for turn, at in enumerate(came)]
    late = [(one - min(behind)) / 1000 for one in behind]
    return {"rate": (len(came) - 1) * 1e9 / (came[-1] - came[0]), "late": percentiles(late),
            "mean": mean_ms * 1000}


def h2load(build):
    """One kept connection to one instance, a call after the other, by a script of their times."""
    with Fleet(build) as fleet:
        url = f"http://{HOST}:{FIRST_PORT}/json_rpc"
        script, body = fleet.folder / "script", fleet.folder / "body"
        script.write_text("".join(f"{turn * 1000 / RATE}\t{url}\n"
                                  for turn in range(RATE * SECONDS)))
        body.write_text(BODY)
        subprocess.run(["h2load", "--h1", "-c", "1", "-n", str(RATE * SECONDS),
                        f"--timing-script-file={script}", "-d", str(body),
                        "-H", "Content-Type: application/json", "--log-file=log"],
                       check=True, capture_output=True, cwd=fleet.folder)
        took = [int(line.split()[2]) for line in (fleet.folder / "log").read_text().splitlines()]
        came = sorted(fleet.arrivals()[0])
    return {"rate": (len(came) - 1) * 1e9 / (came[-1] - came[0]), "took": percentiles(took)}


def medians(rounds, key):
    return [statistics.median(column) for column in zip(*(one[key] for one in rounds))]


def late_row(name, rounds):
    p50, _, p99, most, _ = medians(rounds, "late")
    worst = max(one["late"][2] for one in rounds)
    rate = statistics.median(one["rate"] for one in rounds)
    print(f"| {name} | {rate:.1f} | {p50:.0f} | {p99:.0f} | {worst:.0f} | {most:.0f} |")


def took_row(name, values, reference):
    cells = [f"{value:.0f} | {value / whole:.2f}" for value, whole in zip(values, reference)]
    cells += [" | "] * (len(reference) - len(values))
    print(f"| {name} | {' | '.join(cells)} |")


def main():
    build = build_folder(__doc__)
    rounds = {name: [] for name in ("constant", "poisson", "httperf", "h2load")}
    for _ in range(ROUNDS):
        for kind in ("constant", "poisson"):
            rounds[kind].append(escrowstorm(build, kind))
        rounds["httperf"].append(httperf(build))
        rounds["h2load"].append(h2load(build))
    load = pathlib.Path("/proc/loadavg").read_text().split()[0]
    print(f"{RATE} calls a second for {SECONDS} s, {ROUNDS} rounds, load average {load}\n"
          "\n| how late a call arrives, us | calls/s | p50 | p99 | p99, worst round | max |"
          "\n|---|---|---|---|---|---|")
    for name in ("constant", "poisson"):
        late_row(f"escrowstorm, {name}", rounds[name])
    late_row("httperf", rounds["httperf"])
    reference = medians(rounds["h2load"], "took")
    print("\n| what a call takes, us | p50 | ratio | p90 | ratio | p99 | ratio | max | ratio "
          "| mean | ratio |\n|---|---|---|---|---|---|---|---|---|---|---|")
    took_row("h2load", reference, reference)
    for name in ("constant", "poisson"):
        took_row(f"escrowstorm, {name}", medians(rounds[name], "took"), reference)
        took_row("the same, from when it was due", medians(rounds[name], "from due"), reference)
    mean = statistics.median(one["mean"] for one in rounds["httperf"])
    print(f"\nhttperf, mean: {mean:.0f} us, to a tenth of a ms. "
          f"h2load made {statistics.median(one['rate'] for one in rounds['h2load']):.0f} calls/s.")


if __name__ == "__main__":
    main()
