"""The door: each raw update is screened for acute symptoms before anything else happens to it."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.screens import Screen
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Urgency, Verdict
from bot.flows.refer import Refer, is_distress
from bot.ports import Clock
from bot.telegram.intake import raw as read
from bot.telegram.intake.order import ChatOrder

log = logging.getLogger(__name__)

TRIES = 3
MOST_WAITING = 20  # updates of one chat; more than these get no answer but a referral
LATE_SECONDS = 600
OPEN_SECONDS = 9.0  # nothing but an unsent referral stays open over 10 s
REFERRAL_FIRST_SECONDS = 5.0  # then the normal way goes on beside the referral
Spawn = Callable[[Coroutine[Any, Any, None], str], "asyncio.Task[None]"]
Process = Callable[[Mapping[str, Any], bool], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral on its way.

    Attributes:
        task: Ends when the rest of the reminders is written too; a locked database delays that.
        sent: Set when Telegram took it or can never take it.
    """

    task: "asyncio.Task[None]"
    sent: asyncio.Event

    async def wait(self, seconds: float) -> None:
        """Wait until it is sent, ``seconds`` at most."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.sent.wait(), seconds)


class MalformedUpdateError(Exception):
    """An update that cannot be parsed; it is counted and skipped."""


@dataclass(slots=True)
class Door:
    """Takes raw updates in; the task it returns ends when the update is handled.

    Attributes:
        process: The normal way of one update; its second argument says that the referral for it
            went out. Raises MalformedUpdateError for an update that cannot be parsed.
        send_referral: Returns when Telegram took the referral or can never take it.
        counts: Events since the start, for metrics: referred, malformed, failed, expired,
            flooded.
        open_seconds: How long an update may stay open; its referral has no such limit.
        referral_seconds: How long an update waits for its referral to go out first.
    """

    screener: Screener
    refer: Refer
    send_referral: Callable[[int, Screen], Awaitable[bool]]
    process: Process
    clock: Clock
    spawn: Spawn
    counts: Counter[str] = field(default_factory=Counter)
    open_seconds: float = OPEN_SECONDS
    referral_seconds: float = REFERRAL_FIRST_SECONDS
    _order: ChatOrder = field(default_factory=ChatOrder)
    _waiting: Counter[int | None] = field(default_factory=Counter)
    _referrals: dict[tuple[int, bool], Referral] = field(default_factory=dict)

    def receive(self, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        """Screen an update at once and start its way; never waits."""
        chat = read.chat_id(raw)
        referral = None
        if chat is not None and read.is_private(raw):
            verdict = self.screener.screen(read.words(raw))
            if verdict.referral:
                referral = self._referral(chat, verdict, late=self._is_late(raw))
        if self._waiting[chat] >= MOST_WAITING:
            # one chat's flood must not fill the line of updates that Telegram keeps for all
            self.counts["flooded"] += 1
            return self.spawn(_after(referral), "update")
        self._waiting[chat] += 1
        task = self.spawn(self._handle(raw, chat, referral), "update")
        task.add_done_callback(lambda _: self._left(chat))
        return task

    def _left(self, chat: int | None) -> None:
        self._waiting[chat] -= 1
        if not self._waiting[chat]:
            del self._waiting[chat]

    def _is_late(self, raw: Mapping[str, Any]) -> bool:
        sent = read.sent_at(raw)
        return sent is not None and self.clock.now().timestamp() - sent > LATE_SECONDS

    def _referral(self, chat: int, verdict: Verdict, *, late: bool) -> "Referral":
        # acute texts of one chat that wait together get one referral; distress has its own words
        key = chat, is_distress(verdict)
        if key not in self._referrals:
            sent = asyncio.Event()
            task = self.spawn(self._refer(chat, verdict, sent, late=late), "referral")
            self._referrals[key] = Referral(task, sent)
        return self._referrals[key]

    async def _refer(self, chat: int, verdict: Verdict, sent: asyncio.Event, *, late: bool) -> None:
        self.counts["referred"] += 1
        holds = verdict.urgency is not Urgency.NONE
        if holds:
            self.refer.hush(chat, self.clock.now())
        try:
            await self.send_referral(chat, await self.refer(chat, verdict, late=late))
        finally:
            del self._referrals[chat, is_distress(verdict)]
            sent.set()
        if holds:
            await self.refer.rest(chat, self.clock.now())

    async def _handle(
        self,
        raw: Mapping[str, Any],
        chat: int | None,
        referral: "Referral | None",
    ) -> None:
        try:
            async with asyncio.timeout(self.open_seconds), self._order.turn(chat):
                if referral is not None:
                    await referral.wait(self.referral_seconds)
                await self._try(raw, referred=referral is not None)
        except TimeoutError:
            self.counts["expired"] += 1
            log.warning("update expired", extra={"update_id": read.update_id(raw)})
        await _after(referral)

    async def _try(self, raw: Mapping[str, Any], *, referred: bool) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                await self.process(raw, referred)
            except MalformedUpdateError as error:
                self.counts["malformed"] += 1
                log.warning(
                    "update malformed",
                    extra={"update_id": read.update_id(raw), "cause": str(error)},
                )
                return
            except Exception:  # whatever our handlers raise is counted and skipped
                self.counts["failed"] += 1
                log.exception(
                    "update failed", extra={"update_id": read.update_id(raw), "attempt": attempt}
                )
            else:
                return


async def _after(referral: Referral | None) -> None:
    """Wait until a referral, where there is one, went out and is noted."""
    if referral is not None:
        await asyncio.wait({referral.task})
