"""A look into a database file beside a running bot; nothing is written, locked or made."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.store.failures import translated
from bot.store.keyfile import look_at_key
from bot.store.migrate import migrations
from bot.store.seal import Seal

BUSY_SECONDS = 1.0

FINGERPRINTS = "SELECT fingerprint FROM seal_key"
INHABITED = "SELECT EXISTS (SELECT 1 FROM subscriber)"
VERSION = "SELECT max(version) FROM schema_version"
BUSIEST_MINUTE = """
    SELECT max(plans) FROM (
        SELECT count(*) AS plans FROM plan
         WHERE next_due IS NOT NULL AND enabled = 1 AND asleep = 0
         GROUP BY next_due / 60)
"""


@dataclass(frozen=True, slots=True)
class Examination:
    """Facts about one database file, each read when it is asked for."""

    path: Path
    _db: sqlite3.Connection

    def is_whole(self) -> bool:
        """Return whether SQLite finds no damage."""
        return bool(self._db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

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
        key = look_at_key(key_file)
        if key is None:
            return None
        return [row[0] for row in self._db.execute(FINGERPRINTS)] == [Seal(key).fingerprint]

    def busiest_minute(self) -> int | None:
        """Return how many plans are due next in the minute that has most; None: no plan is."""
        count: int | None = self._db.execute(BUSIEST_MINUTE).fetchone()[0]
        return count

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


def newest_version() -> int:
    """Return the schema that this bot knows."""
    return max(migrations())


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
