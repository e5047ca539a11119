"""The store in one SQLite file. Every time is kept as whole seconds since 1970, UTC."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.core.figures import Figures
from bot.core.plans import Advance, DuePlan, Settled, State, Subscriber, Taken
from bot.core.streaks import Day
from bot.store import statements as sql
from bot.store.change import SqliteChange
from bot.store.counts import MADE, REFERRAL, count, figures_of, figures_span
from bot.store.database import Database, Row, Transaction
from bot.store.instance import InstanceLock
from bot.store.prepare import prepare
from bot.store.rows import (
    PENDING,
    advance_values,
    day_of,
    due_plan_of,
    moment,
    seconds,
    settled_values,
    subscriber_of,
    taken_of,
)
from bot.store.seal import Seal


class SqliteStore:
    """Keeps ``bot.ports.Store``; speaks core types, so no row or cursor leaves the package."""

    def __init__(self, database: Database, seal: Seal, owner: str, lock: InstanceLock) -> None:
        self._database = database
        self._seal = seal
        self._owner = owner
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
            StoreBrokenError: the file is corrupt, foreign or newer than we are.
            StoreUnavailableError: it is locked or the disk is full; try again later.
        """
        lock = InstanceLock(path)
        try:
            seal = await asyncio.to_thread(prepare, path, key_file)
            return cls(await Database.open(path), seal, owner or secrets.token_hex(8), lock)
        except BaseException:
            lock.release()
            raise

    async def close(self) -> None:
        """Wait for what is being written, then close."""
        try:
            await self._database.close()
        finally:
            self._lock.release()

    async def look(self, chat: int) -> Subscriber | None:
        """Return what is kept about a chat; never waits for a write."""
        rows = await self._database.read(sql.LOOK, {"lookup": self._seal.lookup(chat)})
        return subscriber_of(chat, rows) if rows else None

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[SqliteChange]:
        """Open one transaction on one chat's data."""
        async with self._database.writing() as transaction:
            change = await SqliteChange.begin(transaction, self._seal, chat, update_id, now)
            yield change
            if change.wrote and update_id is not None:
                seen = {"update_id": update_id, "now": seconds(now)}
                await transaction.each(sql.SEE_UPDATE, [seen])

    async def days(self, chat: int, since: date) -> list[Day]:
        """Return what became of a chat's reminders; never waits for a write."""
        values = {"lookup": self._seal.lookup(chat), "since": since.isoformat()}
        return [day_of(row) for row in await self._database.read(sql.DAYS, values)]

    async def stop_chat(self, chat: int) -> None:
        """Send nothing more to the chat; what is due ends as undeliverable."""
        whose = {"lookup": self._seal.lookup(chat)}
        async with self._database.writing() as transaction:
            await transaction.each(sql.STOP_CHAT, [whose])
            await transaction.each(sql.LET_PLANS_SLEEP, [whose])

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        """Turn due plans into occurrences; return how many plans were moved on."""
        async with self._database.writing() as transaction:
            rows = await transaction.rows(sql.DUE_PLANS, {"now": seconds(now), "limit": limit})
            if rows:
                plans = [due_plan_of(row) for row in rows]
                values = [advance_values(plan, advance(plan)) for plan in plans]
                made = await transaction.each(sql.MAKE_OCCURRENCE, values)
                for one in values:
                    one["all_made"] = made == len(values)
                await transaction.each(sql.MOVE_PLAN_ON, values)
                await count(transaction, now, Counter({MADE: made}))
        return len(rows)

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
    ) -> list[Taken]:
        """Write what became of taken occurrences and take new ones, in one commit."""
        if not settled and limit <= 0:
            return []
        async with self._database.writing() as transaction:
            ends = await self._settle(transaction, settled, now)
            taken: list[Taken] = []
            while len(taken) < limit:
                left = limit - len(taken)
                ready = await _ready(transaction, now, left, healthy=healthy)
                if not ready:
                    break
                taken += await self._take(transaction, ready, now + lease)
                ends += await _end_blocked(transaction, ready, now)
            await count(transaction, now, ends)
        return taken

    async def orphans(self, now: datetime) -> list[Taken]:
        """Take over what a dead process was sending; the lock says that every other is dead."""
        owner = {"owner": self._owner}
        async with self._database.writing() as transaction:
            rows = await transaction.rows(sql.ORPHANS, {**owner, "tries": 0})
            await transaction.each(sql.ADOPT, [owner])
        return [taken_of(row, self._seal) for row in rows]

    async def next_moment(self) -> datetime | None:
        """Return when the next plan or occurrence is due."""
        ((value,),) = await self._database.read(sql.NEXT_MOMENT, {})
        return moment(value)

    async def count_referral(self, now: datetime) -> None:
        """Add one to the day's total of referrals."""
        async with self._database.writing() as transaction:
            await count(transaction, now, Counter({REFERRAL: 1}))

    async def figures(self, now: datetime) -> Figures:
        """Return the numbers of the whole; never waits for a write, and no reader waits for it."""
        return figures_of(await self._database.look_on(sql.FIGURES, figures_span(now)))

    async def file_id(self, digest: str) -> str | None:
        """Return Telegram's id of a file that was uploaded before."""
        rows = await self._database.read(sql.FILE_ID, {"digest": digest})
        return str(rows[0][0]) if rows else None

    async def keep_file_id(self, digest: str, file_id: str) -> None:
        """Keep the id of a file, in place of an older one."""
        async with self._database.writing() as transaction:
            await transaction.each(sql.KEEP_FILE_ID, [{"digest": digest, "file_id": file_id}])

    async def _settle(
        self, transaction: Transaction, settled: Sequence[Settled], now: datetime
    ) -> Counter[str]:
        if not settled:
            return Counter()
        rows = json.dumps([settled_values(one, now) for one in settled])
        values = {"settled": rows, "owner": self._owner}
        ours: dict[int, str] = dict(await transaction.rows(sql.SETTLE, values))
        for one in settled:
            if one.id in ours:
                await self._follow_chat(transaction, one)
        arrived = [one for one in settled if ours.get(one.id) == State.SENT]
        await _follow_message(transaction, arrived)
        return Counter(state for state in ours.values() if state not in PENDING)

    async def _follow_chat(self, transaction: Transaction, settled: Settled) -> None:
        whose = {"id": settled.id}
        if settled.stop_chat:
            await transaction.each(sql.STOP_SUBSCRIBER, [whose])
            await transaction.each(sql.LET_ALL_PLANS_SLEEP, [whose])
        if settled.new_chat is not None:
            chat = settled.new_chat
            sealed = {"lookup": self._seal.lookup(chat), "sealed": self._seal.close(chat)}
            await transaction.each(sql.MOVE_CHAT, [{**whose, **sealed}])

    async def _take(
        self, transaction: Transaction, ready: list[Row], lease_until: datetime
    ) -> list[Taken]:
        taken = [taken_of(row[:-2], self._seal) for row in ready if row[-1] is None]
        until = {"owner": self._owner, "lease_until": seconds(lease_until)}
        await transaction.each(sql.TAKE, [{"id": one.id, **until} for one in taken])
        return taken


async def _follow_message(transaction: Transaction, arrived: Sequence[Settled]) -> None:
    """Note what waits for an answer, and which message has the buttons for it."""
    await transaction.each(sql.COUNT_UNANSWERED, [{"id": one.id} for one in arrived])
    shown = [
        {"id": one.id, "message_id": one.message_id}
        for one in arrived
        if one.message_id is not None
    ]
    await transaction.each(sql.NOTE_OPEN_MESSAGE, shown)


async def _ready(
    transaction: Transaction, now: datetime, limit: int, *, healthy: bool
) -> list[Row]:
    values = {"now": seconds(now), "limit": limit, "healthy": healthy, "tries": 1}
    return _one_each(await transaction.rows(sql.READY, values))


def _one_each(ready: list[Row]) -> list[Row]:
    """Return the rows without those that wait until another goes to the same person."""
    first: dict[int, int] = {}
    return [row for row in ready if row[-1] or first.setdefault(row[-2], row[0]) == row[0]]


async def _end_blocked(transaction: Transaction, ready: list[Row], now: datetime) -> Counter[str]:
    """End what is due to people whose reminders rest or who cannot be reached."""
    ends = [{"id": row[0], "state": row[-1], "now": seconds(now)} for row in ready if row[-1]]
    await transaction.each(sql.END, ends)
    return Counter(str(end["state"]) for end in ends)
