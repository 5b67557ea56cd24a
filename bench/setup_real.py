#!/usr/bin/env python3
"""What an escrow's set-up takes on real wallet RPCs, beside a plain script that makes the same calls
one after the other.

  bench/setup_real.py [ESCROWS...]     default 1 3; needs the target escrowstorm, monerod and
                                       monero-wallet-rpc

Both get three instances for each escrow, new ones for each run; runs are interleaved, medians
reported. Their start does not count as time, but does as CPU: what all programs were on a core for.
"""
import collections
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from programs import HOST, Programs, wait_for

ROUNDS = 3
ROOT = pathlib.Path(__file__).resolve().parent.parent
DAEMON_PORT = 21300
OPENS = ("create_wallet", "open_wallet")


class Fleet(Programs):
    def __init__(self, instances):
        super().__init__()
        self.called = collections.Counter()
        self.daemon = f"{HOST}:{DAEMON_PORT}"
        self.ports = [DAEMON_PORT + 1 + i for i in range(instances)]

    def __enter__(self):
        try:
            self.monerod(DAEMON_PORT)
            started = [self.wallet_rpc(port, "--daemon-address", self.daemon, "--trusted-daemon",
                                       "--daemon-ssl", "disabled") for port in self.ports]
            for port, process in zip(self.ports, started):
                wait_for(port, process)
        except BaseException:
            self.__exit__()
            raise
        return self

    def call(self, instance, method, **params):
        self.called[method] += 1
        body = json.dumps({"jsonrpc": "2.0", "id": "0", "method": method, "params": params})
        request = urllib.request.Request(f"http://{HOST}:{self.ports[instance]}/json_rpc",
                                         data=body.encode())
        answer = json.load(urllib.request.urlopen(request, timeout=120))
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]


def others(messages, own):
    return [message for role, message in enumerate(messages) if role != own]


def check(fleet, instance, wallet):
    """Its address, when it is whose it should be and ready."""
    if fleet.call(instance, "get_attribute", key="wallet")["value"] != wallet:
        raise RuntimeError("another wallet is open")
    state = fleet.call(instance, "is_multisig")
    if not state["ready"] or (state["threshold"], state["total"]) != (2, 3):
        raise RuntimeError(f"not ready: {state}")
    return fleet.call(instance, "get_address")["address"]


def set_up(fleet, escrow):
    """As a plain script does it: each call when the one before has ended."""
    roles = range(3)
    at = [3 * escrow + role for role in roles]
    wallets = [f"plain_{escrow}_{role}" for role in roles]
    for role in roles:
        fleet.call(at[role], "create_wallet", filename=wallets[role], password="",
                   language="English")
        fleet.call(at[role], "set_attribute", key="wallet", value=wallets[role])
        fleet.call(at[role], "store")
        fleet.call(at[role], "get_attribute", key="wallet")
    said = [fleet.call(instance, "prepare_multisig", enable_multisig_experimental=True)
            ["multisig_info"] for instance in at]
    said = [fleet.call(at[role], "make_multisig", multisig_info=others(said, role), threshold=2,
                       password="")["multisig_info"] for role in roles]
    for _ in range(2):
        said = [fleet.call(at[role], "exchange_multisig_keys", multisig_info=others(said, role),
                           password="")["multisig_info"] for role in roles]
    addresses = set()
    for role in roles:
        addresses.add(check(fleet, at[role], wallets[role]))
        fleet.call(at[role], "store")
        fleet.call(at[role], "close_wallet")
    if len(addresses) != 1:
        raise RuntimeError("the three do not agree")


def plain(escrows):
    """Seconds, and calls by method."""
    with Fleet(3 * escrows) as fleet:
        began = time.monotonic()
        for escrow in range(escrows):
            set_up(fleet, escrow)
        return time.monotonic() - began, fleet.called


def escrowstorm(escrows):
    with tempfile.TemporaryDirectory(prefix="escrowstorm-bench-") as folder:
        program = ROOT / "build/release/bin/escrowstorm"
        run = subprocess.run([program, "run", ROOT / "scenarios/storms/first.json", "--world",
                              "regtest", "--escrows", str(escrows), "--quiet", "--out", folder,
                              # on a machine that others use, its time is no failure
                              "--set", 'thresholds=["escrows.failed == 0"]'],
                             capture_output=True, text=True)
        if run.returncode != 0:
            raise RuntimeError(f"escrowstorm ended with {run.returncode}: {run.stderr}")
        summary = json.loads((pathlib.Path(folder) / "summary.json").read_text())
    called = collections.Counter({method: seen["count"] for method, seen in summary["rpc"].items()})
    return summary["makespan_ms"] / 1000, called


def measured(way, escrows):
    """Seconds, CPU seconds of the programs that ended, calls by method."""
    def cpu():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime
    before = cpu()
    seconds, called = way(escrows)
    return seconds, cpu() - before, called


def row(escrows):
    runs = {plain: [], escrowstorm: []}
    for _ in range(ROUNDS):
        for way, done in runs.items():
            done.append(measured(way, escrows))
    cells = []
    for figure in (lambda run: run[0], lambda run: run[1],
                   lambda run: sum(run[2][method] for method in OPENS)):
        script, ours = (statistics.median(figure(run) for run in done) / escrows
                        for done in runs.values())
        cells += [f"{script:.2f}", f"{ours:.2f}", f"{ours / script:.2f}"]
    print(f"| {escrows} | {' | '.join(cells)} |", flush=True)
    (*_, script), (*_, ours) = (done[0] for done in runs.values())
    for method in sorted(set(script) | set(ours)):
        if script[method] != ours[method]:
            print(f"not the same calls: {method} {script[method]} times by the script, "
                  f"{ours[method]} times by escrowstorm", file=sys.stderr)


def main():
    arguments = sys.argv[1:]
    if not all(argument.isdigit() and int(argument) > 0 for argument in arguments):
        sys.exit(__doc__.strip())
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n\n"
          "| escrows | s/escrow, script | escrowstorm | ratio | CPU s/escrow, script "
          "| escrowstorm | ratio | opens/escrow, script | escrowstorm | ratio |\n"
          "|---|---|---|---|---|---|---|---|---|---|")
    for escrows in [int(argument) for argument in arguments] or [1, 3]:
        row(escrows)


if __name__ == "__main__":
    main()
