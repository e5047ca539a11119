"""Bots and server as fresh processes, each on its core, and the processor time they used."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path

from benchmarks.cores import CORES
from benchmarks.server_side import Server

TICK = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 10
REST_SECONDS = 0.5
REST_PATIENCE_SECONDS = 20.0

Child = subprocess.Popen[str]


@contextmanager
def serving() -> Iterator[Server]:
    """Run the fake Bot API."""
    child = launch([sys.executable, "-m", "benchmarks.server"], {}, CORES.server)
    try:
        assert child.stdout is not None
        yield Server(f"http://127.0.0.1:{int(child.stdout.readline())}")
    finally:
        end(child)


def launch(
    command: Sequence[str],
    told: Mapping[str, str],
    cores: Set[int] = CORES.bot,
    *,
    quiet: bool = False,
) -> Child:
    """Start a process on its core; ``quiet`` throws away what it says."""
    child = subprocess.Popen(
        command,
        env=_installed() | dict(told),
        stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
        stderr=subprocess.DEVNULL if quiet else None,
        text=True,
    )
    os.sched_setaffinity(child.pid, cores)  # threads that it starts later stay there too
    return child


def _installed() -> dict[str, str]:
    """Return the environment without settings of ours, where byte code is kept as once installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


def end(child: Child) -> None:
    """Ask a process to end; kill it if it does not."""
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def cpu_seconds(child: Child) -> float:
    """Return the processor time of a running process so far, user and system, all threads.

    Source: proc(5), /proc/PID/stat, fields 14 and 15.
    """
    fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def rest(child: Child) -> None:
    """Wait until a process has used no processor time for half a second: its start is over."""
    patience = time.monotonic() + REST_PATIENCE_SECONDS
    before = -1.0
    while (now := cpu_seconds(child)) > before and time.monotonic() < patience:
        before = now
        time.sleep(REST_SECONDS)


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def figures(
    command: Sequence[str],
    told: Mapping[str, str] | None = None,
    cores: Set[int] = CORES.bot,
) -> dict[str, float]:
    """Run a measuring program as a process of its own; return the figures it prints."""
    child = launch(command, told or {}, cores)
    said, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} ended with status {child.returncode}")
    found: dict[str, float] = json.loads(said)
    return found
