"""The PostgreSQL database that takes the data: all in one transaction, and nobody else in it."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime

from asyncpg import DataError, IntegrityConstraintViolationError, LockNotAvailableError

from bot.errors import SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store.counts import figures_of, figures_span
from bot.store.dialect import Row
from bot.store.moving.digest import Digest
from bot.store.moving.tables import Table, quoted
from bot.store.moving.wording import AGAIN, naming
from bot.store.postgres.database import PostgresTransaction
from bot.store.postgres.driver import Handle, Session, connect
from bot.store.postgres.failures import LIBRARY, translated
from bot.store.postgres.locks import MOVING, OURS, PREPARING
from bot.store.postgres.prepare import (
    INHABITED,
    LOCK,
    NOBODY_ELSE,
    TABLES,
    VERSION,
    check_server,
    migrate,
    migrations,
)
from bot.store.postgres.statements import FIGURES
from bot.store.urls import PostgresAddress

FLAG = "--to"
BATCH = 10_000  # rows in memory at once
GOODBYE_SECONDS = 2.0
NEW_ONE = "name a database that holds nothing: createdb NAME makes one."
# by the server, and by the library before: a number too large, a text in place of a number
REFUSED = (DataError, IntegrityConstraintViolationError, OverflowError, TypeError, ValueError)
# of a bot that was started on the database to try it; they say nothing of anybody
LEFT_BY_A_START = {"seal_key", "zone_data", "worker"}

# to the end of the session; a `move` that was killed a moment ago lets go within the time for a lock
ONE_MOVE = "SELECT pg_advisory_lock($1, $2)"
# reading the file may take longer than a bot may stand still; what is kept must outlive a power cut
PATIENT = "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL synchronous_commit = on"
COLUMNS = """
    SELECT c.relname, a.attname, a.attidentity <> '', a.attcollation <> 0
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = CAST(current_schema() AS regnamespace)
       AND a.attnum > 0 AND NOT a.attisdropped
"""


class Target:
    """Rows are written and read back; nothing stays unless ``commit`` returns."""

    def __init__(self, name: str, session: Session) -> None:
        self.name = name
        self._session = session
        self._columns: dict[tuple[str, str], tuple[bool, bool]] = {}

    async def prepare(self) -> None:
        """Make our tables where there are none; see that no bot and no other move is at work.

        Raises:
            SettingsError: one is, or the server, the user or the age of the tables is not right.
            StoreBrokenError: the tables are another program's, or newer than we are.
            StoreUnavailableError: the database is out of reach.
        """
        with self._guarded():
            check_server(self._session.get_server_version().major)
            await self._be_the_only_move()
            await self._check_use()
            await migrate(self._session, migrations())

    @asynccontextmanager
    async def writing(self, tables: Sequence[Table]) -> AsyncIterator[Handle]:
        """Open the transaction, with all tables closed to everybody else."""
        handle = self._session.transaction()
        with self._guarded():
            await handle.start()
        try:
            with self._guarded():
                await self._close_to_others(tables)
            yield handle
        except BaseException:
            with suppress(*LIBRARY):  # a session that is gone has undone it already
                await handle.rollback()
            raise

    async def is_new(self, tables: Iterable[Table]) -> bool:
        """Return whether there is nothing but what a bot leaves that was only started."""
        for table in tables:
            if table.name not in LEFT_BY_A_START and await self._holds_rows(table):
                return False
        return True

    async def empty(self, tables: Iterable[Table]) -> None:
        """Make room, and let no trigger change what comes in."""
        with self._guarded():
            for table in tables:
                name = quoted(table.name)
                await self._session.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
                await self._session.execute(f"DELETE FROM {name}")

    async def take(self, table: Table, rows: list[Row]) -> None:
        """Write rows.

        Raises:
            StoreBrokenError: they break a rule that SQLite did not keep.
        """
        with self._guarded():
            try:
                await self._session.copy_records_to_table(
                    table.name, records=rows, columns=table.columns
                )
            except REFUSED as error:
                raise StoreBrokenError(
                    f"PostgreSQL refuses what the table {table.name} holds.",
                    "report it; nothing was moved, and the bot may go on with the file.",
                ) from error

    async def settle(self, tables: Iterable[Table]) -> None:
        """Let new ids follow the largest; triggers work again, and the planner knows the tables."""
        with self._guarded():
            for table in tables:
                name = quoted(table.name)
                for column in table.columns:
                    if self._columns[table.name, column][0]:
                        await self._number_on(name, quoted(column))
                await self._session.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
                await self._session.execute(f"ANALYZE {name}")

    async def digest(self, table: Table) -> Digest:
        """Return what a table holds, read back in the order of its key."""
        digest = Digest()
        cursor = quoted(f"rows of {table.name}")  # the library keeps the columns of each statement
        with self._guarded():
            await self._session.execute(
                f"DECLARE {cursor} CURSOR FOR SELECT {quoted(*table.columns)}"
                f" FROM {quoted(table.name)} ORDER BY {self._order(table)}"
            )
            while rows := await self._session.fetch(f"FETCH {BATCH} FROM {cursor}"):
                digest.add(rows)
            await self._session.execute(f"CLOSE {cursor}")
        return digest

    async def difference(self, now: datetime) -> int:
        """Return how many occurrences are missing, or counted twice (below 0)."""
        transaction = PostgresTransaction(self.name, self._session)
        with naming(FLAG):
            return figures_of(await transaction.rows(FIGURES, figures_span(now))).difference

    async def commit(self, handle: Handle) -> None:
        """Keep all that was written.

        Raises:
            StoreUnavailableError: whether it was kept is not known.
        """
        try:
            await handle.commit()
        except LIBRARY as error:
            raise StoreUnavailableError(
                f"The database {self.name} was cut off at the last moment; whether it holds the"
                " data is not known.",
                f"{AGAIN[:-1]}, it finds out; until then no bot starts on the old file.",
            ) from error

    def check_shape(self, tables: Iterable[Table]) -> None:
        """Refuse tables or columns that have no place here.

        Raises:
            StoreBrokenError: there are some.
        """
        ours = {(table.name, column) for table in tables for column in table.columns}
        strange = sorted(".".join(one) for one in ours - self._columns.keys())
        if strange:
            raise StoreBrokenError(
                f"The database file holds what the bot does not know: {', '.join(strange)}.",
                "take it out of the file; it would be lost.",
            )

    async def _be_the_only_move(self) -> None:
        try:
            await self._session.fetch(ONE_MOVE, OURS, MOVING)
        except LockNotAvailableError as error:
            raise SettingsError(
                f"Another `move` into {self.name} is at work.", "wait until it has ended."
            ) from error

    async def _check_use(self) -> None:
        """Refuse a database that is in use, before its tables are brought to our version."""
        tables = {name for (name,) in await self._session.fetch(TABLES)}
        if not {"schema_version", "seal_key", "subscriber"} <= tables:
            return
        await self._check_nobody_runs()
        ((inhabited,),) = await self._session.fetch(INHABITED)
        ((version,),) = await self._session.fetch(VERSION)
        if inhabited and version < max(migrations()):
            raise SettingsError(f"The database {self.name} holds data of an older bot.", NEW_ONE)

    async def _check_nobody_runs(self) -> None:
        ((alone,),) = await self._session.fetch(NOBODY_ELSE)
        if not alone:
            raise SettingsError(
                f"A bot runs on the database {self.name}.",
                "stop it first; one whose line was cut is gone after half a minute.",
            )

    async def _close_to_others(self, tables: Sequence[Table]) -> None:
        await self._session.execute(PATIENT)
        await self._session.fetch(LOCK, OURS, PREPARING)  # a bot that starts waits for us
        await self._check_nobody_runs()
        found = await self._session.fetch(COLUMNS)
        self._columns = {(table, name): (counts, text) for table, name, counts, text in found}
        self.check_shape(tables)
        names = quoted(*(table.name for table in tables))
        await self._session.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")

    async def _number_on(self, table: str, column: str) -> None:
        ((last,),) = await self._session.fetch(f"SELECT coalesce(max({column}), 0) FROM {table}")
        await self._session.execute(f"ALTER TABLE {table} ALTER {column} RESTART WITH {last + 1}")

    async def _holds_rows(self, table: Table) -> bool:
        with self._guarded():
            return bool(await self._session.fetch(f"SELECT 1 FROM {quoted(table.name)} LIMIT 1"))

    def _order(self, table: Table) -> str:
        """Return the key with texts compared byte by byte, as SQLite does."""
        texts = {name for name in table.key if self._columns[table.name, name][1]}
        return ", ".join(
            f'{quoted(name)} COLLATE "C"' if name in texts else quoted(name) for name in table.key
        )

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with naming(FLAG), translated(self.name, starting=True):
            yield


@asynccontextmanager
async def opened_target(address: PostgresAddress) -> AsyncIterator[Target]:
    """Yield the database; raises as ``Target.prepare`` does."""
    with naming(FLAG):
        session = await connect(address, starting=True)
    try:
        target = Target(address.name, session)
        await target.prepare()
        yield target
    finally:
        with suppress(*LIBRARY):  # it was cut
            await session.close(timeout=GOODBYE_SECONDS)
