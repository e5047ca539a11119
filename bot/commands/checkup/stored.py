"""The database: whole, of our version, with its key."""

from collections.abc import Iterator

from bot.commands.checkup import served
from bot.commands.checkup.findings import Case, Finding, ok, problem, told, warning
from bot.commands.checkup.made import made
from bot.errors import BotError, StoreUnavailableError
from bot.store.examine import Examination, examining, newest_version
from bot.store.failures import RESTORE, path_failure
from bot.store.urls import is_postgres, sqlite_path

MIB = 2**20
LONGEST_LOG = 100 * MIB


def database(case: Case) -> list[Finding]:
    """Look into the database; what cannot be opened is one finding."""
    if is_postgres(case.settings.database):
        return served.database(case)
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
    if away := found.moved_away():
        yield told("database", away)
        return
    if found.is_empty():
        return
    yield from made(case, found.version(), newest_version(), found)
    yield _log(found)


def _log(found: Examination) -> Finding:
    size = found.log_bytes()
    what = f"write-ahead log: {size // MIB} MiB"
    if size <= LONGEST_LOG:
        return ok(what)
    return warning(
        f"{what}; something keeps the bot from writing it into the database.",
        "end other programs that have the database open, then start the bot again.",
    )
