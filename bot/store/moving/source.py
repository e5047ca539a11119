"""The database file that is moved: whole, of our version, with its key, and ours alone meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from bot.errors import SettingsError, StoreBrokenError
from bot.store.chosen_key import chosen_seal
from bot.store.counts import figures_of, figures_span
from bot.store.dialect import Row
from bot.store.examine import FINGERPRINTS, INHABITED, VERSION, newest_version
from bot.store.failures import RESTORE, is_file, translated
from bot.store.instance import InstanceLock
from bot.store.moved import Mark, read_mark, write_mark
from bot.store.moving.digest import Digest
from bot.store.moving.tables import Table, quoted, tables_of
from bot.store.moving.wording import naming
from bot.store.prepare import WRITE_NOTHING
from bot.store.statements import FIGURES

FLAG = "--from"
BATCH = 10_000  # rows in memory at once
BUSY_SECONDS = 6.0
NAMES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class Source:
    """Nobody writes to it while it is open: no bot runs, and the file is locked."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.tables: list[Table] = []
        self.mark: Mark | None = None
        self._db = db

    def examine(self, key_file: Path) -> None:
        """Lock the file and see that it can be moved.

        Raises:
            SettingsError: it is empty, older than we are or read-only, or its key is not there.
            StoreBrokenError: it is damaged, foreign or newer than we are.
            StoreUnavailableError: another program has locked it.
        """
        with _guarded(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            self._check_whole()
            self._db.execute(WRITE_NOTHING)  # the mark will have to be written
            self.tables = tables_of(self._db)
            self.mark = read_mark(self._db)
            known = [row[0] for row in self._db.execute(FINGERPRINTS)]
            inhabited = self._db.execute(INHABITED).fetchone()[0]
        if inhabited:
            chosen_seal(key_file, known, bound=True)

    def batches(self, table: Table) -> Iterator[list[Row]]:
        """Yield all rows of a table in the order of its key."""
        query = f"SELECT {quoted(*table.columns)} FROM {quoted(table.name)} ORDER BY {quoted(*table.key)}"
        with _guarded(self.path):
            rows = self._db.execute(query)
            while batch := rows.fetchmany(BATCH):
                yield batch

    def digest(self, table: Table) -> Digest:
        """Return what a table holds."""
        digest = Digest()
        for batch in self.batches(table):
            digest.add(batch)
        return digest

    def difference(self, now: datetime) -> int:
        """Return how many occurrences are missing, or counted twice (below 0)."""
        with _guarded(self.path):
            return figures_of(self._db.execute(FIGURES, figures_span(now)).fetchall()).difference

    def keep_mark(self, mark: Mark) -> None:
        """Mark the file, on disk when this returns; no bot starts on it any more."""
        with _guarded(self.path):
            if not self._db.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            write_mark(self._db, mark)
            self._db.execute("COMMIT")

    def _check_whole(self) -> None:
        tables = {name for (name,) in self._db.execute(NAMES)}
        if not tables:
            raise SettingsError(
                f"The database {self.path} is empty.", f"name the bot's database with {FLAG}."
            )
        if "schema_version" not in tables:
            raise StoreBrokenError(
                f"The database {self.path} belongs to another program.",
                f"name the bot's database with {FLAG}.",
            )
        self._check_version(int(self._db.execute(VERSION).fetchone()[0] or 0), newest_version())
        for check in ("integrity_check(1)", "foreign_key_check"):
            if self._db.execute(f"PRAGMA {check}").fetchone() not in {("ok",), None}:
                raise StoreBrokenError(f"The database {self.path} is damaged.", RESTORE)

    def _check_version(self, version: int, newest: int) -> None:
        problem = f"The database {self.path} has schema version {version}; this bot knows {newest}."
        if version > newest:
            raise StoreBrokenError(problem, "move it with the bot that made it, or a newer one.")
        if version < newest:
            raise SettingsError(problem, "start this version of the bot on it once, stop it, move.")


@contextmanager
def opened_source(path: Path, key_file: Path) -> Iterator[Source]:
    """Yield the database file; raises as ``Source.examine`` does.

    Raises:
        SettingsError: there is no such file, or a bot runs on it.
    """
    if not is_file(path, FLAG):
        raise SettingsError(f"There is no database at {path}.", f"name it with {FLAG}.")
    fix = "stop the bot first (or wait, if it is another `move`)."
    lock = InstanceLock(path, setting=FLAG, fix=fix)
    try:
        with _guarded(path):
            db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
            )
        with closing(db):
            source = Source(path, db)
            source.examine(key_file)
            yield source
    finally:
        lock.release()


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    try:
        with naming(FLAG), translated(path, starting=True):
            yield
    except sqlite3.Error as error:  # tables that are not ours, a text that is none
        raise StoreBrokenError(f"The database {path} is damaged.", RESTORE) from error
