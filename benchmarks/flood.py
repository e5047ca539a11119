"""How long the others wait for their new screen while one person sends fifty messages a second."""

import time
from collections.abc import Iterator
from statistics import quantiles

from benchmarks.bench import Bench, interleaved
from benchmarks.bots import OURS
from benchmarks.memory_of import memory_of
from benchmarks.processes import end, rest
from benchmarks.report import Row, Table

ROUNDS = 3
SECONDS, RATE, DELAY = 60, 20, 0.05
FLOOD_RATE = 50
GOAL = 1.2  # times the same run without the flood, 99 of 100
DEFAULT_SENDS = 29
PATIENCE_SECONDS = 60.0
MEBIBYTE = 1 << 20
METHOD = "editMessageText"
PARTS = ("half of them", "99 of 100")
CASES = {"alone": False, "beside a flood": True}

NOTES = (
    (
        f"{RATE} taps a second of many people for {SECONDS} s, each answer of the server "
        f"{DELAY * 1000:g} ms late; beside them one chat that sends {FLOOD_RATE} messages a second."
    ),
    "By the server's clock, as in the table of taps. Growth: memory (RSS) from the rest before to the rest after.",
)
Once = tuple[list[float], float]


def measure(bench: Bench) -> Iterator[Table]:
    """Let the same taps come alone and beside a flood, by turns."""
    rounds = min(ROUNDS, bench.size.rounds)
    seen = interleaved(CASES, rounds, lambda flooded: _once(bench, flooded=flooded))
    rows = []
    for place, part in enumerate(PARTS):
        alone, beside = ([waits[place] for waits, _ in seen[case]] for case in CASES)
        rows.append(Row(f"{OURS}, alone, {part}", alone))
        goal = GOAL if place else None
        rows.append(Row(f"{OURS}, beside a flood, {part}", beside, alone, goal))
    yield Table("Tap to new screen beside a flood", "ms", rows, NOTES)
    grown = [Row(f"{OURS}, {case}", [one for _, one in seen[case]]) for case in CASES]
    yield Table("Growth in such a minute", "MiB", grown)


def _once(bench: Bench, *, flooded: bool) -> Once:
    """Return median and 99th of 100 of the waits in milliseconds, and the growth in MiB."""
    token, seconds = bench.token(), min(SECONDS, bench.size.messages / 10)
    taps = int(RATE * seconds)
    child = bench.bots(rate=DEFAULT_SENDS)[OURS](token)
    try:
        bench.server.first_poll(token)
        rest(child)
        bench.server.load(token, 2)
        bench.server.answered(token, 2)
        rest(child)
        before = memory_of(child.pid).resident
        bench.server.tap(token, taps, RATE, DELAY)
        if flooded:
            bench.server.flood(token, int(FLOOD_RATE * seconds), FLOOD_RATE)
        waits = _waits(bench, token, taps)
        rest(child)
        grown = (memory_of(child.pid).resident - before) / MEBIBYTE
    finally:
        end(child)
    hundredths = quantiles(waits, n=100, method="inclusive")
    return [hundredths[49] * 1000, hundredths[98] * 1000], grown


def _waits(bench: Bench, token: str, taps: int) -> list[float]:
    """Return the wait of each tap, once all of them have their screen."""
    ends = time.monotonic() + SECONDS + PATIENCE_SECONDS
    waits: list[float] = []
    while time.monotonic() < ends:
        waits = bench.server.waits(token).get(METHOD, [])
        if len(waits) == taps:
            return waits
        time.sleep(0.2)
    raise RuntimeError(f"the bot answered {len(waits)} of {taps} taps")
