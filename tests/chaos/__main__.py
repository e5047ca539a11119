"""``python -m tests.chaos SERIES``: one series of runs with real processes, and its figures.

What it prints: a table to read, then one line of JSON; exit status 1 if a promise did not hold.
"""

import argparse
import asyncio
import random  # noqa: TID251 - only to draw a seed, which is printed
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from tests.chaos import deletes, freezes, poison, reminders, ruin, stops, storage, workers
from tests.chaos.figures import Figures

Series = Callable[[int, int], Coroutine[Any, Any, Figures]]
SERIES: dict[str, tuple[int, Series]] = {
    "reminders": (1000, partial(reminders.figures, faults=False)),
    "reminders-faulty": (300, partial(reminders.figures, faults=True)),
    "stops": (200, stops.figures),
    "freezes": (50, freezes.figures),
    "poison": (50, poison.figures),
    "deletes": (40, deletes.figures),
    "storage": (1, storage.figures),
    "ruin": (5, ruin.figures),
    "workers": (100, partial(workers.figures, series="workers")),
    "worker-kills": (100, partial(workers.figures, series="worker-kills")),
    "worker-freezes": (50, partial(workers.figures, series="worker-freezes")),
    "postgres": (50, partial(workers.figures, series="postgres")),
}
"""Each series by name: how many runs it has unless told otherwise, and what runs them."""
HIGHEST_SEED = 2**31


def main(arguments: list[str] | None = None) -> int:
    """Run one series as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("series", choices=SERIES)
    parser.add_argument("--number", type=int, help="how many runs; each series has its own default")
    parser.add_argument("--seed", type=int, help="the same seed draws the same deaths")
    chosen = parser.parse_args(arguments)
    usual, series = SERIES[chosen.series]
    number = usual if chosen.number is None else chosen.number
    seed = random.SystemRandom().randrange(HIGHEST_SEED) if chosen.seed is None else chosen.seed
    sys.stderr.write(f"{chosen.series}: {number} runs, seed {seed}\n")
    figures = asyncio.run(series(number, seed))
    sys.stdout.write(f"{figures.table()}\n{figures.line()}\n")
    return 1 if figures.broken else 0


if __name__ == "__main__":
    sys.exit(main())
