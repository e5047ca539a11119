"""The store on a disk without threads: each statement runs at once, and can be made to fail."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from bot.store.database import Connection, Database
from bot.store.instance import InstanceLock
from bot.store.prepare import prepare
from bot.store.sqlite import SqliteStore
from bot.store.urls import sqlite_path
from tests.chaos.virtual.loop import VirtualLoop

T = TypeVar("T")
_lives = count(1)


class Harm(StrEnum):
    """What becomes of one statement."""

    FAILS = "fails"  # it is not done, and an error says so
    LIES = "lies"  # it is done, and an error says that it was not
    KILLED_BEFORE = "killed-before"  # the process dies, and it is not done
    KILLED_AFTER = "killed-after"  # it is done, and the process dies


@dataclass(slots=True)
class Disk:
    """Counts the statements of the connection that writes; one of them can come to harm.

    Attributes:
        statements: How many there were, transactions' ends included.
        seen: What they were, if ``notes`` says so.
        victim: Number of the one that comes to harm, from 1; 0: none.
        gone: The process is dead: nothing that it still does has an effect.
    """

    victim: int = 0
    harm: Harm = Harm.FAILS
    statements: int = 0
    notes: bool = False
    seen: list[str] = field(default_factory=list)
    gone: bool = False
    _held: list["asyncio.Future[None]"] = field(default_factory=list)

    async def visit(self, act: Callable[[], Any]) -> Any:
        """Do what a connection is asked to do; who asks while the process dies hears nothing."""
        await asyncio.sleep(0)
        if self.gone:
            raise _dead()
        result = self._tried(act)
        await asyncio.sleep(0)
        return await self._forever() if self.gone else result

    def do(self, step: Callable[[], Any], what: str) -> Any:
        """Do one step of the connection that writes, or harm it."""
        if self.gone:
            raise _dead()
        result = self._harmed(step, what)
        if self.gone:
            del result  # a cursor that lives on would keep the file locked
            raise _dead()
        return result

    def _tried(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except sqlite3.OperationalError:
            if not self.gone:
                raise
            return None

    def _harmed(self, step: Callable[[], Any], what: str) -> Any:
        self.statements += 1
        if self.notes:
            self.seen.append(what)
        if self.statements != self.victim:
            return step()
        done = step() if self.harm in {Harm.LIES, Harm.KILLED_AFTER} else None
        if self.harm in {Harm.FAILS, Harm.LIES}:
            raise _full()
        self.die()
        return done

    def die(self) -> None:
        """Let the process end here."""
        self.gone = True
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        loop.kill_now()

    async def _forever(self) -> None:
        never = asyncio.get_running_loop().create_future()
        self._held.append(never)  # else the garbage collector would end who waits for it
        await never


class HarmedConnection(sqlite3.Connection):
    """SQLite's own connection, on a disk that harms a step."""

    disk: Disk

    def execute(self, *given: Any) -> sqlite3.Cursor:
        return self._do(super().execute, *given)

    def executemany(self, *given: Any) -> sqlite3.Cursor:
        return self._do(super().executemany, *given)

    def executescript(self, *given: Any) -> sqlite3.Cursor:
        return self._do(super().executescript, *given)

    def commit(self) -> None:
        self._do(super().commit)

    def rollback(self) -> None:
        self._do(super().rollback)

    def _do(self, step: Callable[..., T], *given: Any) -> T:
        what = " ".join([step.__name__, *map(str, given[:1])])
        done: T = self.disk.do(lambda: step(*given), what)
        return done


class InlineConnection(Connection):
    """The store's connection, with its work done at once in place of a thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], disk: Disk) -> None:
        super().__init__(connector, 64)
        self._disk = disk

    def __await__(self) -> Any:
        return self._connect().__await__()

    async def _connect(self) -> "InlineConnection":
        self._connection = self._connector()
        return self

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection is None:
            raise ValueError("no active connection")
        return await self._disk.visit(lambda: fn(*args, **kwargs))

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()  # what was not committed is undone, as when a process dies
        self._connection = None


@dataclass(frozen=True, slots=True)
class Drive:
    """Opens databases on a disk; keeps the interface of bot.store.opening.open_store."""

    disk: Disk

    async def __call__(self, url: str, key_file: Path) -> SqliteStore:
        return await self.open(sqlite_path(url), key_file)

    async def open(self, path: Path, key_file: Path, *, prepared: bool = False) -> SqliteStore:
        """Open as SqliteStore.open does; ``prepared`` leaves out the examination of the file."""
        lock = InstanceLock(path)
        try:
            seal = prepare(path, key_file)
            database = await Database.open(path, self._connect)
        except BaseException:
            lock.release()
            raise
        return SqliteStore(database, seal, f"life-{next(_lives)}", lock, path)

    def _connect(self, path: Path, busy_seconds: float) -> InlineConnection:
        address = f"{path.absolute().as_uri()}?mode=rw"
        writes = busy_seconds > 1

        def connect() -> sqlite3.Connection:
            if not writes:
                return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
            harmed = sqlite3.connect(
                address, uri=True, timeout=0, isolation_level=None, factory=HarmedConnection
            )
            harmed.disk = self.disk
            return harmed

        return InlineConnection(connect, self.disk)


def _dead() -> sqlite3.OperationalError:
    return sqlite3.OperationalError("the process is dead")


def _full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error
