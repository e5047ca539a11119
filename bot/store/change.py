"""One chat's data inside one transaction."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime

from bot.core.newest import newest
from bot.core.plans import MOST_COPIES, Answer, Kind, Rung, State, Subscriber
from bot.store.counts import MADE, count
from bot.store.dialect import Row, Statements, Transaction
from bot.store.rows import (
    again_slot,
    plan_values,
    rung_of,
    seconds,
    subscriber_of,
    subscriber_values,
)
from bot.store.seal import Seal


class SqlChange:
    """Keeps ``bot.ports.Change``; made by ``SqlStore.change`` only."""

    def __init__(
        self, sql: Statements, transaction: Transaction, seal: Seal, chat: int, now: datetime
    ) -> None:
        self.fresh = True
        self.subscriber: Subscriber | None = None
        self.wrote = False
        self._id: int | None = None
        self._update: int | None = None
        self._counted: Counter[str] = Counter()
        self._sql = sql
        self._transaction = transaction
        self._seal = seal
        self._chat = chat
        self._now = now

    async def begin(self, update_id: int | None) -> None:
        """Read what is kept about the chat, and whether the update had its effect before."""
        self._update = update_id
        now = seconds(self._now)
        values = {"update_id": update_id, "now": now, "lookup": self._seal.lookup(self._chat)}
        rows = await self._transaction.rows(self._sql.OPEN_CHANGE, values)
        self.fresh = not rows[0][0]
        self._id = rows[0][1]
        if self._id is not None:
            self.subscriber = subscriber_of(self._chat, [row[2:] for row in rows])

    async def finish(self, update_id: int | None) -> None:
        """Write down the update that had an effect, and last what is counted."""
        if self.wrote and update_id is not None:
            seen = {"update_id": update_id, "now": seconds(self._now)}
            await self._transaction.each(self._sql.SEE_UPDATE, [seen])
        await count(self._sql, self._transaction, self._now, self._counted)

    async def save(self, subscriber: Subscriber, sets: Collection[str] = ()) -> None:
        """Write the subscriber and all plans, but for what a newer update has set."""
        if not self.fresh:
            return
        subscriber = newest(self.subscriber, subscriber, sets, self._update, self._now)
        chat = {"lookup": self._seal.lookup(self._chat), "sealed": self._seal.close(self._chat)}
        values = {**chat, **subscriber_values(subscriber)}
        ((self._id,),) = await self._transaction.rows(self._sql.SAVE_SUBSCRIBER, values)
        asleep = subscriber.stopped
        plans = [
            {"subscriber": self._id, **plan_values(plan, asleep=asleep)}
            for plan in subscriber.plans.values()
        ]
        await self._transaction.each(self._sql.SAVE_PLAN, plans)
        self.subscriber, self.wrote = subscriber, True

    async def forget(self) -> None:
        """Delete all that is kept about the chat; what was pending counts as cancelled."""
        if not self.fresh or self._id is None:
            return
        whose = {"subscriber": self._id}
        ((pending,),) = await self._transaction.rows(self._sql.COUNT_PENDING, whose)
        await self._transaction.each(self._sql.FORGET, [whose])
        self._count({State.CANCELLED: pending})
        self.subscriber, self._id, self.wrote = None, None, True

    async def heed(self, occurrence: int) -> Rung | None:
        """Note that the person turned to an occurrence of theirs."""
        found = await self._find(occurrence)
        if found is None:
            return None
        if self.fresh:
            await self._heed(occurrence, found)
        ((copies,),) = await self._transaction.rows(self._sql.COUNT_COPIES, {"root": found[0]})
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

    async def move_pending(self, kind: Kind, day: date, at: datetime) -> int:
        """Let what is due for this date ring at ``at`` instead."""
        if not self.fresh:
            return 0
        whose = {"subscriber": self._id, "kind": kind.value}
        values = {**whose, "day": day.isoformat(), "at": seconds(at)}
        moved = await self._transaction.each(self._sql.MOVE_PENDING, [values])
        self.wrote |= moved > 0
        return moved

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
        cancelled = await self._transaction.each(self._sql.CANCEL_PENDING, [values])
        self._count({State.CANCELLED: cancelled})
        return cancelled

    async def _find(self, occurrence: int) -> Row | None:
        values = {"id": occurrence, "subscriber": self._id}
        rows = await self._transaction.rows(self._sql.FIND_OCCURRENCE, values)
        return rows[0] if rows else None

    async def _heed(self, occurrence: int, found: Row) -> None:
        root, plan = found[:2]
        values = {"id": occurrence, "root": root, "plan": plan, "subscriber": self._id}
        for statement in (self._sql.HEED, self._sql.END_UNANSWERED, self._sql.CLOSE_MESSAGE):
            self.wrote |= bool(await self._transaction.each(statement, [values]))

    async def _ring_again(self, plan: int, values: dict[str, object]) -> bool:
        if await self._transaction.each(self._sql.MOVE_COPY, [values]):
            self.wrote = True
            return True
        if not await self._transaction.each(self._sql.RING_AGAIN, [values]):
            return False
        await self._transaction.each(self._sql.NEXT_LINE, [{"plan": plan}])
        self._count({MADE: 1})
        return True

    async def _record(self, occurrence: int, root: int, answer: Answer) -> None:
        recorded = {"root": root, "answer": answer.value}
        self.wrote |= bool(await self._transaction.each(self._sql.ANSWER, [recorded]))
        settled = await self._transaction.rows(
            self._sql.SETTLE_ANSWERED,
            {
                "id": occurrence,
                "root": root,
                "final": answer is not Answer.LATER,
                "now": seconds(self._now),
            },
        )
        self._count(Counter(state for (state,) in settled))

    def _count(self, happened: Mapping[str, int]) -> None:
        self.wrote |= any(happened.values())
        self._counted.update(happened)
