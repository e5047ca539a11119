"""The store in one SQLite file. Every time is kept as whole seconds since 1970, UTC."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.core.plans import State, Taken
from bot.store import statements as sql
from bot.store.database import Database
from bot.store.dialect import Row, Transaction, Values
from bot.store.failures import damaged
from bot.store.instance import InstanceLock
from bot.store.prepare import prepare
from bot.store.rows import taken_of
from bot.store.seal import Seal
from bot.store.sql_store import SqlStore

WHOLE = "PRAGMA quick_check(1)"


class SqliteStore(SqlStore):
    """Keeps ``bot.ports.Store``; its transactions come one after the other."""

    _database: Database

    def __init__(
        self, database: Database, seal: Seal, owner: str, lock: InstanceLock, path: Path
    ) -> None:
        super().__init__(sql, database, seal, owner)
        self._path = path
        self._lock = lock

    @classmethod
    async def open(cls, path: Path, key_file: Path, owner: str | None = None) -> "SqliteStore":
        """Lock, prepare and open the database.

        Args:
            path: The database file.
            key_file: Made at the first start, while the database holds no subscriber.
            owner: Name of this start of the process, which no other start ever had; else a
                random one.

        Raises:
            SettingsError: a path or the key is wrong, or another process runs on the database.
            StoreBrokenError: the file is foreign, newer than we are, or seen to be corrupt.
            StoreUnavailableError: it is locked or the disk is full; try again later.
        """
        lock = InstanceLock(path)
        try:
            seal = await asyncio.to_thread(prepare, path, key_file)
            return cls(await Database.open(path), seal, owner or secrets.token_hex(8), lock, path)
        except BaseException:
            lock.release()
            raise

    async def examine(self) -> None:
        """Read the whole file through, beside all else: half a second for a million plans."""
        ((found,),) = await self._database.look_on(WHOLE, {})
        if found != "ok":
            raise damaged(self._path)

    async def close(self) -> None:
        """Wait for what is being written, then close."""
        try:
            await super().close()
        finally:
            self._lock.release()

    async def stands(self, occurrence: int) -> bool:
        """Yes: only this process writes, and knows what it wrote."""
        return True

    async def orphans(self, now: datetime) -> list[Taken]:
        """Take over what a dead process was sending; the lock says that every other is dead."""
        owner = {"owner": self._owner}
        async with self._database.writing() as transaction:
            rows = await transaction.rows(sql.ORPHANS, {**owner, "tries": 0})
            await transaction.each(sql.ADOPT, [owner])
        return [taken_of(row, self._seal) for row in rows]

    async def _make(self, transaction: Transaction, values: Sequence[dict[str, object]]) -> int:
        made = await transaction.each(sql.MAKE_OCCURRENCE, values)
        for one in values:
            one["all_made"] = made == len(values)
        await transaction.each(sql.MOVE_PLAN_ON, values)
        return made

    async def _take(self, transaction: Transaction, values: Values) -> Sequence[Row]:
        ready = _one_each(await transaction.rows(sql.READY, values))
        goes = [row[0] for row in ready if row[-1] is None]
        if goes:
            await transaction.rows(sql.TAKE, {**values, "ids": json.dumps(goes)})
        ends = [{**values, "id": row[0], "state": row[-1]} for row in ready if row[-1]]
        await transaction.each(sql.END, ends)
        return ready

    async def _write_settled(
        self, transaction: Transaction, settled: Sequence[Values]
    ) -> dict[int, str]:
        rows = json.dumps([list(one.values()) for one in settled])
        found = await transaction.rows(sql.SETTLE, {"settled": rows, "owner": self._owner})
        arrived = [row[2:] for row in found if row[1] == State.SENT]
        counted = [{"plan": plan} for plan, _, waits, rings in arrived if waits and rings]
        await transaction.each(sql.COUNT_UNANSWERED, counted)
        shown = [
            {"plan": plan, "message_id": message}
            for plan, message, waits, _ in arrived
            if waits and message is not None
        ]
        await transaction.each(sql.NOTE_OPEN_MESSAGE, shown)
        return {row[0]: row[1] for row in found}


def _one_each(ready: Sequence[Row]) -> list[Row]:
    """Return the rows without those that wait until another goes to the same person."""
    first: dict[int, int] = {}
    return [row for row in ready if row[-1] or first.setdefault(row[-2], row[0]) == row[0]]
