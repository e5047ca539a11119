"""Due reminders: the store at few and at many plans, beside python-telegram-bot's JobQueue."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.bots import ours
from benchmarks.memory_of import memory_of
from benchmarks.processes import end, figures, rest
from benchmarks.report import Row, Table
from benchmarks.seed import seed
from bot.core.plans import Kind

DUE = datetime(2030, 3, 4, 8, tzinfo=UTC)
FAR = DUE.replace(year=2040)
FLAT, BESIDE_JOBS = 1.3, 0.1
MOST_BYTES = 50.0
RESTS = 2  # they hardly differ
JOBS = "benchmarks.peers.ptb.jobs"
Seen = dict[str, list[dict[str, float]]]
EVENING = DUE.replace(hour=20)
# a page or two of the table for each, or all on neighbouring pages: real days lie between
NEIGHBOURS = "UPDATE plan SET next_due = :due, at = :at WHERE id <= :few"
SPREAD = "UPDATE plan SET next_due = :due, at = :at WHERE id > :few AND id % :step = 0"
NOTES = (
    (
        "A plan becomes an occurrence on disk and gets its next moment in its zone; taking and "
        "confirming it come with the send and are not in this figure."
    ),
    "JobQueue: empty callback, grace switched off (with its default of 1 s it drops jobs).",
    (
        "Neighbours lie on the same pages of the table, as those do who joined together; scattered is "
        "evenly over the whole table, so that each costs pages of its own: the worst that can be."
    ),
)
HELD = (
    "JobQueue: growth of the process while the jobs are added.",
    (
        "Ours: what a process with the larger database holds beside one with the smaller, for each plan "
        "more; plans stay on disk. At work: the store alone has just worked off the due plans. At rest: "
        "the whole bot, as it runs, when its start and all that comes with it are over."
    ),
)


def measure(bench: Bench) -> Iterator[Table]:
    """Let few fall due of as many and of many plans, once a round."""
    few, many = bench.size.few, bench.size.many
    small, large = bench.folder / "few.db", bench.folder / "many.db"
    seed(small, _key(small), few, DUE, Kind.MORNING)
    seed(large, _key(large), many, FAR, Kind.MORNING)
    _let_fall_due(large, few, many)
    seen: Seen = defaultdict(list)
    for number in range(bench.size.rounds):
        later = timedelta(days=number)
        if bench.jobs:
            seen["jobs"].append(figures([bench.jobs, "-m", JOBS, str(few)]))
        seen["few"].append(_materialised(bench.python, small, DUE + later))
        seen["neighbours"].append(_materialised(bench.python, large, DUE + later))
        seen["spread"].append(_materialised(bench.python, large, EVENING + later))
    for _ in range(min(RESTS, bench.size.rounds)):
        for case, database in (("rest with few", small), ("rest with many", large)):
            seen[case].append({"held": _at_rest(bench, database)})
    yield Table("Processor time per due reminder", "us", _times(seen, few, many), NOTES)
    yield Table("Memory per plan", "bytes", _held(seen, few, many), HELD)


def _times(seen: Seen, few: int, many: int) -> list[Row]:
    part = f"ours, {few:,} due of {many:,} plans"
    own, fire = _all(seen, "few", "us"), _all(seen, "jobs", "fire")
    rows = [
        Row(f"ours, {few:,} due of {few:,} plans, beside JobQueue", own, fire, BESIDE_JOBS),
        Row(f"{part}, neighbours, beside {few:,}", _all(seen, "neighbours", "us"), own, FLAT),
        Row(f"{part}, scattered, beside {few:,}", _all(seen, "spread", "us"), own, FLAT),
    ]
    if not fire:
        return rows
    added = _all(seen, "jobs", "add")
    return [
        Row(f"JobQueue, {few:,} jobs due at once: fire", fire, remark="the base"),
        Row(f"JobQueue, {few:,} jobs: add, at every start anew", added),
        *rows,
    ]


def _held(seen: Seen, few: int, many: int) -> list[Row]:
    """Return what a plan more costs a process that works on the database."""
    moments = {"at work": ("few", "neighbours"), "at rest": ("rest with few", "rest with many")}
    rows = []
    for moment, (less, more) in moments.items():
        pairs = zip(_all(seen, more, "held"), _all(seen, less, "held"), strict=True)
        own = [round((large - small) / (many - few), 1) + 0.0 for large, small in pairs]  # no -0.0
        name = f"ours {moment}, from {few:,} to {many:,} plans, beside 50 bytes"
        rows.append(Row(name, own, [MOST_BYTES], 1.0))
    if jobs := _all(seen, "jobs", "bytes"):
        rows.insert(0, Row(f"JobQueue, {few:,} jobs", jobs))
    return rows


def _all(seen: Seen, case: str, figure: str) -> list[float]:
    return [one[figure] for one in seen[case]]


def _materialised(python: str, database: Path, now: datetime) -> dict[str, float]:
    told = (str(database), str(_key(database)), now.isoformat())
    return figures([python, "-m", "benchmarks.materialise", *told])


def _at_rest(bench: Bench, database: Path) -> float:
    """Return the bytes that the running bot holds on a database in which nothing is due."""
    token, url, key = bench.token(), f"sqlite:///{database}", str(_key(database))
    told = partial(ours, BOT_DATABASE_URL=url, BOT_KEY_FILE=key)
    child = told(bench.python, bench.server, token, bench.data)
    try:
        bench.server.first_poll(token)
        rest(child)
        return memory_of(child.pid).resident
    finally:
        end(child)


def _key(database: Path) -> Path:
    return database.with_suffix(".key")


def _let_fall_due(database: Path, few: int, many: int) -> None:
    """Let ``few`` of the plans ring in the morning and about as many in the evening."""
    with closing(sqlite3.connect(database)) as db, db:
        for statement, due in ((NEIGHBOURS, DUE), (SPREAD, EVENING)):
            values = {"due": int(due.timestamp()), "at": due.hour * 3600}
            db.execute(statement, {**values, "few": few, "step": many // few})
