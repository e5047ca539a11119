"""A look into a PostgreSQL database beside running bots; nothing is written or made."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.core.schedule import DAY
from bot.errors import SettingsError
from bot.store.counts import by_minute, figures_of, figures_span
from bot.store.examine import key_fits
from bot.store.postgres.driver import Session, connect
from bot.store.postgres.failures import translated
from bot.store.postgres.parameters import numbered
from bot.store.postgres.prepare import (
    FINGERPRINTS,
    INHABITED,
    TABLES,
    VERSION,
    migrations,
)
from bot.store.postgres.rights import Rights, rights_of
from bot.store.postgres.statements import FIGURES, LOAD
from bot.store.rows import seconds
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
        rights: What its user may do.
        tables: Names in the schema that is used.
    """

    server: str
    encoding: str
    durable: bool
    rights: Rights
    tables: frozenset[str]
    _version: int = 0
    _fingerprints: tuple[str, ...] = ()
    _inhabited: bool = False
    _load: Mapping[datetime, int] = field(default_factory=dict)
    _difference: int = 0

    def is_empty(self) -> bool:
        """Return whether there is no table yet."""
        return not self.tables

    def lacks(self) -> SettingsError | None:
        """Return which right its user lacks, without which no bot starts on it."""
        if lacking := self.rights.lacking_for_work():
            return lacking
        version = 0 if self.is_empty() else self.version()
        behind = version is not None and version < newest_version()
        return self.rights.lacking_for_steps() if behind else None

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

    def difference(self, _now: datetime) -> int:
        """Return how many occurrences are missing, or counted twice (below 0)."""
        return self._difference

    def load(self, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """Return how many plans ring next in each UTC minute of the day that was looked at."""
        return {minute: plans for minute, plans in self._load.items() if since <= minute < until}


def examined(address: PostgresAddress, now: datetime) -> PostgresExamination:
    """Connect, look and go.

    Raises:
        SettingsError: user, password or database is wrong.
        StoreUnavailableError: it is out of reach.
    """
    return asyncio.run(_examined(address, now))


def newest_version() -> int:
    """Return the schema that this bot knows."""
    return max(migrations())


async def _examined(address: PostgresAddress, now: datetime) -> PostgresExamination:
    session = await connect(address, starting=True)
    try:
        with translated(address.name, starting=True):
            async with asyncio.timeout(LOOK_SECONDS):
                return await _facts(session, now)
    finally:
        await session.close(timeout=GOODBYE_SECONDS)


async def _facts(session: Session, now: datetime) -> PostgresExamination:
    ((server, encoding, durable),) = await session.fetch(SERVER)
    tables = frozenset(name for (name,) in await session.fetch(TABLES))
    found = PostgresExamination(server, encoding, durable, await rights_of(session), tables)
    if "schema_version" not in tables or found.rights.lacking_for_work():
        return found
    ((version,),) = await session.fetch(VERSION)
    if not 0 < version <= newest_version():
        return replace(found, _version=version)
    ((inhabited,),) = await session.fetch(INHABITED)
    difference, load = 0, Counter[datetime]()
    if version == newest_version():
        difference, load = await _difference(session, now), await _load(session, now)
    fingerprints = tuple(fingerprint for (fingerprint,) in await session.fetch(FINGERPRINTS))
    return replace(
        found,
        _version=version,
        _fingerprints=fingerprints,
        _inhabited=inhabited,
        _load=load,
        _difference=difference,
    )


async def _difference(session: Session, now: datetime) -> int:
    query, names = numbered(FIGURES)
    span = figures_span(now)
    return figures_of(await session.fetch(query, *(span[name] for name in names))).difference


async def _load(session: Session, now: datetime) -> Counter[datetime]:
    query, names = numbered(LOAD)
    span = {"begin": seconds(now - DAY), "end": seconds(now + DAY)}
    return by_minute(await session.fetch(query, *(span[name] for name in names)))
