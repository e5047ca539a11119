"""The database: whole, of our version, with its key."""

from collections.abc import Iterator

from bot.commands.checkup.findings import Case, Finding, ok, problem, told, warning
from bot.errors import BotError, SettingsError, StoreUnavailableError
from bot.store.examine import Examination, examining, newest_version
from bot.store.failures import RESTORE, path_failure
from bot.store.urls import sqlite_path

MIB = 2**20
LONGEST_LOG = 100 * MIB


def database(case: Case) -> list[Finding]:
    """Look into the database; what cannot be opened is one finding."""
    try:
        path = sqlite_path(case.settings.database)
        path.stat()
        with examining(path) as found:
            return list(_examined(case, found))
    except FileNotFoundError:
        return [ok(f"database: {path} is not there yet; the first start makes it")]
    except OSError as error:
        return [told("database", path_failure(error, path, "BOT_DATA_DIR"))]
    except StoreUnavailableError as error:
        return [warning(f"database: {error.problem}", "run doctor again in a minute.")]
    except BotError as error:
        return [told("database", error)]


def _examined(case: Case, found: Examination) -> Iterator[Finding]:
    if not found.is_whole():
        yield problem(f"database: {found.path} is damaged.", f"stop the bot and {RESTORE}")
        return
    yield ok(f"database: {found.path} is whole")
    if found.is_empty():
        return
    yield _schema(found)
    if found.version() is not None:
        yield from _key(case, found)
    yield _log(found)


def _schema(found: Examination) -> Finding:
    version, newest = found.version(), newest_version()
    if version is None:
        return problem(
            "schema: the file belongs to another program.",
            "set BOT_DATABASE_URL to a file of the bot's own.",
        )
    if version > newest:
        return problem(
            f"schema: version {version}; this bot knows {newest}.",
            "update the bot, or bring back a copy that this one made.",
        )
    if version < newest:
        return warning(
            f"schema: version {version}; the next start brings it to {newest}.",
            "make a copy before: python -m bot backup FILE",
        )
    return ok(f"schema: version {version}, the newest")


def _key(case: Case, found: Examination) -> Iterator[Finding]:
    key = case.settings.key
    try:
        fits = found.fits(key)
    except SettingsError as error:
        yield told("key", error)
        return
    if fits:
        yield ok("key: it is the one the database was made with")
    elif not found.inhabited():
        yield ok("key: none is needed yet; the database holds nobody")
    else:
        what = "is not there" if fits is None else "is another than the database was made with"
        yield problem(f"key: {key} {what}.", "put back your copy of the right key file.")


def _log(found: Examination) -> Finding:
    size = found.log_bytes()
    what = f"write-ahead log: {size // MIB} MiB"
    if size <= LONGEST_LOG:
        return ok(what)
    return warning(
        f"{what}; something keeps the bot from writing it into the database.",
        "end other programs that have the database open, then start the bot again.",
    )
