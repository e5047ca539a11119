"""The pacer: python-telegram-bot's `BaseRateLimiter` on top of `pacing`."""

import asyncio
import logging
import math
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.core.plans import Fate
from bot.core.shares import CUT_OFF, Need
from bot.core.traffic import Traffic
from bot.ports import NotWantedError
from bot.telegram.outcome import wait_of
from bot.telegram.pacing import DEFAULT_RATE, REMINDING, Lane, Pacing, Ticket

log = logging.getLogger(__name__)

ANSWER_WAITS_SECONDS = 5.0
REFERRAL_WAITS_SECONDS = 60.0  # at most, for a closed chat: then it tries all the same
LEAST_WAIT_SECONDS = 1.0
LEAST_SHARE = 0.001  # calls a second, for who has none
URGENT_SECONDS = 0.25
LATELY_SECONDS = {Need.SOMETHING: 5.0, Need.ANSWERS: 5.0, Need.REFERRALS: 1.0}
NEEDS = {lane: Need.ANSWERS if lane is Lane.ANSWER else Need.SOMETHING for lane in Lane}

Result = bool | dict[str, Any] | list[dict[str, Any]]


class Alarm(Protocol):
    """A call in the future that can be called off."""

    def cancel(self) -> None:
        """Call it off; twice is harmless."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A call that may lose its sense while it waits: asked again when its turn has come."""

    lane: Lane
    wanted: Callable[[], bool] = lambda: True
    stands: Callable[[], Awaitable[bool]] | None = None  # after that, if it had to wait


def _nobody(_lane: Lane, _seconds: float) -> None:
    """Nobody wants to know."""


class Pacer(BaseRateLimiter[Lane | Errand]):
    """Lets new messages and edits pass in the order of their lanes; other methods are not paced.

    A call refused with 429 is tried again: a referral when its chat opens, and once a minute until
    Telegram takes it; an answer for 5 s in all; a reminder not at all. Who gives up raises
    RetryAfter: nothing was sent.

    Args:
        rate: Free calls a second for this token, in this process; see ``set_rate``.
        waited: Told the lane and how many seconds a call waited, each time that its turn comes.
        clock: Monotonic seconds.
        alarm: Calls back after so many of them; by default through the running loop.
    """

    def __init__(
        self,
        rate: float = DEFAULT_RATE,
        *,
        waited: Callable[[Lane, float], None] = _nobody,
        clock: Callable[[], float] = time.monotonic,
        alarm: Callable[[float, Callable[[], None]], Alarm] | None = None,
    ) -> None:
        self._waited = waited
        self._clock = clock
        self._alarm = alarm or _call_later
        self._pacing = Pacing(rate, self._clock())
        self._turns: dict[Ticket, asyncio.Future[None]] = {}
        self._next: Alarm | None = None
        self._sent: Counter[str] = Counter(dict.fromkeys(Lane, 0))
        self._refused = self._refused_all = 0
        self._needed_at: dict[Need, float] = {}
        self._whole, self._lapses_at = rate, math.inf

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Stop the alarm; whoever still waits is for the caller to cancel."""
        self._set_alarm(math.inf)

    def stop_reminders(self) -> None:
        """Let every reminder that waits give up, and those that still come; nothing was sent."""
        self._pacing.reminds = False
        self._look()

    def set_rate(self, rate: float) -> None:
        """Let so many calls a second pass from now on, those that wait among them."""
        self._pacing.set_rate(rate, self._clock())
        self._look()

    def lend(self, share: float, until: float) -> None:
        """Let ``share`` calls of the token's whole rate pass a second, until a monotonic second.

        From then on, unless more is lent, a tenth of the rate: another process may have our share.
        """
        self._lapses_at = until
        share = max(share, LEAST_SHARE)
        self._pacing.set_rate(share, self._clock(), self._whole)
        self._look()

    def need(self) -> Need:
        """Return what matters most of what waits, or had to wait in the last five seconds.

        Referrals matter so while the last of them would wait long for its turn at our rate.
        """
        waiting, now = self._pacing.waiting(), self._clock()
        if waiting[Lane.REFERRAL] > URGENT_SECONDS * self._pacing.rate(now):
            self._needed_at[Need.REFERRALS] = now
        if waiting[Lane.ANSWER]:
            self._needed_at[Need.ANSWERS] = now
        if waiting.total():
            self._needed_at[Need.SOMETHING] = now
        lately = [need for need, at in self._needed_at.items() if now - at < LATELY_SECONDS[need]]
        return max(lately, default=Need.NOTHING)

    def closed_for(self) -> float:
        """Return for how many seconds an answer to us closed all chats; negative: so long ago."""
        return self._pacing.closed_for(self._clock())

    def heed(self, closed: float) -> None:
        """Another process was told that all chats are closed for so many seconds."""
        now = self._clock()
        self._pacing.heed(now + closed, now)
        self._look()

    def room(self) -> int:
        """Return how many free calls more would not have to wait at this moment."""
        return self._pacing.room(self._clock())

    def traffic(self) -> Traffic:
        """Return waiting, sent and refused calls, the present rate and what is closed."""
        pacing, now = self._pacing, self._clock()
        return Traffic(
            pacing.waiting(),
            Counter(self._sent),
            self._refused,
            self._refused_all,
            pacing.rate(now),
            pacing.closed(now),
            pacing.all_closed(now),
        )

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: tuple[object, ...],
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | Errand | None,
    ) -> Result:
        """Make the call when its turn has come; see the class for what a 429 leads to.

        Raises:
            NotWantedError: it was an errand that nobody wanted any more by then.
        """
        message = endpoint.startswith("send")
        if not message and not endpoint.startswith("edit"):
            return await callback(*args, **kwargs)
        errand = _errand(rate_limit_args)
        ticket = self._ticket(errand, data.get("chat_id"), message=message)
        while True:
            waited = await self._turn(ticket)
            if ticket.dropped or (waited and errand.stands and not await errand.stands()):
                raise NotWantedError
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                self._take_refusal(ticket, wait_of(error))
                if ticket.lane in REMINDING:
                    raise
            else:
                self._sent[ticket.lane] += 1
                return result

    def _ticket(self, errand: Errand, chat: object, *, message: bool) -> Ticket:
        answers = errand.lane is Lane.ANSWER
        deadline = self._clock() + ANSWER_WAITS_SECONDS if answers else math.inf
        return Ticket(errand.lane, chat, message, deadline, wanted=errand.wanted)

    async def _turn(self, ticket: Ticket) -> bool:
        """Wait until the ticket's turn; a cancelled wait frees its place.

        Returns whether it had to wait at all.

        Raises:
            RetryAfter: It shall not wait any longer.
        """
        came = self._clock()
        if self._pacing.goes(ticket, came):
            self._waited(ticket.lane, 0.0)
            return False
        turn = self._turns[ticket] = asyncio.get_running_loop().create_future()
        self._pacing.add(ticket)
        self._look()
        if not turn.done():
            self._needed_at[NEEDS[ticket.lane]] = came
        try:
            await turn
        finally:
            del self._turns[ticket]
            self._pacing.leave(ticket)
        self._waited(ticket.lane, self._clock() - came)
        return True

    def _take_refusal(self, ticket: Ticket, wait: timedelta) -> None:
        self._refused += 1
        now, seconds = self._clock(), wait.total_seconds()
        ticket.again = now + REFERRAL_WAITS_SECONDS
        was_open = not self._pacing.all_closed(now)
        self._pacing.refuse(ticket.chat, seconds, now)
        if self._pacing.all_closed(now):
            self._refused_all += 1
            if was_open:
                log.warning("all chats closed", extra={"event": "chats.closed", "seconds": seconds})
        if ticket.lane is Lane.REFERRAL:
            fields = {"event": "referral.waits", "fate": Fate.PAUSED, "seconds": seconds}
            log.warning("referral waits", extra=fields)
        self._look()

    def _look(self) -> None:
        """Let go whoever can go now, and set the alarm for the next."""
        now = self._clock()
        if now >= self._lapses_at:
            self._lapses_at = math.inf
            self._pacing.set_rate(self._whole * CUT_OFF, now, self._whole)
        for ticket, seconds in self._pacing.hopeless(now):
            self._end(ticket, RetryAfter(timedelta(seconds=max(seconds, LEAST_WAIT_SECONDS))))
        while going := self._pacing.take(now):
            self._end(going, None)
        self._set_alarm(min(self._pacing.wake_at(now), self._lapses_at) - now)

    def _end(self, ticket: Ticket, error: RetryAfter | None) -> None:
        turn = self._turns[ticket]
        if turn.done():
            return  # cancelled, and not yet gone
        if error:
            turn.set_exception(error)
        else:
            turn.set_result(None)

    def _set_alarm(self, delay: float) -> None:
        if self._next:
            self._next.cancel()
        self._next = None if delay == math.inf else self._alarm(max(delay, 0.0), self._look)


def _errand(given: Lane | Errand | None) -> Errand:
    return given if isinstance(given, Errand) else Errand(given or Lane.ANSWER)


def _call_later(delay: float, ring: Callable[[], None]) -> Alarm:
    return asyncio.get_running_loop().call_later(delay, ring)
