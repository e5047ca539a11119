"""From an empty file, or an older version, to ours; never back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.advance import advance
from bot.core.plans import Kind, Subscriber, Taken
from bot.errors import SettingsError, StoreBrokenError
from bot.store.migrate import migrate, migrations
from bot.store.prepare import prepare
from bot.store.sqlite import SqliteStore
from bot.store.urls import sqlite_path

STEPS = migrations()
NEXT = max(STEPS) + 1


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        yield connection


def version(db: sqlite3.Connection) -> int:
    number: int = db.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    return number


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert list(STEPS) == list(range(1, NEXT))


def test_an_empty_file_gets_every_step_and_then_none(db: sqlite3.Connection) -> None:
    migrate(db, STEPS)
    made = list(db.iterdump())
    migrate(db, STEPS)

    assert version(db) == max(STEPS)
    assert list(db.iterdump()) == made
    assert not db.in_transaction


def test_an_older_database_gets_only_the_steps_it_lacks(db: sqlite3.Connection) -> None:
    migrate(db, STEPS)
    migrate(db, {**STEPS, NEXT: "CREATE TABLE added (x);\nINSERT INTO added VALUES (1);\n"})

    assert version(db) == NEXT
    assert db.execute("SELECT x FROM added").fetchall() == [(1,)]


def test_a_step_that_fails_leaves_the_version_before_it_whole(db: sqlite3.Connection) -> None:
    migrate(db, STEPS)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, {**STEPS, NEXT: "CREATE TABLE added (x);\nINSERT INTO nowhere VALUES (1);\n"})

    assert version(db) == max(STEPS)
    assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'added'").fetchall()


def test_a_newer_database_is_refused_and_left_as_it_is(db: sqlite3.Connection) -> None:
    migrate(db, {**STEPS, NEXT: "CREATE TABLE added (x);\n"})

    with pytest.raises(StoreBrokenError, match=r"newer bot.*restore FILE"):
        migrate(db, STEPS)
    assert version(db) == NEXT
    assert not db.in_transaction


def test_another_programs_database_is_refused_and_left_as_it_is(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE theirs (x)")

    with pytest.raises(StoreBrokenError, match="another program"):
        migrate(db, STEPS)
    assert [name for (name,) in db.execute("SELECT name FROM sqlite_master")] == ["theirs"]


OLD = """
INSERT INTO seal_key VALUES ('x');
INSERT INTO subscriber (id, chat_lookup, chat_sealed, language, zone, consent, hold)
    VALUES (7, x'aa', x'bb', 'ru', 'Europe/Berlin', 1772400000, '2026-03-09');
INSERT INTO plan (id, subscriber, kind, at, weekdays, enabled, windows, paused_from, next_due, rang_on)
    VALUES (3, 7, 'morning', 28800, 127, 1, '[]', NULL, 1772524800, '2026-03-02'),
           (4, 7, 'break', 36000, 127, 1, '[["09:00", "18:00", 60]]', '2026-03-01', NULL, NULL);
INSERT INTO occurrence (id, plan, slot, local_date, due_at, not_before, state, attempt, message_id, answer)
    VALUES (11, 3, 'morning', '2026-03-01', 1772352000, 1772352000, 'sent', 1, 501, 'done'),
           (12, 3, 'morning', '2026-03-02', 1772438400, 1772438400, 'sent', 1, 502, NULL);
INSERT INTO occurrence (id, plan, slot, local_date, due_at, not_before, state, parent)
    VALUES (13, 3, 'morning+1', '2026-03-02', 1772439000, 1772439000, 'due', 12);
INSERT INTO daily_count (day, name, n) VALUES ('2026-03-02', 'all', 3), ('2026-03-02', 'sent', 2);
"""


def rows(db: sqlite3.Connection, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    return db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - our own names


def columns_of(db: sqlite3.Connection, table: str) -> list[str]:
    return [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("first", sorted(STEPS))
def test_people_plans_and_occurrences_of_every_version_are_all_kept(
    db: sqlite3.Connection, first: int
) -> None:
    migrate(db, {number: STEPS[number] for number in range(1, first + 1)})
    db.executescript(OLD)
    tables = ["seal_key", "subscriber", "plan", "occurrence", "daily_count"]
    columns = {table: columns_of(db, table) for table in tables}
    before = {table: rows(db, table, columns[table]) for table in tables}
    migrate(db, STEPS)
    db.execute("DELETE FROM plan WHERE kind = 'check-in'")  # what is new: see below

    assert {table: rows(db, table, columns[table]) for table in tables} == before
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migrated_database_is_like_one_made_anew(db: sqlite3.Connection) -> None:
    for number in sorted(STEPS):
        migrate(db, {step: STEPS[step] for step in range(1, number + 1)})
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as anew:
        migrate(anew, STEPS)
        assert list(db.iterdump()) == list(anew.iterdump())


@pytest.mark.astray
def test_deleting_a_person_of_an_older_version_still_deletes_all_of_theirs(
    db: sqlite3.Connection,
) -> None:
    migrate(db, {1: STEPS[1]})
    db.executescript(OLD)
    migrate(db, STEPS)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("DELETE FROM occurrence WHERE id = 12")
    assert db.execute("SELECT id FROM occurrence").fetchall() == [(11,)]
    db.execute("DELETE FROM subscriber")

    assert db.execute("SELECT count(*) FROM occurrence").fetchone() == (0,)


def test_in_an_older_version_an_answered_reminder_had_been_turned_to(
    db: sqlite3.Connection,
) -> None:
    migrate(db, {1: STEPS[1]})
    db.executescript(OLD)
    migrate(db, STEPS)

    assert db.execute("SELECT id FROM occurrence WHERE heeded").fetchall() == [(11,)]


async def check_in_after_migration(
    tmp_path: Path, zone: str, hour: int = 8
) -> tuple[Subscriber | None, list[Taken]]:
    """Return who rested in an older version, and what goes to them as soon as their day begins."""
    file = tmp_path / "old.db"
    seal = prepare(file, tmp_path / "key")  # for the key and its fingerprint
    fingerprint = seal.fingerprint
    file.unlink()
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        migrate(db, {number: STEPS[number] for number in range(1, 5)})
        db.executescript(OLD)
        db.execute("UPDATE seal_key SET fingerprint = ?", (fingerprint,))
        values = (seal.lookup(7), seal.close(7), zone)
        db.execute("UPDATE subscriber SET chat_lookup = ?, chat_sealed = ?, zone = ?", values)
        db.execute("UPDATE plan SET at = ? WHERE kind = 'morning'", (hour * 3600,))
    store = await SqliteStore.open(file, tmp_path / "key")
    try:
        noon = datetime(2026, 3, 9, 23, tzinfo=UTC)
        before = await store.look(7)
        await store.materialise(noon, advance)
        taken = await store.turn([], noon, 4, lease=timedelta(seconds=60), healthy=True)
        return before, taken
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("zone", "hour", "due"),
    [
        ("Europe/Berlin", 8, "2026-03-09T07:00"),
        ("Pacific/Kiritimati", 8, "2026-03-08T18:00"),
        ("Pacific/Honolulu", 8, "2026-03-09T18:00"),
        ("Europe/Berlin", 22, "2026-03-09T09:00"),
        ("Europe/Berlin", 6, "2026-03-09T09:00"),
        ("Europe/Berlin", 7, "2026-03-09T06:00"),
    ],
)
async def test_who_rested_already_is_asked_on_the_date_of_their_hold_at_their_own_hour(
    tmp_path: Path, zone: str, hour: int, due: str
) -> None:
    before, taken = await check_in_after_migration(tmp_path, zone, hour)

    assert before is not None
    assert before.plans[Kind.CHECK_IN].on
    (one,) = taken
    assert one.kind is Kind.CHECK_IN
    assert (one.local_date, one.due) == (before.hold, datetime.fromisoformat(due + "+00:00"))


@pytest.mark.parametrize(
    "without",
    [
        "UPDATE subscriber SET hold = NULL",
        "UPDATE subscriber SET zone = NULL",
        "UPDATE plan SET enabled = 0",
    ],
)
def test_who_does_not_rest_or_has_nothing_that_rests_gets_no_check_in(
    db: sqlite3.Connection, without: str
) -> None:
    migrate(db, {number: STEPS[number] for number in range(1, 5)})
    db.executescript(OLD)
    db.execute(without)
    migrate(db, STEPS)

    assert not db.execute("SELECT 1 FROM plan WHERE kind = 'check-in'").fetchall()


def test_who_rests_and_blocked_the_bot_is_not_asked(db: sqlite3.Connection) -> None:
    migrate(db, {number: STEPS[number] for number in range(1, 5)})
    db.executescript(OLD)
    db.execute("UPDATE subscriber SET stopped = 1")
    migrate(db, STEPS)

    assert db.execute("SELECT asleep FROM plan WHERE kind = 'check-in'").fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///data/unknot.db", "data/unknot.db"),
        ("sqlite:////var/lib/unknot.db", "/var/lib/unknot.db"),
        ("sqlite:///my%20data/unknot.db", "my data/unknot.db"),
    ],
)
def test_an_address_names_a_relative_or_an_absolute_file(url: str, path: str) -> None:
    assert sqlite_path(url) == Path(path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "data/unknot.db",
        "mysql:///x.db",
        "sqlite://data/x.db",
        "sqlite:///",
        "sqlite:///x/",
        "sqlite:///x.db?mode=ro",
        "sqlite:///x.db#y",
        "sqlite:///x%00.db",
        "sqlite://[/x.db",
        "postgresql://user:secret@host/db",
    ],
)
def test_any_other_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError, match="BOT_DATABASE_URL") as caught:
        sqlite_path(url)
    assert "secret" not in str(caught.value)
