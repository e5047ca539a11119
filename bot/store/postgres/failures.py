"""What PostgreSQL and the way to it report, as our errors; never a password, nor anybody's words."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from asyncpg import (
    ClientConfigurationError,
    DataError,
    InterfaceError,
    InternalClientError,
    PostgresError,
)

from bot.errors import BotError, SettingsError, StoreBrokenError, StoreUnavailableError

RESTORE = "bring a copy back with pg_restore"
NAME_ISSUER = "name the file with its issuer's certificate: sslrootcert=FILE in BOT_DATABASE_URL."
TURN_ON_TLS = (
    "turn it on there (ssl = on); where nobody can listen to the line, take sslmode out of "
    "BOT_DATABASE_URL."
)
AGAIN = "nothing was changed; the bot tries again by itself."
FINDS_OUT = "whether the last change was kept is not known; the bot finds out by itself."
CUT = "cannot be reached"
NO_TLS = "rejected SSL"  # the library's words where a server answers that it speaks none
NO_ISSUER = "root certificate"  # likewise where a server is to be verified, and by nothing
GONE = ("closed", "closing", "released")  # how the library says that a connection ended under us

# by SQLSTATE or its class, the longer first
UNAVAILABLE = {
    "53100": "cannot grow: its disk is full",
    "53300": "has no connection left for us (max_connections)",
    "53": "lacks what it needs to work",
    "25006": "cannot be written now (read-only)",
    "42501": "does not let its user read or write its tables",
    "25P": "was left alone within a transaction",
    "55P03": "is locked by another process",
    "57014": "takes too long to answer",
    "57": "is stopping or starting",
    "08": CUT,
    "40": "was written by two at once",
    "23505": "was written by two at once",
    "58": "cannot be read or written",
}
WRONG = {
    "28": ("refuses its user or password", "correct them in BOT_DATABASE_URL."),
    "3D000": ("is not there", "create it (createdb), or correct its name in BOT_DATABASE_URL."),
    "3F000": ("has no such schema", "create the one that search_path names."),
    "42501": (
        "refuses its user a right that the bot needs",
        "make that user the owner of the database, its schema and its tables.",
    ),
    "42704": ("knows an option of its address not", "correct BOT_DATABASE_URL."),
    "22023": ("refuses an option of its address", "correct BOT_DATABASE_URL."),
}
BROKEN = {
    "XX001": "is damaged",
    "XX002": "is damaged",
    "3D000": "was deleted while the bot ran",
    "42P01": "has lost its tables",
}
T = TypeVar("T")
LIBRARY = (PostgresError, InterfaceError, InternalClientError, OSError)


@contextmanager
def translated(name: str, *, starting: bool = False, doubtful: bool = False) -> Iterator[None]:
    """Raise our errors in place of the library's; what is a fault of ours rises as it is.

    Args:
        name: Where the database is, without user and password.
        starting: What the server will never let us do is then a wrong setting; later it may be
            about to change.
        doubtful: A commit is under way, and may have been kept.
    """
    try:
        yield
    except LIBRARY as error:
        known = _known(error, f"The database {name}", starting=starting, doubtful=doubtful)
        if known is None:
            raise
        raise known from error


def _known(error: Exception, subject: str, *, starting: bool, doubtful: bool) -> BotError | None:
    state = getattr(error, "sqlstate", None) or ""
    if starting and (wrong := _wrong(error, state)):
        problem, fix = wrong
        return SettingsError(f"{subject} {problem}.", fix)
    if broken := _of(BROKEN, state):
        return StoreBrokenError(f"{subject} {broken}.", f"stop the bot and {RESTORE}.")
    passing = _passing(error, state)
    if passing is None:
        return None
    return StoreUnavailableError(f"{subject} {passing}.", FINDS_OUT if doubtful else AGAIN)


def _wrong(error: Exception, state: str) -> tuple[str, str] | None:
    """Return what only another setting can mend, and how."""
    if isinstance(error, ClientConfigurationError):
        if NO_ISSUER in str(error):
            return "is to be verified, and no issuer is named", NAME_ISSUER
        return "cannot be asked for like this", "correct BOT_DATABASE_URL."
    if isinstance(error, ssl.SSLCertVerificationError):
        return "has a certificate that is not trusted", NAME_ISSUER
    if isinstance(error, ConnectionError) and NO_TLS in str(error):
        return "can be reached, but its server speaks no TLS", TURN_ON_TLS
    return _of(WRONG, state)


def _passing(error: Exception, state: str) -> str | None:
    """Return why it is out of reach for now; None: it is not."""
    if known := _of(UNAVAILABLE, state):
        return known
    if wrong := _wrong(error, state):
        return wrong[0]
    if isinstance(error, OSError | InternalClientError):
        return CUT
    was_cut = isinstance(error, InterfaceError) and not isinstance(error, DataError)
    return CUT if was_cut and any(word in str(error) for word in GONE) else None


def _of(table: dict[str, T], state: str) -> T | None:
    return next((said for code, said in table.items() if state.startswith(code)), None)
