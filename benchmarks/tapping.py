"""How long a tap waits for its new screen when Telegram is a round trip away."""

from collections.abc import Iterator
from statistics import quantiles

from benchmarks.bench import Bench, Start, interleaved
from benchmarks.bots import OURS
from benchmarks.processes import end, rest
from benchmarks.report import Row, Table, beside_best

ROUNDS = 3
RATE, DELAY = 25, 0.05
DEFAULT_SENDS = 29
GOAL = 0.6  # times the best peer, half of the taps
PARTS = ("half of them", "99 of 100")
CALLS = {"editMessageText": "Tap to new screen", "answerCallbackQuery": "Tap to answered tap"}
Waits = dict[str, list[float]]

NOTES = (
    (
        f"{RATE} taps a second, evenly; the server answers each call {DELAY * 1000:g} ms late. By the "
        "server's clock: from handing the tap out to receiving the call, so nobody can be under "
        f"{DELAY * 1000:g} ms."
    ),
    (
        "Two calls one after the other take two round trips; ours makes both at once. "
        f"Ours runs with the default {DEFAULT_SENDS} sends a second."
    ),
    (
        "Plain python-telegram-bot handles one update at a time, two round trips each: it cannot keep "
        "up with this rate, and its figure grows with the number of taps."
    ),
)


def measure(bench: Bench) -> Iterator[Table]:
    """Tap the same number of times on each bot in turn."""
    words = bench.what_we_answer()
    bots = bench.with_concurrent().bots(words, rate=DEFAULT_SENDS)
    rounds = min(ROUNDS, bench.size.rounds)
    seen = interleaved(bots, rounds, lambda start: _once(bench, start))
    for method, title in CALLS.items():
        rows: list[Row] = []
        for place, part in enumerate(PARTS):
            values = {
                f"{name}, {part}": [one[method][place] for one in results]
                for name, results in seen.items()
            }
            goal = GOAL if (method, place) == ("editMessageText", 0) else None
            rows += beside_best(values, f"{OURS}, {part}", goal)
        yield Table(f"{title} ({method})", "ms", rows, NOTES if method == "editMessageText" else ())


def _once(bench: Bench, start: Start) -> Waits:
    """Return median and 99th of 100, in milliseconds, by method."""
    token, taps = bench.token(), bench.size.taps
    child = start(token)
    try:
        bench.server.first_poll(token)
        rest(child)
        bench.server.load(token, 2)
        bench.server.answered(token, 2)
        bench.server.tap(token, taps, RATE, DELAY)
        bench.server.answered(token, taps)
        waits = bench.server.waits(token)
    finally:
        end(child)
    if [len(waits.get(method, [])) for method in CALLS] != [taps] * len(CALLS):
        raise RuntimeError("the bots did not make the same calls")
    return {method: _parts(waits[method]) for method in CALLS}


def _parts(seconds: list[float]) -> list[float]:
    hundredths = quantiles(seconds, n=100, method="inclusive")
    return [hundredths[49] * 1000, hundredths[98] * 1000]
