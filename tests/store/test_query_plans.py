"""What one reminder costs does not grow with how many people there are, or with their history."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.store import statements as sql
from bot.store.migrate import migrate, migrations

STATEMENTS = sorted(name for name in vars(sql) if name.isupper())
# daily_count has a few rows a day; the others are rows that are not in a table,
# or so many of them as a limit lets through
SMALL = (
    "SCAN daily_count",
    "SCAN CONSTANT ROW",
    "SCAN seen",
    "SCAN s VIRTUAL",
    "SCAN j VIRTUAL",
    "SCAN n VIRTUAL",
    "SCAN pragma_",
    "SCAN (subquery",
)
# counted for the operator on a connection of its own, in an index of a few bytes a person
COUNTED = {
    "SCAN plan USING COVERING INDEX plan_on",
    "SCAN subscriber USING COVERING INDEX sqlite_autoindex_subscriber_1",
}
PENDING = ("INDEX occurrence_due", "INDEX occurrence_sending")


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, migrations())
        yield connection


def steps(db: sqlite3.Connection, statement: str) -> list[str]:
    values = dict.fromkeys(re.findall(r":(\w+)", statement), "[]")
    return [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}", values)]


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_reads_a_table_from_end_to_end(db: sqlite3.Connection, name: str) -> None:
    scans = [step for step in steps(db, getattr(sql, name)) if step.startswith("SCAN")]

    known = COUNTED if name == "FIGURES" else set()
    large = [step for step in scans if not step.startswith(SMALL) and step not in known]
    assert [step for step in large if not step.endswith(PENDING)] == []


@pytest.mark.parametrize("name", ["READY", "DUE_PLANS"])
def test_the_oldest_are_found_without_sorting_all(db: sqlite3.Connection, name: str) -> None:
    assert not [step for step in steps(db, getattr(sql, name)) if "TEMP B-TREE" in step]


def test_a_persons_days_are_read_from_the_first_date_on(db: sqlite3.Connection) -> None:
    assert any("(plan=? AND local_date>?)" in step for step in steps(db, sql.DAYS))
