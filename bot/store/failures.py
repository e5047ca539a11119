"""What SQLite and the file system report, as our errors."""

import errno
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import BotError, SettingsError, StoreBrokenError, StoreUnavailableError

GIVE = "let the bot's user read and write it (chown)"
RESTORE = "bring a copy back: python -m bot restore FILE"

UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: "is locked by another process",
    sqlite3.SQLITE_LOCKED: "is locked by another process",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_IOERR: "cannot be read or written",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_PERM: "cannot be opened",
    sqlite3.SQLITE_NOMEM: "needs more memory than there is",
}
BROKEN = {
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_NOTADB: "is no database of ours",
}
WRONG_AT_START = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE}
PRIMARY_CODE = 0xFF  # the upper bits only refine it


@contextmanager
def translated(path: Path, *, starting: bool = False, mend: str = RESTORE) -> Iterator[None]:
    """Raise our errors in place of SQLite's; an error of our own making rises as it is.

    Args:
        path: The database file.
        starting: A file that cannot be opened or written is then a wrong setting; later it is
            a database that is out of reach for now.
        mend: What to do with a damaged or foreign file.
    """
    try:
        yield
    except sqlite3.Error as error:
        known = _known(error, path, starting=starting, mend=mend)
        if known is None:
            raise
        raise known from error


def path_failure(error: OSError, path: Path, setting: str) -> BotError:
    """Return our error for a file that the system refuses us."""
    problem = f"{setting} {path}: {error.strerror}."
    if error.errno in PASSING:
        return StoreUnavailableError(problem, "make room on the disk; the bot tries again.")
    return SettingsError(problem, f"{GIVE}, or set {setting} to another file.")


def is_file(path: Path, setting: str) -> bool:
    """Return whether there is such a file.

    Raises:
        SettingsError: a folder above it is closed to us, so that nobody can say.
    """
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise path_failure(error, path, setting) from error


def moved(path: Path) -> StoreBrokenError:
    """Return the error for a file that was deleted or replaced while it was open."""
    return StoreBrokenError(
        f"The database {path} was moved, deleted or replaced while the bot ran.",
        f"put the file back and start again, or {RESTORE}",
    )


def damaged(path: Path) -> StoreBrokenError:
    """Return the error for a file in which SQLite finds what cannot be."""
    return StoreBrokenError(f"The database {path} is damaged.", RESTORE)


def away(path: Path) -> StoreUnavailableError:
    """Return the error for a file that is missing, which may be a disk that comes back."""
    return StoreUnavailableError(f"The database {path} is gone.", "the bot looks again by itself.")


def closed(path: Path) -> StoreUnavailableError:
    """Return the error for a database that is asked while the bot leaves it."""
    return StoreUnavailableError(f"The database {path} is closed.", "ask again after the start.")


def _known(error: sqlite3.Error, path: Path, *, starting: bool, mend: str) -> BotError | None:
    extended = getattr(error, "sqlite_errorcode", 0)  # the module's own errors carry none
    code = extended & PRIMARY_CODE
    if extended == sqlite3.SQLITE_READONLY_DBMOVED:
        return moved(path)
    if code in BROKEN:
        return StoreBrokenError(f"The database {path} {BROKEN[code]}.", mend)
    if code not in UNAVAILABLE:
        return None
    problem = f"The database {path} {UNAVAILABLE[code]}."
    if starting and code in WRONG_AT_START:
        return SettingsError(problem, f"{GIVE}, or set BOT_DATA_DIR to another folder.")
    return StoreUnavailableError(problem, "nothing was changed; the bot tries again by itself.")
