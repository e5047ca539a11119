"""Brings a database file to our schema, one numbered step after the other."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from bot.errors import StoreBrokenError


def migrations() -> dict[int, str]:
    """Return the SQL of each step by its number, the number of the version it leads to."""
    return read_steps("schema")


def read_steps(folder: str) -> dict[int, str]:
    """Return the steps in a folder of this package."""
    found = (file for file in (files("bot.store") / folder).iterdir() if file.name.endswith(".sql"))
    return {
        int(file.name[:4]): file.read_text("utf-8") for file in sorted(found, key=lambda f: f.name)
    }


def migrate(db: sqlite3.Connection, steps: dict[int, str]) -> None:
    """Apply the steps that the database lacks, each in one transaction of its own.

    Args:
        db: A connection that begins no transaction by itself.
        steps: As ``migrations`` returns them.

    Raises:
        StoreBrokenError: the file is another program's, or a newer version of the bot made it.
    """
    latest = max(steps)
    while (version := _begin_and_read(db)) < latest:
        try:
            for statement in _statements(steps[version + 1]):
                db.execute(statement)
            db.execute("INSERT INTO schema_version (version) VALUES (?)", (version + 1,))
        except BaseException:
            db.rollback()
            raise
        db.commit()
    db.rollback()
    if version > latest:
        raise StoreBrokenError(
            f"The database has schema version {version}; this bot knows {latest}.",
            "start the newer bot again, or bring back a copy made by this one: "
            "python -m bot restore FILE",
        )


def _begin_and_read(db: sqlite3.Connection) -> int:
    """Open a transaction, so that two processes never take the same step, and tell the version."""
    db.execute("BEGIN IMMEDIATE")
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        db.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)")
        return 0
    if "schema_version" not in tables:
        db.rollback()
        raise StoreBrokenError(
            "The database file belongs to another program.",
            "set BOT_DATABASE_URL to a file of the bot's own.",
        )
    version: int = db.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0]
    return version


def _statements(script: str) -> Iterator[str]:
    """Split a script; run as a whole it would end our transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
