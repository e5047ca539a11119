"""What every SQL store does alike. Every time is kept as whole seconds since 1970, UTC."""

import asyncio
import json
from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.core.delivery import GRACE, ON_TIME
from bot.core.figures import Figures
from bot.core.paid import Backlog
from bot.core.plans import Advance, DuePlan, Kind, Plan, Settled, State, Subscriber, Taken
from bot.core.shares import Report, Standing
from bot.core.streaks import Day
from bot.ports import Payer
from bot.store.change import SqlChange
from bot.store.counts import MADE, PAID, REFERRAL, by_minute, count, figures_of, figures_span
from bot.store.dialect import Database, Row, Statements, Transaction, Values
from bot.store.pull_back import drop_unsent, forget_days_ahead, replan, span
from bot.store.rows import (
    PENDING,
    advance_values,
    chat_lock,
    day_of,
    due_plan_of,
    moment,
    retimed_values,
    seconds,
    settled_values,
    subscriber_of,
    taken_of,
)
from bot.store.seal import Seal
from bot.store.together import Together

BEFORE_ALL = (0, 0)  # moment and number of a plan


class SqlStore:
    """Keeps ``bot.ports.Store``; speaks core types, so no row or cursor leaves the package.

    Whatever is claimed is ours alone until the transaction ends. As it stands here it is for
    transactions that come one after the other.
    """

    def __init__(self, sql: Statements, database: Database, seal: Seal, owner: str) -> None:
        self._sql = sql
        self._database = database
        self._seal = seal
        self._owner = owner
        self._look = Together(self._looked)

    def hurry(self, seconds: float) -> None:
        """Wait for no lock beyond so many seconds from now."""
        self._database.hurry(seconds)

    async def close(self) -> None:
        """Wait for what is being written, then close."""
        await self._database.close()

    async def examine(self) -> None:
        """Look at nothing: a server sees to its own files."""

    async def beat(self, report: Report, rate: float) -> Standing:
        """Have it all: where transactions come one after the other, one bot makes them."""
        return Standing(rate, closed=report.closed)

    async def look(self, chat: int) -> Subscriber | None:
        """Return what is kept about a chat; never waits for a write."""
        return await self._look(chat)

    async def _looked(self, chats: Sequence[int]) -> Mapping[int, Subscriber]:
        """Return what is kept about some chats, without those about whom nothing is."""
        lookups = {self._seal.lookup(chat): chat for chat in chats}
        places = json.dumps(list(range(len(lookups))))
        values = {"lookups": b"".join(lookups), "places": places}
        found: dict[int, list[Row]] = defaultdict(list)
        for row in await self._database.read(self._sql.LOOK, values):
            found[lookups[row[0]]].append(row[1:])
        return {chat: subscriber_of(chat, rows) for chat, rows in found.items()}

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[SqlChange]:
        """Open one transaction on one chat's data."""
        async with self._database.writing() as transaction:
            await self._claim_chat(transaction, chat)
            change = SqlChange(self._sql, transaction, self._seal, chat, now)
            await change.begin(update_id)
            yield change
            await change.finish(update_id)

    async def days(self, chat: int, since: date) -> list[Day]:
        """Return what became of a chat's reminders; never waits for a write."""
        values = {"lookup": self._seal.lookup(chat), "since": since.isoformat()}
        return [day_of(row) for row in await self._database.read(self._sql.DAYS, values)]

    async def stop_chat(self, chat: int) -> None:
        """Send nothing more to the chat; what is due ends as undeliverable."""
        whose = {"lookup": self._seal.lookup(chat)}
        async with self._database.writing() as transaction:
            await transaction.each(self._sql.STOP_CHAT, [whose])
            await transaction.each(self._sql.LET_PLANS_SLEEP, [whose])

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        """Turn due plans into occurrences; return how many plans were moved on."""
        return await self._database.at_once(partial(self._materialise, now, advance, limit))

    async def _materialise(
        self,
        now: datetime,
        advance: Callable[[DuePlan], Advance],
        limit: int,
        transaction: Transaction,
    ) -> int:
        rows = await self._claim_plans(transaction, {"now": seconds(now), "limit": limit})
        if rows:
            plans = [due_plan_of(row) for row in rows]
            values = [advance_values(plan, advance(plan)) for plan in plans]
            made = await self._make(transaction, values)
            await count(self._sql, transaction, now, Counter({MADE: made}))
        return len(rows)

    async def retime(
        self, zones: str, moment_of: Callable[[DuePlan], datetime | None], limit: int = 500
    ) -> datetime | None:
        """Work out next moments anew; the thread keeps everybody else going meanwhile."""
        async with self._database.writing() as transaction:
            await self._claim_zone_data(transaction)
            known = await transaction.rows(self._sql.RETIMED, {"version": zones})
            due, number = known[0] if known else BEFORE_ALL
            if due is None:
                return None
            ahead = {"due": due, "id": number, "limit": limit}
            places = await transaction.rows(self._sql.PLANS_AHEAD, ahead)
            rows = await self._claim_ahead(transaction, [number for _, number in places])
            changed = await asyncio.to_thread(retimed_values, rows, moment_of)
            await transaction.each(self._sql.RETIME, changed)
            due, number = places[-1] if len(places) == limit else (None, None)
            note = {"version": zones, "due": due, "id": number}
            await transaction.each(self._sql.NOTE_RETIMED, [note])
        return moment(due)

    async def was_ahead(self, now: datetime) -> bool:
        """Return whether what is kept is of moments that have not come; never waits for a write."""
        ((is_so,),) = await self._database.read(self._sql.WAS_AHEAD, span(now))
        return bool(is_so)

    async def pull_back(
        self, now: datetime, anew: Callable[[DuePlan], Plan], after: int = 0, limit: int = 500
    ) -> int | None:
        """Undo for some people what a clock that was ahead has made."""
        async with self._database.writing() as transaction:
            places = {"after": after, "limit": limit}
            people = await transaction.rows(self._sql.PEOPLE_AFTER, places)
            ends: Counter[str] = Counter()
            if people:
                whose = {**span(now), "after": after, "last": people[-1][0]}
                plans = await transaction.rows(self._sql.PLANS_OF, whose)
                ends += await drop_unsent(self._sql, transaction, whose)
                rows = await self._claim_ahead(transaction, [number for (number,) in plans])
                await replan(self._sql, transaction, rows, anew)
            if len(people) < limit:
                ends += await forget_days_ahead(self._sql, transaction, span(now))
            await count(self._sql, transaction, now, ends)
        return people[-1][0] if len(people) == limit else None

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
        payer: Payer | None = None,
    ) -> list[Taken]:
        """Write what became of taken occurrences and take new ones, in one commit."""
        if not settled and limit <= 0:
            return []
        work = partial(self._turn, settled, now, limit, lease, payer, healthy=healthy)
        if payer is None:
            return await self._database.at_once(work)
        async with self._database.writing() as transaction:  # a payer asks who is in this thread
            return await work(transaction)

    async def _turn(  # noqa: PLR0917 - as ``turn`` was told
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        lease: timedelta,
        payer: Payer | None,
        transaction: Transaction,
        *,
        healthy: bool,
    ) -> list[Taken]:
        ends = await self._settle(transaction, settled, now)
        taken: list[Taken] = []
        while len(taken) < limit:
            left = limit - len(taken)
            ready = await self._ready(transaction, now, left, lease, healthy=healthy)
            if not ready:
                break
            taken += [taken_of(row[:-2], self._seal) for row in ready if row[-1] is None]
            ends += Counter(row[-1] for row in ready if row[-1])
        if payer is not None and taken:
            taken = await self._paid_for(transaction, taken, now, payer)
            ends[PAID] = sum(one.paid for one in taken)
        await count(self._sql, transaction, now, ends)
        return taken

    async def next_moment(self) -> datetime | None:
        """Return when the next plan or occurrence is due."""
        ((value,),) = await self._database.read(self._sql.NEXT_MOMENT, {})
        return moment(value)

    async def load(self, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """Return how many plans ring next in each minute; no reader waits for it."""
        span = {"begin": seconds(since), "end": seconds(until)}
        return by_minute(await self._database.look_on(self._sql.LOAD, span))

    async def count_referral(self, now: datetime) -> None:
        """Add one to the day's total of referrals."""
        async with self._database.writing() as transaction:
            await count(self._sql, transaction, now, Counter({REFERRAL: 1}))

    async def figures(self, now: datetime) -> Figures:
        """Return the numbers of the whole; never waits for a write, and no reader waits for it."""
        return figures_of(await self._database.look_on(self._sql.FIGURES, figures_span(now)))

    async def file_id(self, digest: str) -> str | None:
        """Return Telegram's id of a file that was uploaded before."""
        rows = await self._database.read(self._sql.FILE_ID, {"digest": digest})
        return str(rows[0][0]) if rows else None

    async def keep_file_id(self, digest: str, file_id: str) -> None:
        """Keep the id of a file, in place of an older one."""
        async with self._database.writing() as transaction:
            await transaction.each(self._sql.KEEP_FILE_ID, [{"digest": digest, "file_id": file_id}])

    async def _settle(
        self, transaction: Transaction, settled: Sequence[Settled], now: datetime
    ) -> Counter[str]:
        if not settled:
            return Counter()
        values = [settled_values(one, now) for one in settled]
        ours = await self._write_settled(transaction, values)
        for one in settled:
            if one.id in ours and not await self._follow_chat(transaction, one):
                await transaction.each(self._sql.END, [_undeliverable(one, now)])
                ours[one.id] = State.UNDELIVERABLE
        return Counter(state for state in ours.values() if state not in PENDING)

    async def _follow_chat(self, transaction: Transaction, settled: Settled) -> bool:
        """Stop or move its chat if that is to be; False: the new id is somebody else's."""
        whose = {"id": settled.id}
        if settled.stop_chat:
            await transaction.each(self._sql.STOP_SUBSCRIBER, [whose])
            await transaction.each(self._sql.LET_ALL_PLANS_SLEEP, [whose])
        if settled.new_chat is None:
            return True
        chat = settled.new_chat
        lookup = self._seal.lookup(chat)
        sealed = {"lookup": lookup, "sealed": self._seal.close(chat), "lock": chat_lock(lookup)}
        moved = await transaction.each(self._sql.MOVE_CHAT, [{**whose, **sealed}])
        return moved > 0 or not await transaction.rows(self._sql.IS_KNOWN, {"lookup": lookup})

    async def _paid_for(
        self, transaction: Transaction, taken: list[Taken], now: datetime, payer: Payer
    ) -> list[Taken]:
        """Return what is taken, the newest of it paid as the payer says."""
        today = {"today": now.date().isoformat()}
        await self._claim_budget(transaction, today)
        values = {**today, "now": seconds(now), "most": payer.enough(len(taken))}
        ((waiting, spent),) = await transaction.rows(self._sql.BACKLOG, values)
        late = now - max(one.due for one in taken)
        most = min(len(taken) + waiting, payer.enough(len(taken)))
        free = len(taken) - payer.share(Backlog(len(taken), most, late, spent), now)
        return [*taken[:free], *(replace(one, paid=True) for one in taken[free:])]

    async def _ready(
        self,
        transaction: Transaction,
        now: datetime,
        limit: int,
        lease: timedelta,
        *,
        healthy: bool,
    ) -> Sequence[Row]:
        """Return what was ready: taken now, or ended as its last column says."""
        values = {
            "now": seconds(now),
            "on_time_from": seconds(now - ON_TIME),
            "useful_from": seconds(now - GRACE[Kind.MORNING]),
            "limit": limit,
            "healthy": healthy,
            "tries": 1,
            "owner": self._owner,
            "lease": int(lease.total_seconds()),
        }
        return await self._take(transaction, values)

    @abstractmethod
    async def _make(self, transaction: Transaction, values: Sequence[dict[str, object]]) -> int:
        """Write what plans become and move them on; return how many occurrences that made."""

    @abstractmethod
    async def _take(self, transaction: Transaction, values: Values) -> Sequence[Row]:
        """Take what is ready, one of each person, and end what is blocked; return both."""

    @abstractmethod
    async def _write_settled(
        self, transaction: Transaction, settled: Sequence[Values]
    ) -> dict[int, str]:
        """Write what became of those that are still ours; return their states.

        Of what arrived, note what waits for an answer, and which message has the buttons for it.
        """

    async def _claim_chat(self, transaction: Transaction, chat: int) -> None:
        """Wait until nobody else writes about the chat; transactions in a row need not."""

    async def _claim_budget(self, transaction: Transaction, today: Values) -> None:
        """Wait until nobody else spends of the day's budget; transactions in a row need not."""

    async def _claim_plans(self, transaction: Transaction, values: Values) -> Sequence[Row]:
        return await transaction.rows(self._sql.DUE_PLANS, values)

    async def _claim_zone_data(self, transaction: Transaction) -> None:
        """Wait until nobody else works out moments anew; transactions in a row need not."""

    async def _claim_ahead(self, transaction: Transaction, plans: Sequence[int]) -> Sequence[Row]:
        return await transaction.rows(self._sql.PLANS, {"plans": json.dumps(plans)})


def _undeliverable(settled: Settled, now: datetime) -> Values:
    return {"id": settled.id, "state": State.UNDELIVERABLE, "now": seconds(now)}
