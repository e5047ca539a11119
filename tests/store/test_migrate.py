"""From an empty file, or an older version, to ours; never back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SettingsError, StoreBrokenError
from bot.store.migrate import migrate, migrations
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
