"""A copy of the database while the bot runs, and its way back; each is verified before it counts.

The key is not in the copy: it lies apart, so that a copy that gets lost names no one.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile

from bot.errors import BotError, SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store.failures import is_file, path_failure, translated
from bot.store.instance import InstanceLock
from bot.store.keyfile import read_key, sync_folder
from bot.store.migrate import migrations
from bot.store.moved import refuse_moved
from bot.store.seal import Seal

PAGES_A_STEP = 1000  # between two steps the bot may write
BESIDE = ("-wal", "-shm", "-journal")
# the database is only read, so that what cannot be written is the copy
NOT_WRITTEN = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE}
USE_ANOTHER = "use another copy."


def back_up(database: Path, copy: Path) -> int:
    """Write a verified copy, readable by its owner only; return how many subscribers it holds.

    Raises:
        SettingsError: there is no database, its data were moved away, or the copy cannot be written
            or is there already.
        StoreBrokenError: the database or what was written is damaged.
        StoreUnavailableError: the database is locked, or there is no room for the copy.
    """
    if not is_file(database, "BOT_DATABASE_URL"):
        raise SettingsError(
            f"There is no database at {database}.", "set BOT_DATA_DIR or BOT_DATABASE_URL."
        )
    with _draft(copy, "FILE") as draft, translated(database, starting=True):
        with closing(_opened(database)) as source, closing(sqlite3.connect(draft)) as target:
            refuse_moved(source, database)
            _fill(source, target, copy)
        return _verified(draft, copy)


def restore(copy: Path, database: Path, key_file: Path) -> int:
    """Put a copy in the place of a database that holds nobody; return how many it brings back.

    Raises:
        SettingsError: the copy is missing or of a file that was moved, the key is missing or not the
            one it was made with, a bot runs on the database, or the database holds subscribers.
        StoreBrokenError: the copy is damaged, foreign, or of a newer version.
        StoreUnavailableError: the disk is full.
    """
    if not is_file(copy, "FILE"):
        raise SettingsError(f"There is no file {copy}.", "name a copy that `backup` made.")
    with translated(copy, mend=USE_ANOTHER):
        subscribers = _verified(copy, copy)
        with closing(_opened(copy)) as db:
            refuse_moved(db, copy)
        _check_key(copy, key_file, inhabited=subscribers > 0)
    lock = InstanceLock(database)
    try:
        _check_empty(database)
        with _draft(database, "BOT_DATABASE_URL", over=True) as draft:
            copyfile(copy, draft)
            for ending in BESIDE:  # of the database that makes room; they would be read with ours
                database.with_name(database.name + ending).unlink(missing_ok=True)
    finally:
        lock.release()
    return subscribers


@contextmanager
def _draft(path: Path, setting: str, *, over: bool = False) -> Iterator[Path]:
    """Yield a file to fill; it takes its place whole and on disk, or not at all."""
    if path.exists() and not over:
        raise SettingsError(f"{path} is there already.", "choose a new name for the copy.")
    draft = path.with_name(f"{path.name}.part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise path_failure(error, path, setting) from error
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise path_failure(error, path, setting) from error
    finally:
        draft.unlink(missing_ok=True)


def _fill(source: sqlite3.Connection, target: sqlite3.Connection, copy: Path) -> None:
    try:
        source.backup(target, pages=PAGES_A_STEP)
        target.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in NOT_WRITTEN:
            raise
        raise StoreUnavailableError(
            f"FILE {copy} cannot be written: its disk is full or fails.",
            "make room there, or name a place on another disk; nothing was changed.",
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _verified(file: Path, name: Path) -> int:
    """Return how many subscribers a whole file of ours, no newer than we are, holds."""
    with closing(_opened(file)) as db:
        if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise StoreBrokenError(f"{name} is damaged.", USE_ANOTHER)
        try:
            version = db.execute("SELECT max(version) FROM schema_version").fetchone()[0]
            subscribers = db.execute("SELECT count(*) FROM subscriber").fetchone()[0]
            db.execute("SELECT fingerprint FROM seal_key")
        except sqlite3.OperationalError:
            version = None
    if not isinstance(version, int) or version < 1:
        raise StoreBrokenError(f"{name} is no copy of ours.", USE_ANOTHER)
    latest = max(migrations())
    if version > latest:
        raise StoreBrokenError(
            f"{name} has schema version {version}; this bot knows {latest}.",
            "restore it with the bot that made it, or a newer one.",
        )
    return int(subscribers)


def _check_key(copy: Path, key_file: Path, *, inhabited: bool) -> None:
    """Refuse a copy that could not be opened afterwards."""
    if not inhabited:
        return
    key = read_key(key_file)
    if key is None:
        raise SettingsError(
            f"BOT_KEY_FILE {key_file}: there is no such file, and the copy needs its key.",
            "put back your copy of the key file first.",
        )
    with closing(_opened(copy)) as db:
        known = [row[0] for row in db.execute("SELECT fingerprint FROM seal_key")]
    if known != [Seal(key).fingerprint]:
        raise SettingsError(
            f"BOT_KEY_FILE {key_file} holds another key than the copy was made with.",
            "put back your copy of the right key file first.",
        )


def _check_empty(database: Path) -> None:
    """Refuse to write over people's data, whatever state they are in."""
    if not database.exists():
        return
    try:
        with translated(database), closing(_opened(database)) as db:
            held = db.execute("SELECT count(*) FROM subscriber").fetchone()[0]
    except (BotError, sqlite3.Error):
        held = None
    if held == 0:
        return
    what = "cannot be read" if held is None else f"holds {held} subscribers"
    raise SettingsError(
        f"The database {database} {what}, and is not written over.",
        "move it away, or restore into another place with BOT_DATABASE_URL.",
    )
