"""The door: each raw update is screened for acute symptoms before anything else happens to it."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from telegram.error import BadRequest, NetworkError

from bot.core.referral import Occasion, occasion_of
from bot.core.screens import Screen
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import SILENT, Verdict
from bot.flows.recent import Given
from bot.flows.refer import Refer
from bot.ports import Clock
from bot.telegram.intake import raw as read
from bot.telegram.intake.order import ChatOrder
from bot.telegram.intake.passage import Passage

log = logging.getLogger(__name__)

PAUSES = 0.2, 1.0, 0.0  # seconds after each of three tries
AWAY_PAUSES = 1.0, 3.0, 0.0  # where the network failed: it takes longer to come back
MOST_ANSWERED = 5  # updates of one chat that wait together; older ones take effect only
PATIENCE_SECONDS = 4.0  # who waited longer for its turn takes effect only, well before it expires
LATE_SECONDS = 600
OPEN_SECONDS = 9.0  # nothing but an unsent referral stays open over 10 s
REFERRAL_FIRST_SECONDS = 5.0  # then the normal way goes on beside the referral
Spawn = Callable[[Coroutine[Any, Any, None], str], "asyncio.Task[None]"]
Referral = tuple[Occasion, "asyncio.Task[None]"]


class MalformedUpdateError(Exception):
    """An update that cannot be parsed; it is counted and skipped."""


class Way(Protocol):
    """The normal way of an update, behind the door."""

    async def __call__(self, raw: Mapping[str, Any], came: Passage) -> None:
        """Process one update.

        Raises:
            MalformedUpdateError: it cannot be parsed.
        """

    async def abandon(self, raw: Mapping[str, Any]) -> None:
        """Leave nobody waiting for an update that was given up; never raises for Telegram."""


@dataclass(frozen=True, slots=True)
class Acute:
    """What an acute message has set going.

    Attributes:
        referral: Ends when Telegram took the referral or can never take it.
        since: Reminders rest since then; None: every sign is denied, and none does.
    """

    referral: "asyncio.Task[None]"
    since: datetime | None


@dataclass(slots=True)
class Door:
    """Takes raw updates in; the task it returns ends when the update is handled.

    Attributes:
        send_referral: Returns when Telegram took the referral or can never take it.
        way: The normal way of one update.
        counts: Events since the start, for metrics: handled, malformed, failed (errors of ours),
            dropped (after as many as there are tries), expired, crowded. Referrals are counted in
            the database alone: a day's total tells of nobody, a number that moves does.
        open_seconds: How long an update may stay open; its referral has no such limit.
        referral_seconds: How long an update waits for its referral to go out first.
        pauses: Seconds after each try of what failed by an error of ours; as many tries.
        away_pauses: Likewise, where the network failed.
    """

    screener: Screener
    refer: Refer
    send_referral: Callable[[int, Screen], Awaitable[bool]]
    way: Way
    clock: Clock
    spawn: Spawn
    counts: Counter[str] = field(default_factory=Counter)
    open_seconds: float = OPEN_SECONDS
    referral_seconds: float = REFERRAL_FIRST_SECONDS
    patience_seconds: float = PATIENCE_SECONDS
    pauses: tuple[float, ...] = PAUSES
    away_pauses: tuple[float, ...] = AWAY_PAUSES
    _handled_at: float | None = None
    _order: ChatOrder = field(default_factory=ChatOrder)
    _referrals: dict[tuple[int, str], Referral] = field(default_factory=dict)

    def receive(self, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        """Screen an update at once and start its way; never waits, never raises."""
        chat = read.chat_id(raw)
        acute = None
        if chat is not None and read.is_private(raw):
            verdict = self._screen(raw)
            if verdict.referral:
                acute = self._acute(chat, verdict, late=self._is_late(raw))
        return self.spawn(self._handle(raw, chat, acute), "update")

    def handled_ago(self) -> float | None:
        """Return the seconds since an update was last handled; None: none was yet."""
        now = asyncio.get_running_loop().time()
        return None if self._handled_at is None else now - self._handled_at

    def _screen(self, raw: Mapping[str, Any]) -> Verdict:
        try:
            return self.screener.screen(read.words(raw))
        except Exception:  # intake goes on for all
            self.counts["failed"] += 1
            log.exception("screening failed", extra={"event": "screening.failed"})
            return SILENT

    def _is_late(self, raw: Mapping[str, Any]) -> bool:
        sent = read.sent_at(raw)
        return sent is not None and self.clock.now().timestamp() - sent > LATE_SECONDS

    def _acute(self, chat: int, verdict: Verdict, *, late: bool) -> Acute:
        """Let the reminders rest and the referral go out; it waits for nothing."""
        occasion, now = occasion_of(verdict), self.clock.now()
        since = now if occasion.rests else None
        if since is not None:
            self.refer.hold.hush(chat, since)
        return Acute(self._referral(chat, occasion, verdict, late=late), since)

    def _referral(
        self, chat: int, occasion: Occasion, verdict: Verdict, *, late: bool
    ) -> "asyncio.Task[None]":
        """Return the referral that answers this verdict: one that waits already, or a new one."""
        key = chat, occasion.steps
        waiting = self._referrals.get(key)
        if waiting is not None and waiting[0].covers(occasion):
            return waiting[1]
        task = self.spawn(self._refer(chat, occasion, verdict, late=late), "referral")
        own = self._referrals[key] = occasion, task
        task.add_done_callback(lambda _: self._sent(key, own))
        return task

    def _sent(self, key: tuple[int, str], referral: Referral) -> None:
        if self._referrals.get(key) is referral:
            del self._referrals[key]

    async def _refer(self, chat: int, occasion: Occasion, verdict: Verdict, *, late: bool) -> None:
        async def send() -> None:
            if await self.send_referral(chat, screen):
                now = self.clock.now()
                if not short:
                    recent.note(chat, Given(occasion, verdict.language, now))
                # beside all else, so that a locked database holds up nothing
                self.spawn(self.refer.count(now), "count-referral")

        recent = self.refer.recent
        short = recent.covers(chat, occasion, verdict.language, self.clock.now())
        screen = await self._referral_screen(chat, verdict, late=late, short=short)
        await self._try(send, "referral failed", {"event": "referral.failed"})

    async def _referral_screen(
        self, chat: int, verdict: Verdict, *, late: bool, short: bool
    ) -> Screen:
        try:
            return await self.refer(chat, verdict, late=late, short=short)
        except Exception:  # whatever is broken, the referral goes out
            self.counts["failed"] += 1
            log.exception("referral without country", extra={"event": "referral.without_country"})
            occasion = occasion_of(verdict)
            return self.refer.screen(occasion, verdict.language, late=late, short=short)

    async def _handle(
        self,
        raw: Mapping[str, Any],
        chat: int | None,
        acute: Acute | None,
    ) -> None:
        handled = False
        try:
            async with asyncio.timeout(self.open_seconds):
                handled = await self._in_turn(raw, chat, acute)
                if chat is not None and chat in self.refer.hold.resting:
                    await self._rest(chat)  # after its turn: a locked database holds up no answer
        except TimeoutError:
            self.counts["expired"] += 1
            fields = {"event": "update.expired", "update_id": read.update_id(raw)}
            log.warning("update expired", extra=fields)
        else:
            if handled:
                self.counts["handled"] += 1
                self._handled_at = asyncio.get_running_loop().time()
        if not handled:
            self.spawn(self.way.abandon(raw), "abandon")
        if acute is not None:
            await asyncio.wait({acute.referral})

    async def _in_turn(
        self,
        raw: Mapping[str, Any],
        chat: int | None,
        acute: Acute | None,
    ) -> bool:
        async def process() -> None:
            await self.way(raw, came)

        now = asyncio.get_running_loop().time
        patience = now() + self.patience_seconds
        async with self._order.turn(chat):
            # a reply a second is all that a chat takes: its newest words get them
            crowded = self._order.behind(chat) >= MOST_ANSWERED or now() > patience
            self.counts["crowded"] += crowded
            if acute is not None:
                self._hush_in_turn(chat, acute)
                await asyncio.wait({acute.referral}, timeout=self.referral_seconds)
            came = Passage(referred=acute is not None, crowded=crowded)
            fields = {"event": "update.failed", "update_id": read.update_id(raw)}
            return await self._try(process, "update failed", fields)

    def _hush_in_turn(self, chat: int | None, acute: Acute) -> None:
        """Begin the rest again at its place in the chat: an "all right" before it has ended it."""
        if chat is not None and acute.since is not None:
            self.refer.hold.hush(chat, acute.since)

    async def _rest(self, chat: int) -> None:
        try:
            await self.refer.hold.rest(chat, self.clock.now())
        except Exception:  # it stays in memory, and no reminder goes out
            self.counts["failed"] += 1
            log.exception("rest not written", extra={"event": "rest.not_written"})

    async def _try(
        self, step: Callable[[], Awaitable[None]], failure: str, fields: Mapping[str, object]
    ) -> bool:
        """Take a step, again where an error of ours stops it; return whether it was taken."""
        for pause, away_pause in zip(self.pauses, self.away_pauses, strict=True):
            try:
                await step()
            except MalformedUpdateError as error:
                self.counts["malformed"] += 1
                log.warning(
                    "update malformed",
                    extra={**fields, "event": "update.malformed", "cause": str(error)},
                )
                return False
            except Exception as error:  # whatever our handlers raise is counted and skipped
                if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
                    cause = type(error).__name__
                    log.warning(
                        "telegram not reached",
                        extra={**fields, "event": "telegram.lost", "cause": cause},
                    )
                    await asyncio.sleep(away_pause)
                else:
                    self.counts["failed"] += 1
                    log.exception(failure, extra=fields)
                    await asyncio.sleep(pause)
            else:
                return True
        self.counts["dropped"] += 1
        return False
