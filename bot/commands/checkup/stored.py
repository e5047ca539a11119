"""The database: whole, of our version, with its key; and whether its reminders fit their minutes."""

from collections.abc import Iterator

from bot.commands.checkup.findings import Case, Finding, ok, problem, there, told, warning
from bot.errors import BotError, SettingsError, StoreUnavailableError
from bot.store.examine import Examination, examining, newest_version
from bot.store.failures import RESTORE, path_failure
from bot.store.urls import sqlite_path

MIB = 2**20
LONGEST_LOG = 100 * MIB
MINUTES = 10  # within which the fullest minute is to be sent
SECONDS_A_MINUTE = 60


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


def rate(case: Case) -> list[Finding]:
    """Judge whether the fullest minute can be sent before its reminders grow stale."""
    a_second = case.settings.sends_per_second
    carried = f"{a_second:g} messages a second carry {a_second * SECONDS_A_MINUTE * MINUTES:.0f} reminders"
    capacity = f"rate: {carried} in {MINUTES} minutes"
    busiest = _busiest(case)
    if busiest is None:
        return [ok(f"{capacity}; none is planned")]
    minutes = busiest / a_second / SECONDS_A_MINUTE
    fullest = f"{capacity}; the fullest minute has {busiest}, which takes {minutes:.1f} minutes"
    if minutes <= MINUTES:
        return [ok(fullest)]
    return [
        warning(
            f"{fullest}: the last of them come late, and breaks may be left out.",
            "raise BOT_SENDS_PER_SECOND if Telegram allows this bot more than 30 a second.",
        )
    ]


def _busiest(case: Case) -> int | None:
    """Return how many plans the fullest minute has; None where nothing can be said."""
    path = case.database()
    if path is None or not there(path):
        return None
    try:
        with examining(path) as found:
            known = 0 < (found.version() or 0) <= newest_version()
            return found.busiest_minute() if known else None
    except BotError:  # said by `database`
        return None


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
