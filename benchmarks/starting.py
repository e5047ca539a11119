"""How long from the start of a process to its first getUpdates; with many plans stored, too."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench, Start, interleaved
from benchmarks.bots import OURS, PTB, ours
from benchmarks.processes import Child, end
from benchmarks.report import Row, Table, beside
from benchmarks.seed import seed
from bot.core.plans import Kind

GOAL = 1.5  # times bare python-telegram-bot
MANY_GOAL = 1.2  # times a start with no plan
FAR = datetime(2040, 3, 4, 8, tzinfo=UTC)
PATIENCE_SECONDS = 1200.0
LOOK_SECONDS = 0.05
OTHER_ZONES = "UPDATE zone_data SET version = 'other than any', done_due = NULL, done_id = NULL"
RETIMED = "SELECT done_due IS NULL AND version <> 'other than any' FROM zone_data"
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
MANY_NOTES = (
    "As above, by turns. Nothing is due; the database is of the newest schema.",
    (
        "Other zone data: the first start after governments changed their clocks. Next moments are worked "
        "out anew beside all else, those of the next hour before anything is delivered."
    ),
)


def measure(bench: Bench) -> Iterator[Table]:
    """Start each bot in turn, after one start of each that nobody counts."""
    bots = bench.bots()
    once = partial(_once, bench)
    interleaved(bots, 1, once)
    seen = interleaved(bots, bench.size.starts, once)
    rows = beside(seen, PTB, OURS, GOAL, "the base")
    yield Table("Start to first getUpdates", "ms", rows, NOTES)
    yield from _with_many(bench, bots[OURS])


def _once(bench: Bench, start: Start) -> float:
    """Return the milliseconds to the first getUpdates of one start."""
    token, began = bench.token(), time.monotonic()
    child = start(token)
    try:
        return (bench.server.first_poll(token) - began) * 1000
    finally:
        end(child)


def _with_many(bench: Bench, with_none: Start) -> Iterator[Table]:
    folder, many = bench.folder / "many-plans", bench.size.many
    database = folder / "unknot.db"
    seed(database, folder.with_suffix(".key"), many, FAR, Kind.MORNING)

    def with_many(token: str) -> Child:
        return ours(bench.python, bench.server, token, folder)

    def with_other_zones(token: str) -> Child:
        _write(database, OTHER_ZONES)
        return with_many(token)

    none, stored = "no plan", f"{many:,} plans"
    changed = f"{stored}, other zone data"
    cases: dict[str, Start] = {none: with_none, stored: with_many, changed: with_other_zones}
    once = partial(_once, bench)
    interleaved(cases, 1, once)
    seen = interleaved(cases, bench.size.starts, once)
    rows = [
        Row(none, seen[none], remark="the base"),
        Row(stored, seen[stored], seen[none], MANY_GOAL),
        Row(changed, seen[changed], seen[none]),
    ]
    yield Table("Start to first getUpdates with stored plans", "ms", rows, MANY_NOTES)
    worked = [Row(f"{stored}, by the clock", [_retimed(bench, database, with_other_zones)])]
    yield Table("All next moments worked out after other zone data", "s", worked)


def _retimed(bench: Bench, database: Path, start: Start) -> float:
    """Return the seconds from a start until every plan has its new next moment."""
    child, began = start(bench.token()), time.monotonic()
    try:
        while not _read(database, RETIMED):
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise RuntimeError("the plans are not worked out")
            time.sleep(LOOK_SECONDS)
        return time.monotonic() - began
    finally:
        end(child)


def _write(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as db, db:
        db.execute(statement)


def _read(database: Path, statement: str) -> bool:
    with closing(sqlite3.connect(database)) as db:
        return bool(db.execute(statement).fetchone()[0])
