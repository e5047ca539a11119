"""python -m benchmarks: ours beside its peers, all in one run; see docs/performance.md."""

import argparse
import os
import platform
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import reading, scheduling, starting, updates
from benchmarks.processes import serving


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int
    starts: int
    updates: int
    few: int
    many: int
    messages: int


WHOLE = Size(rounds=5, starts=9, updates=4000, few=10_000, many=1_000_000, messages=2000)
QUICK = Size(rounds=1, starts=1, updates=100, few=200, many=2_000, messages=20)
LIBRARIES = ("python-telegram-bot", "pyTelegramBotAPI", "aiohttp", "httpx", "APScheduler")


def main() -> None:
    """Measure, and print each table as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that it works")
    size = QUICK if parser.parse_args().quick else WHOLE
    print(_machine(size), flush=True)
    with tempfile.TemporaryDirectory() as name, serving() as server:
        folder = Path(name)
        # the first, uncounted start of each bot fills it: later ones find byte code, as installed
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "byte-code")
        print(starting.measure(server, folder, size.starts), flush=True)
        print(updates.measure(server, folder, size.rounds, size.updates), flush=True)
        print(reading.measure(size.rounds, size.messages), flush=True)
        print(scheduling.measure(folder, size.rounds, size.few, size.many), flush=True)


def _machine(size: Size) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{time.strftime('%Y-%m-%d', time.gmtime())}, {os.cpu_count()} cores of {_processor()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n{libraries}\n"
        f"medians of {size.starts} starts and {size.rounds} rounds, cases interleaved\n"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    main()
