"""A look into a PostgreSQL database beside running bots; nothing is written or made."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.store.examine import BUSIEST_MINUTE, key_fits
from bot.store.postgres.driver import Session, connect
from bot.store.postgres.failures import translated
from bot.store.postgres.prepare import (
    FINGERPRINTS,
    INHABITED,
    TABLES,
    VERSION,
    migrations,
)
from bot.store.urls import PostgresAddress

GOODBYE_SECONDS = 1.0
LOOK_SECONDS = 30.0
SERVER = """
    SELECT current_setting('server_version'), current_setting('server_encoding'),
           current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'
"""


@dataclass(frozen=True, slots=True)
class PostgresExamination:
    """Facts about one database, all of one moment.

    Attributes:
        server: Version of the server.
        encoding: Of the database; ours is UTF8.
        durable: Whether what was committed outlives a power cut.
        tables: Names in the schema that is used.
    """

    server: str
    encoding: str
    durable: bool
    tables: frozenset[str]
    _version: int = 0
    _fingerprints: tuple[str, ...] = ()
    _inhabited: bool = False
    _busiest_minute: int | None = None

    def is_empty(self) -> bool:
        """Return whether there is no table yet."""
        return not self.tables

    def version(self) -> int | None:
        """Return the number of the schema; None: the tables are another program's."""
        return self._version if "schema_version" in self.tables else None

    def inhabited(self) -> bool:
        """Return whether it holds a subscriber."""
        return self._inhabited

    def fits(self, key_file: Path) -> bool | None:
        """Return whether the key is the one the database was made with; None: there is no key.

        Raises:
            SettingsError: the file cannot be read or holds no key.
        """
        return key_fits(key_file, list(self._fingerprints))

    def busiest_minute(self) -> int | None:
        """Return how many plans are due next in the minute that has most; None: no plan is."""
        return self._busiest_minute


def examined(address: PostgresAddress) -> PostgresExamination:
    """Connect, look and go.

    Raises:
        SettingsError: user, password or database is wrong.
        StoreUnavailableError: it is out of reach.
    """
    return asyncio.run(_examined(address))


def newest_version() -> int:
    """Return the schema that this bot knows."""
    return max(migrations())


async def _examined(address: PostgresAddress) -> PostgresExamination:
    session = await connect(address, starting=True)
    try:
        with translated(address.name, starting=True):
            async with asyncio.timeout(LOOK_SECONDS):
                return await _facts(session)
    finally:
        await session.close(timeout=GOODBYE_SECONDS)


async def _facts(session: Session) -> PostgresExamination:
    ((server, encoding, durable),) = await session.fetch(SERVER)
    tables = frozenset(name for (name,) in await session.fetch(TABLES))
    if "schema_version" not in tables:
        return PostgresExamination(server, encoding, durable, tables)
    ((version,),) = await session.fetch(VERSION)
    if not 0 < version <= newest_version():
        return PostgresExamination(server, encoding, durable, tables, version)
    ((inhabited,),) = await session.fetch(INHABITED)
    ((busiest,),) = await session.fetch(BUSIEST_MINUTE)
    found = tuple(fingerprint for (fingerprint,) in await session.fetch(FINGERPRINTS))
    return PostgresExamination(
        server, encoding, durable, tables, version, found, inhabited, busiest
    )
