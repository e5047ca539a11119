"""The mark in a database file whose data moved away, so that no bot starts on it by accident."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bot.errors import SettingsError

MARK = "moved"  # a table that only such a file has
IS_MARKED = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the data went.

    Attributes:
        target: Name of the other database, without user and password.
        finished: Whether they are known to be there.
    """

    target: str
    finished: bool


def read_mark(db: sqlite3.Connection) -> Mark | None:
    """Return the mark of a file; None: its data are here."""
    if not db.execute(IS_MARKED, (MARK,)).fetchall():
        return None
    target, finished = db.execute("SELECT target, finished FROM moved").fetchone()
    return Mark(target, bool(finished))


def write_mark(db: sqlite3.Connection, mark: Mark) -> None:
    """Put a mark on the file, in place of an earlier one; the caller commits."""
    db.execute("CREATE TABLE IF NOT EXISTS moved (target TEXT NOT NULL, finished INTEGER NOT NULL)")
    db.execute("DELETE FROM moved")
    db.execute("INSERT INTO moved VALUES (?, ?)", (mark.target, mark.finished))


def refuse_moved(db: sqlite3.Connection, path: Path) -> None:
    """Refuse to work on a file whose data live elsewhere.

    Raises:
        SettingsError: they do, or a move has begun and nobody knows.
    """
    if mark := read_mark(db):
        raise moved_away(mark, path)


def moved_away(mark: Mark, path: Path) -> SettingsError:
    """Return the error for a file that bears a mark."""
    if mark.finished:
        return SettingsError(
            f"The database {path} was moved to {mark.target}.",
            "set BOT_DATABASE_URL to the address that was given as --to.",
        )
    address = f"sqlite:///{quote(str(path.absolute()))}"
    return SettingsError(
        f"The move of the database {path} to {mark.target} was not finished.",
        f"run it again: python -m bot move --from {address} --to ...",
    )
