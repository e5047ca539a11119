"""Polling: the offset moves over the unbroken run of handled updates, and no further."""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import RivalError
from bot.telegram.connection import at_once
from bot.telegram.intake import raw as read
from bot.telegram.outcome import wait_of

log = logging.getLogger(__name__)

LONG_POLL_SECONDS = 25
RECHECK_SECONDS = 0.5  # while the oldest update is open
LEAST_RECHECK_SECONDS = 0.05  # while it is open for a short time: others should not wait for it
FIRST_BACKOFF_SECONDS, LONGEST_BACKOFF_SECONDS = 0.5, 30.0
CONFLICT_TRIES = 5
CONFLICT_SECONDS = 4.0  # five of these stay under the 30 s within which we must give way
CONFLICT_MEMORY_SECONDS = 60.0  # answers in between do not end a fight for the updates
MOST_SHOWN = 100  # Telegram shows no more updates than these until one is confirmed
LAST_WORD_SECONDS = 1.0  # for the last confirmation, when the bot leaves
WEBHOOK_TRIES = 10
# Telegram keeps nothing longer: what we have not asked for by then is gone
QUIET_SECONDS = 86_400.0
STUCK_SECONDS = 10.0  # for an unsent referral, while others may wait to be heard

Fetch = Callable[[int | None, int], Awaitable[Sequence[Mapping[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Open:
    """An update that is not confirmed yet.

    Attributes:
        task: Ends when it is handled.
        since: Monotonic second at which it came.
    """

    number: int
    task: "asyncio.Task[None]"
    since: float


@dataclass(slots=True)
class Poller:
    """Fetches updates and confirms those that are handled, also across a crash.

    While the oldest is open Telegram shows at most 100: behind a referral that cannot be sent,
    others would not be heard. When these are full the offset passes a referral that could not be sent
    for 10 s. It is tried as before, but a crash at that time would lose it.

    Attributes:
        fetch: getUpdates with an offset and a long-poll time in seconds.
        receive: The door; its task ends when the update is handled.
        contact: Called after each answer of Telegram.
        drop_webhook: Called when Telegram would send updates elsewhere; a webhook shuts polling out.
        may_pass: Whether nothing but its referral is left to do for an update.
        gives_way: Asked when somebody else polls, too; True: it is one of us, and we stop.
        refused: Called when Telegram refuses the token; raises when that is certain.
        sleep: Waits some seconds.
        now: Monotonic seconds.
        stuck_seconds: How long a referral may be unsent while all that Telegram shows is known.
        skipped: Updates without an id, since the start.
        passed: Updates that the offset passed while they were open, since the start.
    """

    fetch: Fetch
    receive: Callable[[Mapping[str, Any]], "asyncio.Task[None]"]
    contact: Callable[[], None]
    drop_webhook: Callable[[], Awaitable[None]]
    may_pass: Callable[["asyncio.Task[None]"], bool]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], float] = time.monotonic
    stuck_seconds: float = STUCK_SECONDS
    offset: int | None = None
    skipped: int = 0
    passed: int = 0
    gives_way: Callable[[], bool] = lambda: False
    refused: Callable[[], None] = at_once
    _open: deque[Open] = field(default_factory=deque)
    _conflicts: deque[float] = field(default_factory=lambda: deque(maxlen=CONFLICT_TRIES))
    _backoff: float = FIRST_BACKOFF_SECONDS
    _news_at: float = 0.0
    _webhooks: int = 0
    _webhook_at: float = -CONFLICT_MEMORY_SECONDS

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            TokenRefusedError: Telegram does not know the token.
            RivalError: another process polls with it.
        """
        while True:
            await self.poll()

    async def poll(self) -> None:
        """Fetch once, pass on what is new, wait for it a little, confirm what is handled."""
        try:
            updates = await self.fetch(self._from_where(), LONG_POLL_SECONDS)
        except InvalidToken as error:
            self.refused()
            await self._back_off(error)
            return
        except Conflict as error:
            await self._settle_conflict(error)
            return
        except TelegramError as error:
            await self._back_off(error)
            return
        self._backoff = FIRST_BACKOFF_SECONDS
        self.contact()
        news = self._pass_on(updates)
        await self._wait()
        self._confirm()
        if updates and not news:
            await self._unblock(full=len(updates) >= MOST_SHOWN)

    @property
    def served(self) -> Mapping[str, Any]:
        """Nothing: it is we who ask."""
        return {}

    @property
    def answers(self) -> Mapping[str, int]:
        """None: nobody asks us."""
        return {}

    @property
    def counts(self) -> Counter[str]:
        """Updates without an id, and those that the offset passed."""
        return Counter(unnumbered=self.skipped, passed=self.passed)

    def open_for(self) -> list[float]:
        """Return for how many seconds each update that is not handled yet has been open."""
        now = self.now()
        return [now - one.since for one in self._open if not one.task.done()]

    async def drain(self, seconds: float, *, last_word: bool = True) -> None:
        """Wait so long for what is under way, then tell Telegram what was handled.

        ``last_word``: False leaves that to who polls now.
        """
        if self._open:
            await asyncio.wait({one.task for one in self._open}, timeout=seconds)
        self._confirm()
        if last_word and self.offset is not None:
            try:
                async with asyncio.timeout(LAST_WORD_SECONDS):
                    await self.fetch(self.offset, 0)
            except (TelegramError, TimeoutError):
                fields = {"event": "polling.last_confirmation_failed"}
                log.warning("last confirmation failed; its updates will come again", extra=fields)

    def _from_where(self) -> int | None:
        """Return the offset to ask with.

        After a silent week the ids begin anew anywhere, also below the last one: an offset from
        before would keep what comes then from us.
        """
        if not self._open and self.now() - self._news_at > QUIET_SECONDS:
            self.offset = None
        return self.offset

    def _pass_on(self, updates: Sequence[Mapping[str, Any]]) -> int:
        """Take in what is not in work yet; return how many these are."""
        known = {one.number for one in self._open}
        if updates:
            self._news_at = self.now()
        for raw in updates:
            number = read.update_id(raw)
            if number is None:
                self.skipped += 1
            elif number not in known:
                self._open.append(Open(number, self.receive(raw), self.now()))
        return len(self._open) - len(known)

    async def _wait(self) -> None:
        pending = {one.task for one in self._open if not one.task.done()}
        if pending:
            await asyncio.wait(pending, timeout=self._recheck())

    def _recheck(self) -> float:
        """Return after how many seconds to ask again, a tenth of what the oldest is open for."""
        age = self.now() - self._open[0].since
        return min(max(age / 10, LEAST_RECHECK_SECONDS), RECHECK_SECONDS)

    def _confirm(self) -> None:
        while self._open and self._open[0].task.done():
            self.offset = self._open.popleft().number + 1

    async def _unblock(self, *, full: bool) -> None:
        if not self._open:
            await self.sleep(RECHECK_SECONDS)  # only updates without an id: they never go away
            return
        oldest = self._open[0]
        stuck = self.now() - oldest.since > self.stuck_seconds and self.may_pass(oldest.task)
        if full and stuck:
            fields = {"event": "update.passed", "update_id": oldest.number}
            log.error("update passed while open", extra=fields)
            self.passed += 1
            self.offset = self._open.popleft().number + 1
            self._confirm()

    async def _settle_conflict(self, error: Conflict) -> None:
        if "webhook" in error.message.lower():
            await self._settle_webhook()
            return
        if self.gives_way():
            await self.sleep(CONFLICT_SECONDS)  # we are stopped meanwhile
            return
        self._conflicts.append(self.now())
        recent = self.now() - self._conflicts[0] < CONFLICT_MEMORY_SECONDS
        if len(self._conflicts) == CONFLICT_TRIES and recent:
            raise RivalError(
                "Another process polls Telegram with this token.",
                "stop the other one; one bot, one poller.",
            )
        await self.sleep(CONFLICT_SECONDS)

    async def _settle_webhook(self) -> None:
        """Take away a webhook that is in the way; it may stay, or somebody may set it again."""
        now = self.now()
        if now - self._webhook_at >= CONFLICT_MEMORY_SECONDS:
            self._webhooks = 0
        if self._webhooks == WEBHOOK_TRIES:
            raise RivalError(
                "Telegram sends this token's updates to a webhook, which cannot be taken away.",
                "stop what sets it; python -m bot doctor shows its address.",
            )
        if self._webhooks:
            pause = FIRST_BACKOFF_SECONDS * 2 ** (self._webhooks - 1)
            await self.sleep(min(pause, LONGEST_BACKOFF_SECONDS))
        self._webhooks += 1
        self._webhook_at = now
        await self.drop_webhook()

    async def _back_off(self, error: TelegramError) -> None:
        log.warning(
            "polling failed", extra={"event": "polling.failed", "cause": type(error).__name__}
        )
        if isinstance(error, RetryAfter):
            # an hour without a word from anybody is no answer to one request too many
            await self.sleep(min(wait_of(error).total_seconds(), LONGEST_BACKOFF_SECONDS))
            return
        await self.sleep(self._backoff)
        self._backoff = min(self._backoff * 2, LONGEST_BACKOFF_SECONDS)
