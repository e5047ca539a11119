"""The database on a PostgreSQL server: within reach, sound, of our version, with its key."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.commands.checkup.findings import Case, Finding, ok, problem, told, warning
from bot.commands.checkup.made import made
from bot.errors import BotError, StoreUnavailableError
from bot.store.urls import PostgresAddress, postgres_address

if TYPE_CHECKING:
    from bot.store.postgres.examine import PostgresExamination


def database(case: Case) -> list[Finding]:
    """Look into the database; what cannot be reached is one finding."""
    try:
        address = postgres_address(case.settings.database)
        return list(judged(case, address, _examined(case, address)))
    except StoreUnavailableError as error:
        fix = "start it, open the way to it, or correct BOT_DATABASE_URL."
        return [problem(f"database: {error.problem}", fix)]
    except BotError as error:
        return [told("database", error)]


def planned(case: Case, since: datetime, until: datetime) -> Mapping[datetime, int] | None:
    """Return how many plans each minute has; None where nothing can be said."""
    from bot.store.postgres.examine import newest_version  # noqa: PLC0415

    try:
        found = _examined(case, postgres_address(case.settings.database))
    except BotError:  # said by `database`
        return None
    return found.load(since, until) if found.version() == newest_version() else None


def _examined(case: Case, address: PostgresAddress) -> "PostgresExamination":
    from bot.store.postgres.examine import examined  # noqa: PLC0415  # not loaded for SQLite

    return examined(address, case.now)


def judged(case: Case, address: PostgresAddress, found: "PostgresExamination") -> Iterator[Finding]:
    """Judge a database that answered."""
    from bot.store.postgres.examine import newest_version  # noqa: PLC0415

    yield ok(f"database: {address.name} answers (PostgreSQL {found.server})")
    if found.encoding != "UTF8":
        yield warning(
            f"database: its encoding is {found.encoding}.",
            "move to one made with: createdb --encoding=UTF8 --template=template0 NAME",
        )
    if not found.durable:
        yield warning(
            "database: the server may forget its last second at a power cut; reminders then repeat.",
            "set fsync and synchronous_commit to on.",
        )
    if found.rights.read_only:
        yield _read_only(standby=found.rights.standby)
    if lacking := found.lacks():
        yield told("database", lacking)
        return
    if found.is_empty():
        yield ok("database: it is empty; the first start makes its tables")
        return
    yield from made(case, found.version(), newest_version(), found)


def _read_only(*, standby: bool) -> Finding:
    if standby:
        return problem(
            "database: its server is a standby, on which nothing can be written.",
            "name the primary in BOT_DATABASE_URL, or all hosts with "
            "target_session_attrs=read-write.",
        )
    return problem(
        "database: nothing can be written, for its transactions are read-only.",
        "set default_transaction_read_only to off: for its user, the database and the server.",
    )
