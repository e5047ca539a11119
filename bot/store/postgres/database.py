"""One PostgreSQL database behind three pools: a person waits for the first and never for the others.

Connections are opened when they are needed, and anew after they were cut.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from bot.errors import StoreUnavailableError
from bot.store.dialect import Row, T, Values, Work
from bot.store.postgres.driver import ALL_ROWS, FEW_ROWS, Pool, Session, make_pool
from bot.store.postgres.failures import AGAIN, LIBRARY, translated
from bot.store.postgres.parameters import numbered
from bot.store.urls import PostgresAddress

READERS, WRITERS, ONLOOKERS = 2, 4, 1
READ_SECONDS, WRITE_SECONDS, LOOK_ON_SECONDS = 2.0, 5.0, 30.0
GOODBYE_SECONDS = 2.0
WAIT_SECONDS, LEAST_WAIT_SECONDS = 4.0, 0.5  # for a connection that is free


class PostgresDatabase:
    """Transactions side by side; every method raises our errors for PostgreSQL's."""

    def __init__(self, name: str, readers: Pool, writers: Pool, onlookers: Pool) -> None:
        self._name = name
        self._readers = readers
        self._writers = writers
        self._onlookers = onlookers
        self._reading: set[asyncio.Task[list[Row]]] = set()
        self._latest = math.inf  # loop second after which nobody waits for a connection

    @classmethod
    async def open(cls, address: PostgresAddress) -> "PostgresDatabase":
        """Be ready to connect to a database that ``prepare`` has seen."""
        return cls(
            address.name,
            await make_pool(address, READERS, READ_SECONDS, FEW_ROWS),
            await make_pool(address, WRITERS, WRITE_SECONDS, FEW_ROWS),
            await make_pool(address, ONLOOKERS, LOOK_ON_SECONDS, ALL_ROWS),
        )

    def hurry(self, seconds: float) -> None:
        """Wait for no connection beyond so many seconds from now; statements have their own limit."""
        self._latest = asyncio.get_running_loop().time() + seconds

    async def close(self) -> None:
        """Wait for the transactions under way, but not for a server that is gone; disconnect."""
        pools = (self._onlookers, self._readers, self._writers)
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                for pool in pools:
                    await pool.close()
        except LIBRARY:  # the time is up, too
            for pool in pools:
                pool.terminate()

    async def read(self, statement: str, values: Values) -> list[Row]:
        """Return the rows of one query as last committed.

        Apart from who asks: one that has no more time waits for nothing, not even for the library
        to hear from a server that is silent.
        """
        asked = self._rows(self._readers, statement, values)
        reading = asyncio.get_running_loop().create_task(asked)
        self._reading.add(reading)
        reading.add_done_callback(self._has_read)
        await asyncio.wait({reading}, timeout=READ_SECONDS)
        if not reading.done():
            raise StoreUnavailableError(f"The database {self._name} is silent.", AGAIN)
        return reading.result()

    def _has_read(self, reading: "asyncio.Task[list[Row]]") -> None:
        self._reading.discard(reading)
        if not reading.cancelled():
            reading.exception()  # is raised where it is waited for, if it still is

    async def look_on(self, statement: str, values: Values) -> list[Row]:
        """Return the rows of one query, however long it reads, without holding up ``read``."""
        return await self._rows(self._onlookers, statement, values)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["PostgresTransaction"]:
        """Open a transaction; it is undone if the block ends with any error or is cancelled.

        Raises:
            StoreUnavailableError: the database is out of reach, full or locked.
            StoreBrokenError: its tables are gone or damaged.
        """
        async with self._session(self._writers) as session:
            handle = session.transaction()
            with translated(self._name):
                await handle.start()
            try:
                yield PostgresTransaction(self._name, session)
            except BaseException as error:
                _hang_up(session, error)
                with suppress(*LIBRARY):  # a connection that is gone has undone it already
                    await handle.rollback()
                raise
            with translated(self._name, doubtful=True):
                await handle.commit()

    async def at_once(self, work: Work[T]) -> T:
        """Do all of a transaction's work; see ``writing`` for what it raises."""
        async with self.writing() as transaction:
            return await work(transaction)

    async def _rows(self, pool: Pool, statement: str, values: Values) -> list[Row]:
        async with self._session(pool) as session:
            return await PostgresTransaction(self._name, session).rows(statement, values)

    @asynccontextmanager
    async def _session(self, pool: Pool) -> AsyncIterator[Session]:
        left = max(LEAST_WAIT_SECONDS, self._latest - asyncio.get_running_loop().time())
        lent = pool.acquire(timeout=min(WAIT_SECONDS, left))
        with translated(self._name):
            session = await lent.__aenter__()
        try:
            yield session
        except BaseException as error:
            _hang_up(session, error)
            raise
        finally:
            with suppress(*LIBRARY):  # one that cannot be taken back was cut
                await lent.__aexit__(None, None, None)


def _hang_up(session: Session, error: BaseException) -> None:
    """Cut a session whose server was not heard to the end: the library would wait for it."""
    if isinstance(error, asyncio.CancelledError) or isinstance(error.__cause__, TimeoutError):
        with suppress(*LIBRARY):  # it was cut before
            session.terminate()


class PostgresTransaction:
    """Statements inside one transaction."""

    def __init__(self, name: str, session: Session) -> None:
        self._name = name
        self._session = session

    async def rows(self, statement: str, values: Values) -> list[Row]:
        """Run one statement and return its rows."""
        query, names = numbered(statement)
        with translated(self._name):
            return await self._session.fetch(query, *(values[name] for name in names))

    async def each(self, statement: str, values: Sequence[Values]) -> int:
        """Run one statement once for each set of values; return how many rows it changed."""
        if not values:
            return 0
        # the library tells no count of many; each row that was changed is told by its own
        query, names = numbered(f"{statement} RETURNING 1")
        with translated(self._name):
            changed = await self._session.fetchmany(
                query, [[one[name] for name in names] for one in values]
            )
        return len(changed)
