"""Due reminders: the store at few and at many plans, beside python-telegram-bot's JobQueue."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.processes import figures
from benchmarks.report import Row, Table
from benchmarks.seed import seed
from bot.core.plans import Kind

DUE = datetime(2030, 3, 4, 8, tzinfo=UTC)
FAR = DUE.replace(year=2040)
FLAT, BESIDE_JOBS = 1.3, 0.1
EVENING = DUE.replace(hour=20)
# a page or two of the table for each, or all on neighbouring pages: real days lie between
NEIGHBOURS = "UPDATE plan SET next_due = :due, at = :at WHERE id <= :few"
SPREAD = "UPDATE plan SET next_due = :due, at = :at WHERE id > :few AND id % :step = 0"


def measure(folder: Path, rounds: int, few: int, many: int) -> Table:
    """Let ``few`` fall due of as many and of ``many`` plans, once a round."""
    small, large = folder / "few.db", folder / "many.db"
    seed(small, _key(small), few, DUE, Kind.MORNING)
    seed(large, _key(large), many, FAR, Kind.MORNING)
    _let_fall_due(large, few, many)
    seen: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds):
        later = timedelta(days=number)
        jobs = figures("benchmarks.jobqueue", few)
        seen["add"].append(jobs["add"])
        seen["fire"].append(jobs["fire"])
        seen["few"].append(_materialised(small, DUE + later))
        seen["neighbours"].append(_materialised(large, DUE + later))
        seen["spread"].append(_materialised(large, EVENING + later))
    return Table("Processor time per due reminder", "us", _rows(seen, few, many), NOTES)


def _rows(seen: dict[str, list[float]], few: int, many: int) -> list[Row]:
    part = f"ours, {few:,} due of {many:,} plans"
    return [
        Row(f"JobQueue, {few:,} jobs due at once: fire", seen["fire"]),
        Row(f"JobQueue, {few:,} jobs: add, at every start anew", seen["add"]),
        Row(
            f"ours, {few:,} due of {few:,} plans, beside JobQueue",
            seen["few"],
            seen["fire"],
            BESIDE_JOBS,
        ),
        Row(f"{part}, neighbours, beside {few:,}", seen["neighbours"], seen["few"], FLAT),
        Row(f"{part}, scattered, beside {few:,}", seen["spread"], seen["few"], FLAT),
    ]


def _materialised(database: Path, now: datetime) -> float:
    return figures("benchmarks.materialise", database, _key(database), now.isoformat())["us"]


def _key(database: Path) -> Path:
    return database.with_suffix(".key")


def _let_fall_due(database: Path, few: int, many: int) -> None:
    """Let ``few`` of the plans ring in the morning and about as many in the evening."""
    with closing(sqlite3.connect(database)) as db, db:
        for statement, due in ((NEIGHBOURS, DUE), (SPREAD, EVENING)):
            values = {"due": int(due.timestamp()), "at": due.hour * 3600}
            db.execute(statement, {**values, "few": few, "step": many // few})


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
