#!/usr/bin/env python3
"""What a request costs on the mock's wire, beside nginx and the real wallet RPC in the same run.

  bench/wire.py [BUILD_DIR]        default build/release; needs the targets mock-wallet-rpc, wire_load

Servers are pinned to one core, the client to another; rounds are interleaved and medians reported.
CPU is the time on a core of the server's process (/proc/PID/schedstat), which is its utime + stime
at a finer grain. nginx answers a fixed body: that of the mock's own get_balance.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import urllib.request

from programs import HOST, Programs, build_folder, wait_for

ROUNDS = 5
CALL = '{"jsonrpc":"2.0","id":"0","method":"get_balance","params":{"account_index":0}}'
NGINX_PORT, MOCK_PORT, REAL_PORT, FLEET_PORT = 21080, 21100, 21090, 21200
SIZES = (30, 300, 3000, 9000)


def cpu_ns(pid):
    return sum(int((task / "schedstat").read_text().split()[0])
               for task in pathlib.Path(f"/proc/{pid}/task").iterdir())


def rss_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


def post(port, body):
    request = urllib.request.Request(f"http://{HOST}:{port}/json_rpc", data=body.encode())
    return urllib.request.urlopen(request, timeout=60).read().decode()


class Servers(Programs):
    def __init__(self, build):
        super().__init__()
        self.build = build

    def mock(self, port, instances):
        process = self.start(str(self.build / "bin/mock-wallet-rpc"), "--rpc-bind-ip", HOST,
                             "--rpc-bind-port", str(port), "--instances", str(instances),
                             "--seed", "1", "--rpc-ssl", "disabled")
        wait_for(port + instances - 1, process)
        return process.pid

    def nginx(self, body):
        escaped = body.replace("\\", "\\\\").replace('"', '\\"')
        temp = "".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in
                       ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        conf = self.folder / "nginx.conf"
        conf.write_bytes(f"""worker_processes 1; daemon off; master_process off;
pid {self.folder}/pid; error_log {self.folder}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 1000000000; keepalive_timeout 600; {temp}
server {{ listen {HOST}:{NGINX_PORT};
location / {{ default_type application/json; return 200 "{escaped}"; }} }} }}
""".encode())
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        process = self.start(program, "-c", str(conf), "-e", str(self.folder / "error.log"))
        wait_for(NGINX_PORT, process)
        return process.pid

    def real(self):
        if not shutil.which("monero-wallet-rpc"):
            return None
        process = self.wallet_rpc(REAL_PORT, "--offline")
        wait_for(REAL_PORT, process)
        return process.pid


def load(build, port, ports, connections, requests):
    command = ["taskset", "-c", "1", str(build / "bin/wire_load"), HOST, str(port), str(ports),
               str(connections), str(requests), CALL]
    _, p50, p99 = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(p50), int(p99)


def measure(build, targets, connections):
    """Rounds over all targets in turn: for each its medians of CPU, p50 and p99 in nanoseconds."""
    rows = {name: [] for name in targets}
    for name, (_, port, ports, requests) in targets.items():
        load(build, port, ports, connections, requests // 10)  # warm
    for _ in range(ROUNDS):
        for name, (pid, port, ports, requests) in targets.items():
            before = cpu_ns(pid)
            p50, p99 = load(build, port, ports, connections, requests)
            rows[name].append(((cpu_ns(pid) - before) / requests, p50, p99))
    return {name: [statistics.median(column) for column in zip(*rows[name])] for name in rows}


def report(title, rows, reference):
    print(f"\n{title}\n\n| | CPU us/request | ratio | p50 us | p99 us |\n|---|---|---|---|---|")
    for name, (cpu, p50, p99) in rows.items():
        print(f"| {name} | {cpu / 1000:.2f} | {cpu / rows[reference][0]:.2f} "
              f"| {p50 / 1000:.0f} | {p99 / 1000:.0f} |")


def each(total_kib, instances):
    """KiB, to what a page more or less of the whole process lets one tell."""
    share = total_kib / instances
    return f"{share:.2f}" if share >= 0.2 else "under 0.2"


def sizes(build):
    print("\nStart and memory\n\n| instances | CPU ms to start | us each | RSS KiB | KiB each |"
          "\n|---|---|---|---|---|")
    base = None
    for instances in (1, *SIZES):
        runs = []
        for _ in range(3):
            with Servers(build) as servers:
                pid = servers.mock(FLEET_PORT, instances)
                runs.append((cpu_ns(pid) / 1e6, rss_kib(pid)))
        cpu, rss = [statistics.median(column) for column in zip(*runs)]
        if base is None:
            base = (cpu, rss)
            print(f"| 1 | {cpu:.1f} | | {rss:.0f} | |")
            continue
        print(f"| {instances} | {cpu:.1f} | {(cpu - base[0]) * 1000 / (instances - 1):.1f} "
              f"| {rss:.0f} | {each(rss - base[1], instances - 1)} |")


def main():
    build = build_folder(__doc__)
    with Servers(build) as servers:
        mock = servers.mock(MOCK_PORT, 30)
        create = json.dumps({"method": "create_wallet",
                             "params": {"filename": "w", "language": "English"}})
        post(MOCK_PORT, create)
        for i in range(1, 30):
            post(MOCK_PORT + i, create.replace('"w"', f'"w{i}"'))
        nginx = servers.nginx(post(MOCK_PORT, CALL))
        real = servers.real()
        targets = {"nginx": (nginx, NGINX_PORT, 1, 20_000),
                   "mock, one instance": (mock, MOCK_PORT, 1, 20_000),
                   "mock, 30 instances": (mock, MOCK_PORT, 30, 20_000)}
        if real:
            post(REAL_PORT, create)
            targets["real"] = (real, REAL_PORT, 1, 500)
        for pid, *_ in targets.values():
            subprocess.run(["taskset", "-a", "-cp", "0", str(pid)], check=True, capture_output=True)
        report("get_balance, 16 connections", measure(build, targets, 16), "nginx")
        one = {name: (*target[:3], target[3] // 4) for name, target in targets.items()}
        report("get_balance, one connection", measure(build, one, 1), "nginx")
    sizes(build)


if __name__ == "__main__":
    main()
