"""A first start, or any start: the database file at our schema, and the key that belongs to it.

Whether the file is whole is asked later: that reads all of it (see ``SqliteStore.examine``).
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.chosen_key import chosen_seal
from bot.store.failures import path_failure, translated
from bot.store.keyfile import look_at_key
from bot.store.migrate import migrate, migrations
from bot.store.moved import refuse_moved
from bot.store.seal import Seal

_log = logging.getLogger(__name__)

BUSY_SECONDS = 6.0
OWNER_ONLY = 0o600
WRITE_NOTHING = "UPDATE seal_key SET fingerprint = fingerprint WHERE 0"


def prepare(database: Path, key_file: Path) -> Seal:
    """Make or look at the database and its key file; return the seal.

    The key file is made only while the database holds no subscriber.

    Raises:
        SettingsError: a path cannot be used, the key is missing or wrong, or the data were moved
            to another database.
        StoreBrokenError: the file is foreign, newer than we are, or seen to be corrupt.
        StoreUnavailableError: it is locked or the disk is full; try again.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        if not database.exists():
            database.touch(mode=OWNER_ONLY)  # what SQLite puts beside it later takes this over
    except OSError as error:
        raise path_failure(error, database, "BOT_DATABASE_URL") from error
    with translated(database, starting=True), closing(_connect(database)) as db:
        refuse_moved(db, database)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        migrate(db, migrations())
        return _sealed_with(db, key_file)


def _connect(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(database, timeout=BUSY_SECONDS, isolation_level=None)


def _sealed_with(db: sqlite3.Connection, key_file: Path) -> Seal:
    db.execute("BEGIN IMMEDIATE")
    db.execute(WRITE_NOTHING)  # BEGIN passes on a read-only file; the first write would not
    known = [row[0] for row in db.execute("SELECT fingerprint FROM seal_key")]
    was_there = not known and look_at_key(key_file) is not None
    inhabited = db.execute("SELECT EXISTS (SELECT 1 FROM subscriber)").fetchone()[0]
    seal = chosen_seal(key_file, known, bound=inhabited)
    if known != [seal.fingerprint]:
        db.execute("DELETE FROM seal_key")
        db.execute("INSERT INTO seal_key (fingerprint) VALUES (?)", (seal.fingerprint,))
    db.commit()
    if was_there:
        _tell_of_new(key_file)
    return seal


def _tell_of_new(key_file: Path) -> None:
    """Log that a database was made beside a key: the one that belongs to it may be gone."""
    fields = {
        "event": "database.new",
        "path": str(key_file),
        "fix": "if there was a database before, stop now and bring a copy back: "
        "python -m bot restore FILE",
    }
    _log.warning("the database is new, although a key was there", extra=fields)
