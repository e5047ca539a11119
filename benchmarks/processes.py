"""Bots and server as fresh processes, and the processor time they used."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from benchmarks.peers.work import WORK

TICK = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 10
PATIENCE_SECONDS = 120

Child = subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Server:
    """The fake Bot API, seen from whoever measures."""

    root: str

    def load(self, token: str, count: int) -> None:
        """Let ``count`` updates wait for the bot."""
        self._ask(f"{token}/load?count={count}", data=b"")

    def first_poll(self, token: str) -> float:
        """Return the monotonic second of the bot's first getUpdates, waiting for it."""
        moment = self._ask(f"{token}/first-poll?seconds={PATIENCE_SECONDS}")
        if moment is None:
            raise RuntimeError("the bot does not poll")
        return float(str(moment))

    def answered(self, token: str, count: int) -> dict[str, Any]:
        """Wait until ``count`` updates are answered; return calls by method and the last of each."""
        path = f"{token}/answered?count={count}&seconds={PATIENCE_SECONDS}"
        done = cast("dict[str, Any]", self._ask(path))
        if done["answered"] < count:
            raise RuntimeError(f"the bot answered {done['answered']} of {count} updates")
        return done

    def _ask(self, path: str, data: bytes | None = None) -> object:
        url = f"{self.root}/bench/{path}"
        with urllib.request.urlopen(url, data, PATIENCE_SECONDS + 10) as answer:  # noqa: S310 - our own server
            said: object = json.loads(answer.read() or b"null")
        return said


@contextmanager
def serving() -> Iterator[Server]:
    """Run the fake Bot API."""
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.server"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        yield Server(f"http://127.0.0.1:{int(child.stdout.readline())}")
    finally:
        end(child)


def ours(server: Server, token: str, folder: Path) -> Child:
    """Start ``python -m bot run``, with its data in ``folder``."""
    settings = {
        "BOT_TOKEN": token,
        "BOT_API_URL": server.root,
        "BOT_DATA_DIR": str(folder),
        "BOT_LISTEN": "127.0.0.1:0",
        "BOT_SENDS_PER_SECOND": "1000",
    }
    return _start(["bot", "run"], settings)


def peer(name: str, server: Server, token: str, work: dict[str, Any] | None = None) -> Child:
    """Start a peer: "ptb" or "telebot"; without work it knows /start alone."""
    told = {WORK: json.dumps(work)} if work else {}
    return _start([f"benchmarks.peers.{name}", server.root, token], told)


def _start(module: list[str], told: dict[str, str]) -> Child:
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        env=_installed() | told,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


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


def figures(module: str, *arguments: object) -> dict[str, float]:
    """Run a measuring module as a process of its own; return the figures it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found
