"""A look into a database file beside a running bot; nothing is written, locked or made."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import SettingsError
from bot.store.counts import by_minute, figures_of, figures_span
from bot.store.failures import translated
from bot.store.keyfile import look_at_key
from bot.store.migrate import migrations
from bot.store.moved import moved_away, read_mark
from bot.store.rows import seconds
from bot.store.seal import Seal
from bot.store.statements import FIGURES, LOAD

BUSY_SECONDS = 1.0

FINGERPRINTS = "SELECT fingerprint FROM seal_key"
INHABITED = "SELECT EXISTS (SELECT 1 FROM subscriber)"
VERSION = "SELECT max(version) FROM schema_version"


@dataclass(frozen=True, slots=True)
class Examination:
    """Facts about one database file, each read when it is asked for."""

    path: Path
    _db: sqlite3.Connection

    def is_whole(self) -> bool:
        """Return whether SQLite finds no damage."""
        return bool(self._db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

    def moved_away(self) -> SettingsError | None:
        """Return why no bot starts on it, if its data were moved."""
        mark = read_mark(self._db)
        return moved_away(mark, self.path) if mark else None

    def is_empty(self) -> bool:
        """Return whether there is no table yet."""
        return not self._tables()

    def version(self) -> int | None:
        """Return the number of the schema; None: the file is another program's."""
        if "schema_version" not in self._tables():
            return None
        return int(self._db.execute(VERSION).fetchone()[0] or 0)

    def inhabited(self) -> bool:
        """Return whether it holds a subscriber."""
        return bool(self._db.execute(INHABITED).fetchone()[0])

    def fits(self, key_file: Path) -> bool | None:
        """Return whether the key is the one the database was made with; None: there is no key.

        Raises:
            SettingsError: the file cannot be read or holds no key.
        """
        return key_fits(key_file, [row[0] for row in self._db.execute(FINGERPRINTS)])

    def load(self, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """Return how many plans ring next in each UTC minute, by its start."""
        span = {"begin": seconds(since), "end": seconds(until)}
        return by_minute(self._db.execute(LOAD, span))

    def difference(self, now: datetime) -> int:
        """Return how many occurrences are missing, or counted twice (below 0); a file of our version."""
        return figures_of(self._db.execute(FIGURES, figures_span(now)).fetchall()).difference

    def log_bytes(self) -> int:
        """Return the size of the write-ahead log beside the file."""
        log = _log_of(self.path)
        return log.stat().st_size if log.exists() else 0

    def _tables(self) -> set[str]:
        found = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found}


@contextmanager
def examining(path: Path) -> Iterator[Examination]:
    """Open a database file that is there.

    Raises:
        SettingsError: it cannot be opened.
        StoreBrokenError: it is damaged or no database.
        StoreUnavailableError: it is locked.
    """
    # without a log no process uses the file, and "immutable" keeps SQLite from making one
    rest = "" if _log_of(path).exists() else "&immutable=1"
    address = f"{path.resolve().as_uri()}?mode=ro{rest}"
    with (
        translated(path, starting=True),
        closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as db,
    ):
        yield Examination(path, db)


def key_fits(key_file: Path, known: list[str]) -> bool | None:
    """Return whether a key file's key is the one that is known; None: there is no key.

    Raises:
        SettingsError: the file cannot be read or holds no key.
    """
    key = look_at_key(key_file)
    return None if key is None else known == [Seal(key).fingerprint]


def newest_version() -> int:
    """Return the schema that this bot knows."""
    return max(migrations())


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
