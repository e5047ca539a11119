"""After a referral a person's reminders rest until they say that they are all right."""

import contextlib
import logging
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.check_in import held, released
from bot.core.plans import Kind
from bot.errors import BotError, StoreUnavailableError
from bot.flows.glance import glance
from bot.flows.visit import Visit
from bot.ports import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Switch:
    """That a rest began or ended, by a number that grows with each."""

    number: int
    rests: bool


@dataclass(slots=True)
class Hold:
    """Begins and ends the rest of reminders, in memory at once and in the database when it can.

    Attributes:
        resting: Chats whose rest is not written yet, and since when; no reminder slips through.
        switches: How often a rest began or ended.
        switched: The latest of these by chat, for what was taken before it; see `stops`.
    """

    store: Store
    resting: dict[int, datetime] = field(default_factory=dict)
    switches: int = 0
    switched: dict[int, Switch] = field(default_factory=dict)

    def hush(self, chat: int, since: datetime) -> bool:
        """Let this chat's reminders rest from now on, in memory: it needs no database.

        Returns whether nothing waits to be written about it yet.
        """
        is_first = chat not in self.resting
        self.resting[chat] = max(since, self.resting.get(chat, since))
        self._switch(chat, rests=True)
        return is_first

    def silence(self, chat: int) -> None:
        """Let nothing go out that was taken before now: the person stopped or deleted it all."""
        self._switch(chat, rests=True)

    async def rest(self, chat: int, now: datetime) -> None:
        """Write that this chat's reminders rest; it stays in memory while the database is away."""
        with contextlib.suppress(StoreUnavailableError):
            await self._write(chat, now)

    async def write(self, now: datetime) -> None:
        """Write what waits in memory; to be called before any reminder is taken.

        Raises:
            StoreUnavailableError: the database is still out of reach; take nothing.
        """
        for chat in list(self.resting):
            try:
                await self._write(chat, now)
            except BotError:
                raise
            # one chat must not hold up all; its rest stays in memory, see `stops`
            except Exception:
                log.exception("rest not written", extra={"event": "rest.not_written"})

    async def holds(self, chat: int) -> bool:
        """Return whether this chat rests after a referral; False where that cannot be seen."""
        if chat in self.resting:
            return True
        subscriber = await glance(self.store, chat)
        return subscriber is not None and subscriber.hold is not None

    async def end(self, visit: Visit) -> None:
        """Let reminders ring again: the person says that they are all right.

        Raises:
            StoreUnavailableError: the database is out of reach; they go on resting.
        """
        since = None
        try:
            async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
                if change.subscriber is not None and change.subscriber.hold is not None:
                    await change.save(released(change.subscriber))
                    await change.cancel_pending(Kind.CHECK_IN)
                # in here, so that what waits to write the rest finds it gone
                since = self.resting.pop(visit.chat, None)
        except BaseException:
            if since is not None:
                self.hush(visit.chat, since)
            raise
        self._switch(visit.chat, rests=visit.chat in self.resting)

    def stops(self, kind: Kind, chat: int, taken_at: int) -> bool:
        """Return whether what was taken when there had been ``taken_at`` switches may not go out.

        A check-in belongs to the rest that it was planned in: it is not for one that has ended,
        nor for one that began since, which has its own.
        """
        if chat in self.resting:
            return True
        switch = self.switched.get(chat)
        if switch is None or switch.number <= taken_at:
            return False
        return switch.rests or kind is Kind.CHECK_IN

    def forget_switches(self) -> None:
        """Forget the switches; to be called when nothing that was taken is on its way."""
        self.switched.clear()

    def _switch(self, chat: int, *, rests: bool) -> None:
        self.switches += 1
        self.switched[chat] = Switch(self.switches, rests)

    async def _write(self, chat: int, now: datetime) -> None:
        # no update id: the message itself still takes its normal way under that id
        async with self.store.change(chat, None, now) as change:
            since = self.resting.get(chat)
            if since is not None and change.subscriber is not None:
                rests = held(change.subscriber, since)
                if rests != change.subscriber:
                    await change.save(rests)
                    await change.cancel_pending(Kind.CHECK_IN)
        if self.resting.get(chat) == since:  # else somebody wrote again meanwhile
            self.resting.pop(chat, None)
