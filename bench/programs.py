"""Programs that a benchmark starts, and ends again: by their process, and nothing else."""
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HOST = "127.0.44.1"  # not where anything else listens


def build_folder(usage):
    """What a benchmark's command line names, as `usage` says; or prints that, and ends."""
    arguments = sys.argv[1:]
    if arguments in (["-h"], ["--help"]):
        print(usage.strip())
        sys.exit(0)
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.exit(usage.strip())
    return pathlib.Path(arguments[0] if arguments else "build/release").resolve()


def wait_for(port, process):
    for _ in range(2400):
        try:
            socket.create_connection((HOST, port), 1).close()
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"{process.args[0]} ended with status {process.returncode}")
            time.sleep(0.05)
    raise RuntimeError(f"nobody answers on port {port}")


class Programs:
    """With a folder of their own, which goes with them."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="escrowstorm-bench-"))
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *command):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, cwd=self.folder)
        self.processes.append(process)
        return process

    def monerod(self, port):
        process = self.start(
            "monerod", "--regtest", "--offline", "--fixed-difficulty", "1", "--no-zmq", "--no-igd",
            "--check-updates", "disabled", "--data-dir", str(self.folder / "chain"),
            "--rpc-bind-ip", HOST, "--confirm-external-bind", "--rpc-bind-port", str(port),
            "--rpc-ssl", "disabled", "--disable-rpc-ban", "--non-interactive", "--log-level", "0",
            "--log-file", str(self.folder / "monerod.log"))
        wait_for(port, process)
        return process

    def wallet_rpc(self, port, *more):
        """Without waiting for it. `more`: its daemon, or --offline."""
        return self.start(
            "monero-wallet-rpc", "--rpc-bind-ip", HOST, "--confirm-external-bind",
            "--rpc-bind-port", str(port), "--disable-rpc-login", "--wallet-dir", str(self.folder),
            "--shared-ringdb-dir", str(self.folder / "ringdb"), "--rpc-ssl", "disabled", "--no-dns",
            "--disable-rpc-ban", "--non-interactive", "--log-level", "0",
            "--log-file", str(self.folder / f"wallet-rpc-{port}.log"), *more)
