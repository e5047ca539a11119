"""One bot among those on its database: tells every second that it lives, and keeps to its share."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.shares import LAPSE_SECONDS, Need, Report, Standing
from bot.errors import StoreUnavailableError
from bot.ops.exposition import Sample, Samples
from bot.ports import Crew

log = logging.getLogger(__name__)

BEAT_SECONDS = 1.0  # a share changes hands in two or three of these
HURRIED_SECONDS = 0.2  # likewise, while a referral waits for it
FIRST_BEAT_SECONDS = 0.1  # until the database is open
PATIENCE_SECONDS = 3.0  # for a first word from the database, before updates are taken without it


class Pace(Protocol):
    """What sends as fast as it is lent to."""

    def lend(self, share: float, until: float) -> None:
        """Let so many calls a second pass until a monotonic second, and a tenth of all from then on."""

    def need(self) -> Need:
        """Return what matters most of what had to wait lately; see Report."""

    def closed_for(self) -> float:
        """Return for how many seconds all chats are closed, as far as we were told; see Report."""

    def heed(self, closed: float) -> None:
        """Hear that all chats are closed for so many seconds."""


@dataclass(slots=True)
class Membership:
    """Keeps bot.telegram.intake.one_poller.Turn.

    Attributes:
        rate: Calls a second of the token.
        may_poll: Updates come by asking.
        alone: Nobody else can be on the database; then all is ours, and nothing is told.
        sleep: Waits some seconds.
        monotonic: Seconds that only grow.
        ours: Whether it is our turn to poll; None: nobody knows yet.
    """

    crew: Crew
    pace: Pace
    rate: float
    may_poll: bool
    alone: bool
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    ours: bool | None = None
    members: int = 1
    _share: float = 0.0
    _lapses_at: float = 0.0
    _sure: bool = False  # the last beat was heard
    _gives_up: bool = False  # what the others may have once they hear of it
    _began: float = field(init=False)
    _change: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Have all where nobody else can be."""
        self._began = self.monotonic()
        if self.alone:
            self._share, self.ours, self._sure = self.rate, True, True

    async def run(self) -> None:
        """Have nothing until it is given, and beat until cancelled."""
        if not self.alone:
            self.pace.lend(0.0, self._began + PATIENCE_SECONDS)
        while not self.alone:
            await self.beat()
            await self._nap()

    async def _nap(self) -> None:
        """Wait until the next beat; what a referral waits for is told and given up at once."""
        if not self._lapses_at:
            await self.sleep(FIRST_BEAT_SECONDS)
            return
        for _ in range(round(BEAT_SECONDS / HURRIED_SECONDS)):
            await self.sleep(HURRIED_SECONDS)
            if self._gives_up or self.pace.need() is Need.REFERRALS:
                return

    async def beat(self) -> None:
        """Tell and hear once; what is out of reach is told the next time."""
        began = self.monotonic()
        polls = self.ours is True if self.may_poll else None
        share = self._share if began < self._lapses_at else 0.0
        report = Report(share, self.pace.need(), polls, self.pace.closed_for())
        try:
            standing = await self.crew.beat(report, self.rate)
        except StoreUnavailableError:
            self._miss()
        else:
            self._heed(standing, began + LAPSE_SECONDS)

    def gives_way(self) -> bool:
        """Somebody else polls: return whether it can be one of us, and stand by then."""
        if not self._sure:
            self._turn(ours=False)
        return not self._sure

    async def changes(self) -> None:
        """Wait until ``ours`` changes."""
        await self._change.wait()

    def samples(self) -> Samples:
        """Return how many we are, and who polls."""
        polls = self.may_poll and self.ours is True
        return {
            "unknot_workers": [Sample(self.members)],
            "unknot_polls": [Sample(polls)],
        }

    def _miss(self) -> None:
        """Go on polling without the database: a person may need the referral."""
        self._sure = False
        if self.ours is None and self.monotonic() - self._began >= PATIENCE_SECONDS:
            self._turn(ours=True)

    def _heed(self, standing: Standing, lapses_at: float) -> None:
        self._gives_up = standing.share < self._share
        self._sure, self._share, self._lapses_at = True, standing.share, lapses_at
        self.pace.lend(standing.share, lapses_at)
        self.pace.heed(standing.closed)
        self._turn(ours=standing.polls)
        if standing.members != self.members:
            self.members = standing.members
            log.info("bots joined or left", extra={"event": "crew.changed", "bots": self.members})

    def _turn(self, *, ours: bool) -> None:
        if ours != self.ours:
            self.ours = ours
            self._change.set()
            self._change = asyncio.Event()
