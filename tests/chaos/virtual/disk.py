"""The store on a disk without threads: each statement runs at once, and can be made to fail."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any

import aiosqlite

from bot.store.database import Database
from bot.store.instance import InstanceLock
from bot.store.prepare import prepare
from bot.store.sqlite import SqliteStore
from bot.store.urls import sqlite_path
from tests.chaos.virtual.loop import VirtualLoop

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

    async def do(self, step: Callable[[], Any], what: str, *, writes: bool) -> Any:
        """Do one step of a connection, or harm it."""
        await asyncio.sleep(0)
        if self.gone:
            raise sqlite3.OperationalError("the process is dead")
        result = self._harmed(step, what) if writes else step()
        await asyncio.sleep(0)
        return await self._forever() if self.gone else result

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


class InlineConnection(aiosqlite.Connection):
    """aiosqlite's connection, with its work done at once in place of a thread."""

    def __init__(
        self, connector: Callable[[], sqlite3.Connection], disk: Disk, *, writes: bool
    ) -> None:
        super().__init__(connector, 64)
        self._disk = disk
        self._writes = writes

    def __await__(self) -> Any:
        return self._connect().__await__()

    async def _connect(self) -> "InlineConnection":
        self._connection = self._connector()
        return self

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection is None:
            raise ValueError("no active connection")
        what = " ".join([fn.__name__, *map(str, args[:1])])
        return await self._disk.do(lambda: fn(*args, **kwargs), what, writes=self._writes)

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

    def _connect(self, path: Path, busy_seconds: float) -> aiosqlite.Connection:
        address = f"{path.absolute().as_uri()}?mode=rw"
        writes = busy_seconds > 1

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)

        return InlineConnection(connect, self.disk, writes=writes)


def _full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error
