"""How long a real tap takes at the webhook while somebody posts forged ones, a thousand a second."""

import sys
import time
import urllib.request
from collections.abc import Iterator

from benchmarks.bench import Bench, interleaved
from benchmarks.bots import OURS, ours
from benchmarks.cores import CORES
from benchmarks.processes import end, figures, free_port, rest
from benchmarks.report import Row, Table

ROUNDS = 3
SECONDS, TAPS, FORGED = 60, 20, 1000
GOAL_MS = 300.0
DEFAULT_SENDS = 29
START_SECONDS = 60.0
PATH, SECRET = "/telegram", "bench-" * 8
PARTS = {"half": "half of them", "hundredth": "99 of 100"}
CASES = {"alone": 0, "beside forged ones": FORGED}

NOTES = (
    (
        f"{TAPS} taps a second of many people for {SECONDS} s, posted to the webhook with its secret; from "
        "posting one to the 200 that says it is handled. Beside them updates with a wrong secret, each on a "
        f"line of its own, {FORGED} a second; a run where one of these is not refused with 401 fails."
    ),
    f"Goal: 99 of 100 under {GOAL_MS:g} ms, 1 in its ratio.",
)


def measure(bench: Bench) -> Iterator[Table]:
    """Post the same taps alone and beside forged ones, by turns."""
    rounds = min(ROUNDS, bench.size.rounds)
    seen = interleaved(CASES, rounds, lambda forged: _once(bench, forged))
    rows = [
        Row(f"{OURS}, {case}, {said}", [one[part] for one in seen[case]])
        for part, said in PARTS.items()
        for case in CASES
    ]
    beside = rows.pop()
    rows.append(Row(f"{beside.name}, beside {GOAL_MS:g} ms", beside.values, [GOAL_MS], 1.0))
    yield Table("Tap at the webhook to its handling, beside forged ones", "ms", rows, NOTES)
    refused = [one["refused"] for one in seen["beside forged ones"]]
    row = Row(f"{OURS}, refused", refused, [float(FORGED)])
    yield Table("Forged updates a second, beside those that were meant", "a second", [row])


def _once(bench: Bench, forged: int) -> dict[str, float]:
    seconds = min(SECONDS, bench.size.messages / 10)
    port = free_port()
    child = ours(
        bench.python,
        bench.server,
        bench.token(),
        bench.data,
        DEFAULT_SENDS,
        BOT_LISTEN=f"127.0.0.1:{port}",
        BOT_WEBHOOK_URL=f"https://bot.example.org{PATH}",
        BOT_WEBHOOK_SECRET=SECRET,
    )
    root = f"http://127.0.0.1:{port}"
    told = [f"{root}{PATH}", SECRET, *(str(one) for one in (seconds, TAPS, forged))]
    try:
        _until_ready(f"{root}/readyz")
        rest(child)
        return figures([sys.executable, "-m", "benchmarks.posting", *told], cores=CORES.server)
    finally:
        end(child)


def _until_ready(url: str) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=START_SECONDS):  # noqa: S310 - our own bot
                return
        except OSError:  # not yet
            time.sleep(0.1)
    raise RuntimeError("the bot does not become ready")
