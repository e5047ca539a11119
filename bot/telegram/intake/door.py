"""The door: each raw update is screened for acute symptoms before anything else happens to it."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Protocol

from telegram.error import BadRequest, NetworkError

from bot.core.referral import Occasion, occasion_of
from bot.core.screens import Screen
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import SILENT, Verdict
from bot.flows.recent import Given
from bot.flows.refer import Refer
from bot.ports import Clock, Spawn
from bot.telegram.intake import raw as read
from bot.telegram.intake.awake import awake_timeout
from bot.telegram.intake.flood import Floods, Load
from bot.telegram.intake.gate import Gate
from bot.telegram.intake.order import ChatOrder
from bot.telegram.intake.passage import Passage
from bot.telegram.intake.raw import MalformedUpdateError

log = logging.getLogger(__name__)

PAUSES = 0.2, 1.0, 0.0  # seconds after each of three tries
AWAY_PAUSES = 1.0, 3.0, 0.0  # where the network failed: it takes longer to come back
MOST_ANSWERED = 5  # updates of one chat that wait together; older ones take effect only
LATE_SECONDS = 600
OPEN_SECONDS = 9.0  # nothing but an unsent referral stays open over 10 s, from its turn on
REFERRAL_FIRST_SECONDS = 5.0  # then the normal way goes on beside the referral
REFERRAL_AGAIN_SECONDS = 1.0  # for later messages of its chat: it may just go out
TOO_MUCH = {Load.FIRST_TOO_MUCH, Load.TOO_MUCH}


class Way(Protocol):
    """The normal way of an update, behind the door."""

    async def __call__(self, raw: Mapping[str, Any], came: Passage) -> None:
        """Process one update.

        Raises:
            MalformedUpdateError: it cannot be parsed.
        """

    async def abandon(self, raw: Mapping[str, Any]) -> None:
        """Leave nobody waiting for an update that was given up; never raises for Telegram."""

    async def slow_down(self, raw: Mapping[str, Any]) -> None:
        """Tell somebody that they are too fast."""


@dataclass(frozen=True, slots=True)
class Referral:
    """One that Telegram has not taken yet.

    Attributes:
        task: Ends when Telegram took it or can never take it.
        since: The loop's second at which it began.
    """

    occasion: Occasion
    task: "asyncio.Task[None]"
    since: float


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
            dropped (after as many as there are tries), expired, crowded, flooded. Referrals are counted in
            the database alone: a day's total tells of nobody, a number that moves does.
        open_seconds: How long an update may stay open from its turn on, not counting what time the
            process could not run; its referral has no such limit.
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
    pauses: tuple[float, ...] = PAUSES
    away_pauses: tuple[float, ...] = AWAY_PAUSES
    floods: Floods = field(default_factory=lambda: Floods(time.monotonic))
    _handled_at: float | None = None
    _order: ChatOrder = field(default_factory=ChatOrder)
    _gate: Gate = field(default_factory=Gate)
    _numbers: "count[int]" = field(default_factory=count)
    _unsent: "set[asyncio.Task[Any] | None]" = field(default_factory=set)
    _referrals: dict[tuple[int, str], Referral] = field(default_factory=dict)

    def receive(self, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        """Screen an update at once and start its way; never waits, never raises."""
        try:
            return self._received(raw)
        except Exception:  # the next one may be anybody's cry for help
            self.counts["failed"] += 1
            fields = {"event": "update.failed", "update_id": read.update_id(raw)}
            log.exception("update not taken in", extra=fields)
            return self.spawn(self.way.abandon(raw), "abandon")

    def _received(self, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        chat = read.chat_id(raw)
        acute, load = None, self._weigh(raw, chat)
        if chat is not None and read.is_private(raw):
            verdict = self._screen(raw)
            if verdict.referral:
                acute = self._acute(chat, verdict, late=self._is_late(raw))
        if load in TOO_MUCH:
            return self.spawn(self._turn_away(raw, acute, load), "update")
        return self.spawn(self._handle(raw, chat, acute, next(self._numbers)), "update")

    def is_unsent_referral(self, update: "asyncio.Task[None]") -> bool:
        """Return whether all of an update is done but its referral."""
        return update in self._unsent

    def handled_ago(self) -> float | None:
        """Return the seconds since an update was last handled; None: none was yet."""
        now = asyncio.get_running_loop().time()
        return None if self._handled_at is None else now - self._handled_at

    def _weigh(self, raw: Mapping[str, Any], chat: int | None) -> Load:
        """Return whether this is too much; nobody but a person's own haste counts."""
        if chat is None or not read.is_persons(raw):
            return Load.USUAL
        return self.floods.weigh(chat, tap=read.query_id(raw) is not None)

    async def _turn_away(self, raw: Mapping[str, Any], acute: Acute | None, load: Load) -> None:
        """Let an update that is too much have no effect; its referral goes out all the same."""
        self.counts["flooded"] += 1
        if load is Load.FIRST_TOO_MUCH:
            self.spawn(self.way.slow_down(raw), "slow-down")
        self.spawn(self.way.abandon(raw), "abandon")
        if acute is not None:
            await self._referred(acute)

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
        if since is not None and self.refer.hold.hush(chat, since):
            # at once: other bots on the database know of it from there alone
            self.spawn(self._rest(chat), "rest")
        return Acute(self._referral(chat, occasion, verdict, late=late), since)

    def _referral(
        self, chat: int, occasion: Occasion, verdict: Verdict, *, late: bool
    ) -> "asyncio.Task[None]":
        """Return the referral that answers this verdict: one that waits already, or a new one."""
        key = chat, occasion.steps
        waiting = self._referrals.get(key)
        if waiting is not None and waiting.occasion.covers(occasion):
            return waiting.task
        task = self.spawn(self._refer(chat, occasion, verdict, late=late), "referral")
        since = asyncio.get_running_loop().time()
        own = self._referrals[key] = Referral(occasion, task, since)
        task.add_done_callback(lambda _: self._sent(key, own))
        return task

    def _sent(self, key: tuple[int, str], referral: Referral) -> None:
        if self._referrals.get(key) is referral:
            del self._referrals[key]

    async def _refer(self, chat: int, occasion: Occasion, verdict: Verdict, *, late: bool) -> None:
        async def send() -> None:
            if await self.send_referral(chat, screen):
                self.floods.referred(chat)
                now = self.clock.now()
                if not short:
                    recent.note(chat, Given(occasion, verdict.language, now))
                # beside all else, so that a locked database holds up nothing
                self.spawn(self.refer.count(now), "count-referral")

        await asyncio.sleep(self.floods.referral_wait(chat))  # others of a flood may share it
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
        self, raw: Mapping[str, Any], chat: int | None, acute: Acute | None, number: int
    ) -> None:
        if await self._in_turn(raw, chat, acute, number):
            self.counts["handled"] += 1
            self._handled_at = asyncio.get_running_loop().time()
        else:
            self.spawn(self.way.abandon(raw), "abandon")
        if chat is not None and chat in self.refer.hold.resting:
            await self._rest(chat)  # after its turn: a locked database holds up no answer
        if acute is not None:
            await self._referred(acute)

    async def _referred(self, acute: Acute) -> None:
        """Wait until the referral is sent; all else of this update is done."""
        update = asyncio.current_task()
        self._unsent.add(update)
        try:
            await asyncio.wait({acute.referral})
        finally:
            self._unsent.remove(update)

    async def _in_turn(
        self, raw: Mapping[str, Any], chat: int | None, acute: Acute | None, number: int
    ) -> bool:
        async with self._order.turn(chat):
            # a reply a second is all that a chat takes: its newest words get them
            crowded = self._order.behind(chat) >= MOST_ANSWERED or self.floods.is_hot(chat)
            self.counts["crowded"] += crowded
            if acute is not None:
                self._hush_in_turn(chat, acute)
            if not crowded:
                await self._let_referrals_ahead(chat)
            came = Passage(referred=acute is not None, crowded=crowded)
            async with self._gate.inside(number):
                return await self._in_time(raw, came)

    async def _let_referrals_ahead(self, chat: int | None) -> None:
        """Wait a while for referrals of this chat, whichever message they answer."""
        unsent = [referral for (to, _), referral in self._referrals.items() if to == chat]
        if unsent:
            age = asyncio.get_running_loop().time() - max(one.since for one in unsent)
            least = min(REFERRAL_AGAIN_SECONDS, self.referral_seconds)
            patience = max(self.referral_seconds - age, least)
            await asyncio.wait({one.task for one in unsent}, timeout=patience)

    async def _in_time(self, raw: Mapping[str, Any], came: Passage) -> bool:
        """Let an update go its way; its time begins now, however long it waited."""

        async def process() -> None:
            await self.way(raw, came)

        fields = {"event": "update.failed", "update_id": read.update_id(raw)}
        try:
            async with awake_timeout(self.open_seconds):
                return await self._try(process, "update failed", fields)
        except TimeoutError:
            self.counts["expired"] += 1
            log.warning("update expired", extra={**fields, "event": "update.expired"})
            return False

    def _hush_in_turn(self, chat: int | None, acute: Acute) -> None:
        """Begin the rest again at its place in the chat: an "all right" before it has ended it."""
        if chat is not None and acute.since is not None:
            self.refer.hold.hush(chat, acute.since)

    async def _rest(self, chat: int) -> None:
        try:
            async with awake_timeout(self.open_seconds):
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
