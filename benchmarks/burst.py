"""Many reminders due at one instant: none may be dropped, and nobody else may wait for them."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import quantiles

from benchmarks.bench import Bench, interleaved
from benchmarks.bots import OURS, ours
from benchmarks.processes import end, figures, rest
from benchmarks.report import Row, Table
from benchmarks.seed import seed
from benchmarks.sending import IN_FLIGHT
from bot.clock import SystemClock
from bot.core.plans import Kind

DUE = datetime(2030, 3, 4, 8, tzinfo=UTC)
RATE, TAPS_A_SECOND = 1000, 100
ROUNDS = 2  # each takes a minute or two
HELD_MS, AS_IDLE = 50.0, 1.5
START = timedelta(seconds=20)  # until then the bot has started and the idle taps are over
PATIENCE_SECONDS = 60.0
JOBS = "benchmarks.peers.ptb.burst"
TAPPED = "answerCallbackQuery"
DROPS = (
    (
        "Ours: plans due at one moment become occurrences, are claimed, sent to the fake Bot API and recorded, "
        f"{IN_FLIGHT} in flight, the rate lifted. JobQueue: as it comes, the callback empty."
    ),
    (
        "Held: the longest time by which a task that wakes every 5 ms was late; on a machine with other "
        "work its own waiting for a core is in it."
    ),
)
WAITS = (
    (
        f"{TAPS_A_SECOND} taps a second by the server's clock, from handing the tap out to its "
        f"answerCallbackQuery; the whole bot, BOT_SENDS_PER_SECOND={RATE}, else as it comes."
    ),
    "Once with nothing due, and once from the moment at which the reminders fall due.",
)


def measure(bench: Bench) -> Iterator[Table]:
    """Let many fall due at once, and tap meanwhile."""
    rounds = min(ROUNDS, bench.size.rounds)
    yield _dropped(bench, rounds)
    yield _waits(bench, rounds)


def _dropped(bench: Bench, rounds: int) -> Table:
    count = bench.size.burst
    cases = {OURS: lambda: _delivered(bench, count)}
    if bench.jobs:
        jobs = [bench.jobs, "-m", JOBS, str(count)]
        cases = {"JobQueue": lambda: figures(jobs), **cases}
    seen = interleaved(cases, rounds, lambda case: case())
    rows = []
    for name, results in seen.items():
        dropped, held = ([one[figure] for one in results] for figure in ("dropped", "held"))
        rows.append(Row(f"{name}, {count:,} due at once: dropped", dropped))
        goal = 1.0 if name == OURS else None
        rows.append(Row(f"{name}: loop held, ms, beside {HELD_MS:g} ms", held, [HELD_MS], goal))
    return Table("Due at one instant", "number or ms", rows, DROPS)


def _delivered(bench: Bench, count: int) -> dict[str, float]:
    database = bench.folder / "burst.db"
    key = database.with_suffix(".key")
    seed(database, key, count, DUE, Kind.MORNING)
    own = [bench.python, "-m", "benchmarks.burst_ours", bench.server.root, bench.token()]
    try:
        return figures([*own, str(database), str(key), DUE.isoformat(), str(IN_FLIGHT)])
    finally:
        for file in bench.folder.glob("burst.*"):
            file.unlink()


def _waits(bench: Bench, rounds: int) -> Table:
    seen = [_tapped(bench) for _ in range(rounds)]
    idle, busy = ([one[place] for one in seen] for place in (0, 1))
    rows = [
        Row("nothing due, 99 of 100", idle, remark="the base"),
        Row(f"{bench.size.few:,} fall due, 99 of 100, beside nothing due", busy, idle, AS_IDLE),
    ]
    return Table("Tap to answered tap while reminders fall due", "ms", rows, WAITS)


def _tapped(bench: Bench) -> tuple[float, float]:
    """Return the 99th of 100 waits in milliseconds: with nothing due, and in the burst."""
    clock, token = SystemClock(), bench.token()
    data = bench.folder / f"burst-{token.partition(':')[0]}"
    data.mkdir()
    due = clock.now().replace(microsecond=0) + START
    seed(data / "unknot.db", data.with_suffix(".key"), bench.size.few, due, Kind.MORNING)
    child = ours(bench.python, bench.server, token, data, RATE)
    try:
        bench.server.first_poll(token)
        rest(child)
        idle = _taps(bench, token)
        if clock.now() > due:
            raise RuntimeError("the bot took too long to start; the reminders are due already")
        time.sleep((due - clock.now()).total_seconds())
        return idle, _taps(bench, token)
    finally:
        end(child)


def _taps(bench: Bench, token: str) -> float:
    taps, until = bench.size.taps * 5, time.monotonic() + PATIENCE_SECONDS
    bench.server.tap(token, taps, TAPS_A_SECOND, 0.0)
    while len(waits := bench.server.waits(token).get(TAPPED, [])) < taps:
        if time.monotonic() > until:
            raise RuntimeError(f"{len(waits)} of {taps} taps were answered")
        time.sleep(0.1)
    return quantiles(waits, n=100, method="inclusive")[98] * 1000
