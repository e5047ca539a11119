"""A first start, or any start: the database at our schema, and the key that belongs to it.

Bots that start at once on one database do this one after the other.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.errors import SettingsError, StoreBrokenError
from bot.store.chosen_key import chosen_seal
from bot.store.migrate import read_steps
from bot.store.postgres.driver import Session
from bot.store.postgres.failures import LIBRARY, translated
from bot.store.postgres.locks import KEYS, OUR_KEY, OURS, PREPARING
from bot.store.postgres.rights import Rights, rights_of
from bot.store.seal import Seal

FOLDER = "postgres/schema"
OLDEST_SERVER = 14

TABLES = """
    SELECT relname FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = CAST(current_schema() AS regnamespace)
"""
VERSION = "SELECT coalesce(max(version), 0) FROM schema_version"
MAKE_VERSION = "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY)"
LOCK = "SELECT pg_advisory_xact_lock($1, $2)"
NOBODY_ELSE = f"SELECT pg_try_advisory_xact_lock({KEYS}, CAST({OUR_KEY} AS integer))"
# to the end of the session: while anybody uses the database, its key stays
USE_KEY = f"SELECT pg_advisory_lock_shared({KEYS}, CAST({OUR_KEY} AS integer))"
FINGERPRINTS = "SELECT fingerprint FROM seal_key"
INHABITED = "SELECT EXISTS (SELECT 1 FROM subscriber)"


def migrations() -> dict[int, str]:
    """Return the SQL of each step by its number; the first is SQLite's fifth."""
    return read_steps(FOLDER)


async def prepare(session: Session, name: str, key_file: Path) -> Seal:
    """Make or examine the tables and the key file; return the seal.

    The key file is made only while the database holds no subscriber and no other bot runs on it.

    Raises:
        SettingsError: the user may not make or write tables, the server is too old, or the key is
            missing or wrong.
        StoreBrokenError: the tables are another program's, or newer than we are.
        StoreUnavailableError: the database is out of reach; try again.
    """
    with translated(name, starting=True):
        check_server(session.get_server_version().major)
        await migrate(session, migrations())
        return await _sealed_with(session, key_file)


def check_server(major: int) -> None:
    """Refuse a server that lacks what we use.

    Raises:
        SettingsError: it is too old.
    """
    if major < OLDEST_SERVER:
        raise SettingsError(
            f"BOT_DATABASE_URL leads to PostgreSQL {major}; the bot needs {OLDEST_SERVER} or newer.",
            "update the server, or use another.",
        )


async def migrate(session: Session, steps: dict[int, str]) -> None:
    """Apply the steps that the database lacks, each in one transaction of its own.

    Raises:
        SettingsError: its user may not do so, or not work with them then.
        StoreBrokenError: the tables are another program's, or a newer version of the bot made them.
    """
    rights = await rights_of(session)
    if lacking := rights.lacking_for_work():
        raise lacking
    latest = max(steps)
    while (version := await _take_step(session, steps, rights)) < latest:
        pass
    if version > latest:
        raise StoreBrokenError(
            f"The database has schema version {version}; this bot knows {latest}.",
            "start the newer bot again, or bring back a copy made by this one with pg_restore.",
        )


async def _take_step(session: Session, steps: dict[int, str], rights: Rights) -> int:
    """Take the first step that is missing; return the version that is there then."""
    async with _alone(session):
        version = await _version(session)
        missing = [number for number in sorted(steps) if number > version]
        if not missing:
            return version
        if lacking := rights.lacking_for_steps():
            raise lacking
        if not version:
            await session.execute(MAKE_VERSION)
        await session.execute(steps[missing[0]])
        await session.execute(f"INSERT INTO schema_version VALUES ({missing[0]})")
        return missing[0]


async def _version(session: Session) -> int:
    tables = {name for (name,) in await session.fetch(TABLES)}
    if not tables:
        return 0
    if "schema_version" not in tables:
        raise StoreBrokenError(
            "The database holds tables of another program.",
            "set BOT_DATABASE_URL to a database of the bot's own, or to a schema of its own with "
            "?search_path=NAME.",
        )
    ((version,),) = await session.fetch(VERSION)
    return int(version)


async def _sealed_with(session: Session, key_file: Path) -> Seal:
    async with _alone(session):
        known = [fingerprint for (fingerprint,) in await session.fetch(FINGERPRINTS)]
        ((inhabited,),) = await session.fetch(INHABITED)
        ((unused,),) = await session.fetch(NOBODY_ELSE)
        seal = chosen_seal(key_file, known, bound=inhabited or not unused)
        if known != [seal.fingerprint]:
            await session.execute("DELETE FROM seal_key")
            await session.fetch("INSERT INTO seal_key VALUES ($1)", seal.fingerprint)
        await session.fetch(USE_KEY)
        return seal


@asynccontextmanager
async def _alone(session: Session) -> AsyncIterator[None]:
    """Open a transaction, so that no two bots take the same step."""
    handle = session.transaction()
    await handle.start()
    try:
        await session.fetch(LOCK, OURS, PREPARING)
        yield
    except BaseException:
        with suppress(*LIBRARY):  # a session that is gone has undone it already
            await handle.rollback()
        raise
    await handle.commit()
