"""How long from the start of a process to its first getUpdates."""

import time
from collections.abc import Iterator

from benchmarks.bench import Bench, Start, interleaved
from benchmarks.bots import OURS, PTB
from benchmarks.processes import end
from benchmarks.report import Table, beside

GOAL = 1.5  # times bare python-telegram-bot
NOTES = (
    (
        "From the start of the process to the first getUpdates on the server's side; byte code is "
        "cached, as in an installed copy."
    ),
    (
        "The peers know /start alone; ours reads its content and opens its database (not its "
        "first start, which makes both key and database)."
    ),
)


def measure(bench: Bench) -> Iterator[Table]:
    """Start each bot in turn, after one start of each that nobody counts."""

    def once(start: Start) -> float:
        token, began = bench.token(), time.monotonic()
        child = start(token)
        try:
            return (bench.server.first_poll(token) - began) * 1000
        finally:
            end(child)

    bots = bench.bots()
    interleaved(bots, 1, once)
    seen = interleaved(bots, bench.size.starts, once)
    rows = beside(seen, PTB, OURS, GOAL, "the base")
    yield Table("Start to first getUpdates", "ms", rows, NOTES)
