"""The head of the report: when, where, with which versions, and who was left out."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import Size
from benchmarks.bots import node_version, own_python, python_of
from benchmarks.cores import CORES

OWN = ("python-telegram-bot", "httpx", "aiohttp", "orjson", "uvloop")
PEERS = ("pyTelegramBotAPI", "aiogram", "aiohttp", "pydantic", "APScheduler")
ASK = "import json, sys; from importlib.metadata import version as v; print(json.dumps([v(n) for n in sys.argv[1:]]))"


def head(peers: Path, size: Size, left_out: Sequence[str]) -> str:
    """Return the lines above the tables."""
    lines = [
        (
            f"{time.strftime('%Y-%m-%d', time.gmtime())}, {os.cpu_count()} cores of {_processor()}, "
            f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start"
        ),
        _python_libraries("ours and python-telegram-bot", own_python(peers), OWN),
        *_of_peers(peers),
        *_of_node(peers / "grammy" / "node_modules"),
        (
            f"medians of {size.starts} starts and {size.rounds} rounds (tapping 3, memory 2, burst 2), "
            f"cases interleaved; {CORES}"
        ),
        *left_out,
    ]
    return "\n".join([f"- {line}" for line in lines] + [""])


def _said(who: str, versions: "zip[tuple[str, str]]") -> str:
    return f"{who}: " + ", ".join(f"{name} {number}" for name, number in versions)


def _of_peers(folder: Path) -> list[str]:
    python = python_of(folder)
    return [_python_libraries("peers", python, PEERS)] if python else []


def _python_libraries(who: str, python: str, names: Sequence[str]) -> str:
    done = subprocess.run([python, "-c", ASK, *names], capture_output=True, text=True, check=True)
    alone = " (from the development environment)" if python == sys.executable else ""
    return _said(who + alone, zip(names, json.loads(done.stdout), strict=True))


def _of_node(modules: Path) -> list[str]:
    packages = ("grammy", "@grammyjs/runner")
    if not (modules / "grammy").is_dir() or not node_version():
        return []
    numbers = [
        json.loads((modules / name / "package.json").read_text())["version"] for name in packages
    ]
    done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return [
        _said(f"Node {done.stdout.strip().removeprefix('v')}", zip(packages, numbers, strict=True))
    ]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
