"""Simulates a day and prints what became of it: python -m tests.chaos.virtual --users N --seed S."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.virtual.day import RESTARTS, Day, Wishes
from tests.chaos.virtual.verdict import judge


def memory_folder() -> Path | None:
    """Return a folder in memory where there is one: a day commits a hundred thousand times."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() else None


def main() -> int:
    """Return 0 if every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--restarts", type=int, default=RESTARTS)
    parser.add_argument("--calm", action="store_true", help="no fault, restart, sleep or step")
    chosen = parser.parse_args()
    wishes = Wishes(
        chosen.users,
        chosen.seed,
        faults=not chosen.calm,
        restarts=0 if chosen.calm else chosen.restarts,
        asleep=0.0 if chosen.calm else chosen.hours / 3,
        steps=not chosen.calm,
        hours=chosen.hours,
    )
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        day = Day(Path(folder), wishes)
        day.run()
        verdict = judge(day)
    print(f"users {wishes.users} · seed {wishes.seed} · {time.monotonic() - began:.0f} s")
    for name, value in verdict.figures.items():
        print(f"  {name}: {value}")
    for sentence in verdict.wrong[:20]:
        print(f"WRONG: {sentence}")
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
