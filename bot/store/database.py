"""One SQLite file behind three connections: one writes, two read and never wait for it.

A person waits for the one that reads; the onlooker counts for the operator, and takes its time.
"""

import asyncio
import math
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import cast

import aiosqlite

from bot.errors import StoreUnavailableError
from bot.store.dialect import Row, Values
from bot.store.failures import away, moved, translated

Connect = Callable[[Path, float], aiosqlite.Connection]
"""Opens a file, with the seconds to wait for a lock."""

BUSY_SECONDS = 6.0  # a lock of 5 s causes no error
PATIENCE_SECONDS = 7.5  # queue and lock together; a longer lock ends as an error within 10 s
AWAY_SECONDS = 4.0  # a disk that is gone may come back; after that it was deleted: out within 10 s
READ_BUSY_SECONDS = 1.0  # readers wait only while another process recovers or closes the file

# one that only reads passes on a full disk; after a failure it is to tell whether writing works
# (SQLite leaves out a write that would change no byte)
WRITE_SOMETHING = (
    "INSERT INTO seal_key VALUES ('')",
    "DELETE FROM seal_key WHERE fingerprint = ''",
)
EACH = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"


class Database:
    """Transactions one after the other; every method raises our errors for SQLite's."""

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection,
        reader: aiosqlite.Connection,
        onlooker: aiosqlite.Connection,
    ) -> None:
        self._path = path
        self._writer = writer
        self._reader = reader
        self._onlooker = onlooker
        self._identity = _identity(path)
        self._turn = asyncio.Lock()
        self._doubted = False
        self._missed_since: float | None = None
        self._latest = math.inf  # loop second after which nobody waits for a lock

    @classmethod
    async def open(cls, path: Path, connect: Connect | None = None) -> "Database":
        """Connect to a file that ``prepare`` has seen; ``connect`` stands in for aiosqlite's."""
        async with AsyncExitStack() as opened:
            with translated(path, starting=True):
                writer, reader, onlooker = [
                    await opened.enter_async_context((connect or _connect)(path, busy_seconds))
                    for busy_seconds in (BUSY_SECONDS, READ_BUSY_SECONDS, READ_BUSY_SECONDS)
                ]
                await writer.executescript(EACH)
            opened.pop_all()  # all is well: they stay open
        return cls(path, writer, reader, onlooker)

    def hurry(self, seconds: float) -> None:
        """Wait for no lock beyond so many seconds from now; what waits already goes on waiting."""
        self._latest = asyncio.get_running_loop().time() + seconds

    async def close(self) -> None:
        """Wait for the transaction under way, then disconnect."""
        async with self._turn:
            await self._onlooker.close()
            await self._reader.close()
            await self._writer.close()

    async def read(self, statement: str, values: Values) -> list[Row]:
        """Return the rows of one query as last committed."""
        with self._guarded():
            return _tuples(await self._reader.execute_fetchall(statement, dict(values)))

    async def look_on(self, statement: str, values: Values) -> list[Row]:
        """Return the rows of one query, however long it reads, without holding up ``read``."""
        with self._guarded():
            return _tuples(await self._onlooker.execute_fetchall(statement, dict(values)))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["Transaction"]:
        """Open a transaction; it is undone if the block ends with any error or is cancelled.

        Raises:
            StoreUnavailableError: the file is locked, full or out of reach; nothing was changed.
            StoreBrokenError: the file is corrupt, or was moved away while it was open.
        """
        deadline = min(asyncio.get_running_loop().time() + PATIENCE_SECONDS, self._latest)
        await self._queue(deadline)
        try:
            with self._guarded():
                async with self._transaction(deadline) as transaction:
                    yield transaction
        finally:
            self._turn.release()

    async def _queue(self, deadline: float) -> None:
        try:
            async with asyncio.timeout_at(deadline):
                await self._turn.acquire()
        except TimeoutError as error:
            raise StoreUnavailableError(
                f"The database {self._path} is busy.", "the bot tries again by itself."
            ) from error

    @asynccontextmanager
    async def _transaction(self, deadline: float) -> AsyncIterator["Transaction"]:
        left = max(0.0, min(BUSY_SECONDS, deadline - asyncio.get_running_loop().time()))
        try:
            await self._writer.executescript(
                f"PRAGMA busy_timeout = {int(left * 1000)}; BEGIN IMMEDIATE;"
            )
            if self._doubted:
                for statement in WRITE_SOMETHING:
                    await self._writer.execute(statement)
            yield Transaction(self._writer)
            await self._writer.commit()
            self._doubted = False
        except BaseException as error:
            self._doubted |= isinstance(error, sqlite3.Error)
            # queued behind what still runs on the connection's thread, even if we are cancelled
            with suppress(sqlite3.Error):
                await self._writer.rollback()
            raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Refuse to go on with a ghost: in WAL mode SQLite does not notice a deleted file."""
        self._look_for_file()
        with translated(self._path):
            yield

    def _look_for_file(self) -> None:
        found = _identity(self._path)
        if found == self._identity:
            self._missed_since = None
            return
        now = asyncio.get_running_loop().time()
        if self._missed_since is None:
            self._missed_since = now
        if found is None and now - self._missed_since < AWAY_SECONDS:
            raise away(self._path)
        raise moved(self._path)


class Transaction:
    """Statements inside one transaction."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def rows(self, statement: str, values: Values) -> list[Row]:
        """Run one statement and return its rows."""
        return _tuples(await self._connection.execute_fetchall(statement, dict(values)))

    async def each(self, statement: str, values: Sequence[Values]) -> int:
        """Run one statement once for each set of values; return how many rows it changed."""
        if not values:
            return 0
        return (await self._connection.executemany(statement, values)).rowcount


def _connect(path: Path, busy_seconds: float) -> aiosqlite.Connection:
    # mode=rw: a file that vanished meanwhile is an error, not a new empty database
    address = f"{path.absolute().as_uri()}?mode=rw"
    return aiosqlite.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)


def _tuples(rows: Iterable[object]) -> list[Row]:
    # they are tuples already: no row factory is set, whatever aiosqlite's annotation says
    return cast("list[Row]", rows)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
