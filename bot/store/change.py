"""One chat's data inside one SQLite transaction."""

from collections import Counter
from datetime import datetime

from bot.core.plans import MOST_COPIES, Answer, Kind, Rung, State, Subscriber
from bot.store import statements as sql
from bot.store.counts import MADE, count
from bot.store.database import Row, Transaction
from bot.store.rows import (
    again_slot,
    plan_values,
    rung_of,
    seconds,
    subscriber_of,
    subscriber_values,
)
from bot.store.seal import Seal


class SqliteChange:
    """Keeps ``bot.ports.Change``; made by ``SqliteStore.change`` only."""

    def __init__(
        self,
        transaction: Transaction,
        seal: Seal,
        chat: int,
        now: datetime,
        *,
        fresh: bool,
    ) -> None:
        self.fresh = fresh
        self.subscriber: Subscriber | None = None
        self.wrote = False
        self._id: int | None = None
        self._transaction = transaction
        self._seal = seal
        self._chat = chat
        self._now = now

    @classmethod
    async def begin(
        cls, transaction: Transaction, seal: Seal, chat: int, update_id: int | None, now: datetime
    ) -> "SqliteChange":
        """Read what is kept about the chat, and whether the update had its effect before."""
        values = {"update_id": update_id, "lookup": seal.lookup(chat)}
        rows = await transaction.rows(sql.OPEN_CHANGE, values)
        change = cls(transaction, seal, chat, now, fresh=not rows[0][0])
        change._id = rows[0][1]
        if change._id is not None:
            change.subscriber = subscriber_of(chat, [row[2:] for row in rows])
        return change

    async def save(self, subscriber: Subscriber) -> None:
        """Write the subscriber and all plans."""
        if not self.fresh:
            return
        chat = {"lookup": self._seal.lookup(self._chat), "sealed": self._seal.close(self._chat)}
        values = {**chat, **subscriber_values(subscriber)}
        ((self._id,),) = await self._transaction.rows(sql.SAVE_SUBSCRIBER, values)
        asleep = subscriber.stopped
        plans = [
            {"subscriber": self._id, **plan_values(plan, asleep=asleep)}
            for plan in subscriber.plans.values()
        ]
        await self._transaction.each(sql.SAVE_PLAN, plans)
        self.subscriber, self.wrote = subscriber, True

    async def forget(self) -> None:
        """Delete all that is kept about the chat; what was pending counts as cancelled."""
        if not self.fresh or self._id is None:
            return
        whose = {"subscriber": self._id}
        ((pending,),) = await self._transaction.rows(sql.COUNT_PENDING, whose)
        await self._transaction.each(sql.FORGET, [whose])
        await self._count({State.CANCELLED: pending})
        self.subscriber, self._id, self.wrote = None, None, True

    async def heed(self, occurrence: int) -> Rung | None:
        """Note that the person turned to an occurrence of theirs."""
        found = await self._find(occurrence)
        if found is None:
            return None
        if self.fresh:
            await self._heed(occurrence, found)
        ((copies,),) = await self._transaction.rows(sql.COUNT_COPIES, {"root": found[0]})
        return rung_of(found[3:], copies)

    async def answer(self, occurrence: int, answer: Answer) -> bool:
        """Record the first answer; it stands for the occurrence and its copies."""
        found = await self._find(occurrence)
        if found is None:
            return False
        if self.fresh:
            await self._heed(occurrence, found)
            await self._record(occurrence, found[0], answer)
        return True

    async def again(self, occurrence: int, at: datetime) -> bool:
        """Let it ring once more; False also when it has rung again already, or three times."""
        found = await self._find(occurrence)
        if found is None:
            return False
        root, plan, slot = found[:3]
        slot, copy = again_slot(slot)
        if copy > MOST_COPIES:
            return False
        values = {"slot": slot, "root": root, "at": seconds(at)}
        return not self.fresh or await self._ring_again(plan, values)

    async def cancel_pending(self, kind: Kind, before: datetime | None = None) -> int:
        """Cancel what is due, before that moment if there is one, and not yet taken."""
        if not self.fresh:
            return 0
        values = {
            "subscriber": self._id,
            "kind": kind.value,
            "now": seconds(self._now),
            "before": seconds(before),
        }
        cancelled = await self._transaction.each(sql.CANCEL_PENDING, [values])
        await self._count({State.CANCELLED: cancelled})
        return cancelled

    async def _find(self, occurrence: int) -> Row | None:
        values = {"id": occurrence, "subscriber": self._id}
        rows = await self._transaction.rows(sql.FIND_OCCURRENCE, values)
        return rows[0] if rows else None

    async def _heed(self, occurrence: int, found: Row) -> None:
        root, plan = found[:2]
        values = {"id": occurrence, "root": root, "plan": plan, "subscriber": self._id}
        for statement in (sql.HEED, sql.END_UNANSWERED, sql.CLOSE_MESSAGE):
            self.wrote |= bool(await self._transaction.each(statement, [values]))

    async def _ring_again(self, plan: int, values: dict[str, object]) -> bool:
        if await self._transaction.each(sql.MOVE_COPY, [values]):
            self.wrote = True
            return True
        if not await self._transaction.each(sql.RING_AGAIN, [values]):
            return False
        await self._transaction.each(sql.NEXT_LINE, [{"plan": plan}])
        await self._count({MADE: 1})
        return True

    async def _record(self, occurrence: int, root: int, answer: Answer) -> None:
        recorded = {"root": root, "answer": answer.value}
        self.wrote |= bool(await self._transaction.each(sql.ANSWER, [recorded]))
        settled = await self._transaction.rows(
            sql.SETTLE_ANSWERED,
            {
                "id": occurrence,
                "root": root,
                "final": answer is not Answer.LATER,
                "now": seconds(self._now),
            },
        )
        await self._count(Counter(state for (state,) in settled))

    async def _count(self, happened: dict[State, int] | dict[str, int] | Counter[str]) -> None:
        self.wrote |= any(happened.values())
        await count(self._transaction, self._now, Counter(dict(happened)))
