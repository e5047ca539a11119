"""A small table to try statements on: one database, one loop, the delivery and the desk, no Telegram."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.flows.deliver import Deliver
from bot.flows.hold import Hold
from bot.flows.rounds import Rounds
from bot.flows.voice import Voice
from bot.ports import Courier
from bot.store.late import LateStore
from tests.chaos.virtual.disk import Disk, Drive
from tests.chaos.virtual.loop import KilledError, VirtualLoop, drained
from tests.fakes import SeenTries, ToldCourier

T = TypeVar("T")
SECRET = {"chat_sealed", "chat_lookup", "owner", "lease_until"}
"""Columns whose values differ from run to run."""


@dataclass
class Bench:
    """One database that processes open one after the other; it is its processes' clock.

    Attributes:
        moment: When the first process starts.
        killed: Whether the latest process was killed.
        unhandled: Errors that nobody caught.
    """

    folder: Path
    voice: Voice
    moment: datetime
    courier: Courier = field(default_factory=ToldCourier)
    killed: bool = False
    unhandled: list[str] = field(default_factory=list)
    _loop: VirtualLoop | None = None
    _seconds: float = 0.0

    @property
    def database(self) -> Path:
        return self.folder / "bot.db"

    def now(self) -> datetime:
        seconds = self._loop.time() if self._loop else self._seconds
        return self.moment + timedelta(seconds=seconds)

    def copied(self, folder: Path) -> "Bench":
        """Return a bench of its own with a copy of this database, at this moment."""
        shutil.copytree(self.folder, folder)
        return Bench(folder, self.voice, self.moment, _seconds=self._seconds)

    def process(
        self, work: Callable[[LateStore], Coroutine[Any, Any, T]], disk: Disk | None = None
    ) -> T | None:
        """Run one process; None: it was killed."""
        self._loop = loop = VirtualLoop(self._seconds)
        disk = disk or Disk()
        try:
            return loop.run_until_complete(self._lives(work, disk))
        except KilledError:
            return None
        finally:
            self.killed, disk.gone = disk.gone, True
            self.unhandled += loop.unhandled
            drained(loop)
            self._seconds, self._loop = loop.time(), None

    def away(self, seconds: float) -> None:
        """Let time pass while no process runs."""
        self._seconds += seconds

    async def _lives(self, work: Callable[[LateStore], Coroutine[Any, Any, T]], disk: Disk) -> T:
        async def opens() -> Any:
            return await Drive(disk).open(self.database, self.folder / "key")

        store = LateStore(opens)
        try:
            await store.open(asyncio.sleep)
            return await work(store)
        finally:
            await store.close()

    def delivering(self, seconds: float) -> Callable[[LateStore], Coroutine[Any, Any, None]]:
        """Return the work of delivering for so long."""

        async def work(store: LateStore) -> None:
            deliver = self.deliver(store, Hold(store))
            stop = asyncio.Event()
            asyncio.get_running_loop().call_later(seconds, stop.set)
            await Rounds(deliver, lambda: store.works, _nothing).run(stop)

        return work

    def deliver(self, store: LateStore, hold: Hold) -> Deliver:
        """Return the delivery of the process that runs."""
        loop = asyncio.get_running_loop()
        return Deliver(
            store,
            self.courier,
            self.voice,
            hold,
            self,
            lambda coroutine, name: loop.create_task(coroutine, name=name),
            2,
            SeenTries(),
            steady=loop.time,
        )

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Return all rows of all tables, but for what differs from run to run."""
        with closing(sqlite3.connect(self.database)) as db:
            db.row_factory = sqlite3.Row
            listed = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: [
                    {key: row[key] for key in row.keys() if key not in SECRET}  # noqa: SIM118
                    for row in db.execute(f"SELECT * FROM {name}")  # noqa: S608  # our own names
                ]
                for (name,) in listed
                if name not in {"seal_key", "schema_version"}
            }

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Return rows, seen from beside all processes."""
        with closing(sqlite3.connect(self.database)) as db:
            return db.execute(statement).fetchall()


async def _nothing() -> None:
    """There is nothing to prepare."""
