"""One SQLite file behind three connections: one writes, two read and never wait for it.

A person waits for the one that reads; the onlooker counts for the operator, and takes its time.
"""

import asyncio
import math
import sqlite3
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import aiosqlite

from bot.errors import StoreUnavailableError
from bot.store.dialect import Row, Values, Work
from bot.store.failures import away, closed, moved, translated

T = TypeVar("T")
Connect = Callable[[Path, float], "Connection"]
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
CHUNK = 64  # rows that aiosqlite fetches at a time where a cursor is read row by row
EACH = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"


class Database:
    """Transactions one after the other; every method raises our errors for SQLite's."""

    def __init__(
        self,
        path: Path,
        writer: "Connection",
        reader: aiosqlite.Connection,
        onlooker: aiosqlite.Connection,
    ) -> None:
        self._path = path
        self._writer = writer
        self._reader = reader
        self._onlooker = onlooker
        self._identity = _identity(path)
        self._turn = asyncio.Lock()
        self._closed = False
        self._doubted = False  # whether a write failed, and none has worked since
        self._missed_since: float | None = None
        self._latest = math.inf  # loop second after which nobody waits for a lock

    @classmethod
    async def open(cls, path: Path, connect: Connect | None = None) -> "Database":
        """Connect to a file that ``prepare`` has seen; ``connect`` stands in for aiosqlite's."""
        async with AsyncExitStack() as opened:
            with translated(path, starting=True):
                writer, reader, onlooker = connections = [
                    (connect or _connect)(path, busy_seconds)
                    for busy_seconds in (BUSY_SECONDS, READ_BUSY_SECONDS, READ_BUSY_SECONDS)
                ]
                for connection in connections:
                    await opened.enter_async_context(connection)
                await writer.executescript(EACH)
            opened.pop_all()  # all is well: they stay open
        return cls(path, writer, reader, onlooker)

    def hurry(self, seconds: float) -> None:
        """Wait for no lock beyond so many seconds from now; what waits already goes on waiting."""
        self._latest = asyncio.get_running_loop().time() + seconds

    async def close(self) -> None:
        """Wait for the transaction under way, then disconnect; who asks later hears that it is closed."""
        async with self._turn:
            self._closed = True
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
        async with self._alone() as seconds:
            try:
                await self._writer.visit(partial(_begin, seconds, doubted=self._doubted))
                yield Transaction(self._writer)
                await self._writer.commit()
            except BaseException:
                # queued behind what still runs on the connection's thread, even if we are cancelled
                with suppress(sqlite3.Error):
                    await self._writer.rollback()
                raise

    async def at_once(self, work: Work[T]) -> T:
        """Do all of a transaction's work in one visit to the connection's thread.

        It raises as ``writing`` does. Who is cancelled meanwhile has it undone, unless it is
        being committed already.
        """
        async with self._alone() as seconds:
            visit = Visit(work, seconds, self._doubted)
            try:
                return await self._writer.visit(visit)
            finally:
                visit.over = True

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[float]:
        """Wait until nobody else writes; give the seconds that a lock may take."""
        deadline = min(asyncio.get_running_loop().time() + PATIENCE_SECONDS, self._latest)
        await self._queue(deadline)
        try:
            with self._guarded(), self._noted():
                left = deadline - asyncio.get_running_loop().time()
                yield max(0.0, min(BUSY_SECONDS, left))
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

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Refuse to go on with a ghost: in WAL mode SQLite does not notice a deleted file."""
        if self._closed:
            raise closed(self._path)
        self._look_for_file()
        with translated(self._path):
            yield

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Note whether writing works."""
        try:
            yield
        except sqlite3.Error:
            self._doubted = True
            raise
        self._doubted = False

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


class Connection(aiosqlite.Connection):
    """aiosqlite's, whose thread also runs more than one statement at a visit."""

    async def visit(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Let ``act`` work on SQLite's own connection, in the thread that it belongs to."""
        execute = cast("Callable[..., Awaitable[T]]", self._execute)  # it has no annotations
        return await execute(act, self._conn)


class Transaction:
    """Statements inside one transaction, each a visit to the connection's thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def rows(self, statement: str, values: Values) -> list[Row]:
        """Run one statement and return its rows."""
        return await self._connection.visit(partial(_rows, statement, values))

    async def each(self, statement: str, values: Sequence[Values]) -> int:
        """Run one statement once for each set of values; return how many rows it changed."""
        if not values:
            return 0
        return await self._connection.visit(partial(_each, statement, values))


class Straight:
    """Statements inside one transaction, run by the connection's thread itself."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, statement: str, values: Values) -> list[Row]:
        """Run one statement and return its rows."""
        return _rows(statement, values, self._connection)

    async def each(self, statement: str, values: Sequence[Values]) -> int:
        """Run one statement once for each set of values; return how many rows it changed."""
        return _each(statement, values, self._connection) if values else 0


@dataclass(slots=True)
class Visit(Generic[T]):
    """A whole transaction in one visit to the connection's thread.

    Attributes:
        seconds: To wait for a lock.
        over: Nobody waits for it any more: it is undone.
    """

    work: Work[T]
    seconds: float
    doubted: bool
    over: bool = False

    def __call__(self, connection: sqlite3.Connection) -> T:
        """Begin, work and commit, or undo it all."""
        try:
            _begin(self.seconds, connection, doubted=self.doubted)
            result = _finished(self.work(Straight(connection)))
            if self.over:
                connection.rollback()
            else:
                connection.commit()
        except BaseException:
            with suppress(sqlite3.Error):
                connection.rollback()
            raise
        return result


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Return what comes of work that waits for nothing: each of its statements is done at once."""
    try:
        work.send(None)
    except StopIteration as end:
        return cast("T", end.value)
    work.close()
    raise RuntimeError("a transaction in one visit waits for its own statements alone")


def _begin(seconds: float, connection: sqlite3.Connection, *, doubted: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    connection.execute("BEGIN IMMEDIATE")
    if doubted:
        for statement in WRITE_SOMETHING:
            connection.execute(statement)


def _rows(statement: str, values: Values, connection: sqlite3.Connection) -> list[Row]:
    return connection.execute(statement, dict(values)).fetchall()


def _each(statement: str, values: Sequence[Values], connection: sqlite3.Connection) -> int:
    return connection.executemany(statement, values).rowcount


def _connect(path: Path, busy_seconds: float) -> Connection:
    # mode=rw: a file that vanished meanwhile is an error, not a new empty database
    address = f"{path.absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)

    return Connection(connect, CHUNK)


def _tuples(rows: Iterable[object]) -> list[Row]:
    # they are tuples already: no row factory is set, whatever aiosqlite's annotation says
    return cast("list[Row]", rows)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
