"""A wall clock that was ahead and came back: what was reckoned with it is worked out anew."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.plans import DuePlan, Plan
from bot.core.pulled_back import pulled_back
from bot.errors import StoreUnavailableError
from bot.ports import Clock, Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
SET_WITHIN_SECONDS = 120.0  # a machine's clock, after its start
NOTICED_WITHIN = timedelta(seconds=1)  # of a step


@dataclass(slots=True)
class SetBack:
    """Lets everybody be reminded again at the next right moment after a step back, and at the start.

    While such a clock is ahead it makes and drops the reminders of days to come, and moves plans
    on past them. Whether it is ahead nobody can tell; that it was, shows when it steps back, or at
    the next start in what is kept. Work begins when the clock has been steady for a while, so that
    what was under way is recorded; it reckons from the step on, so that nothing is left out.

    Attributes:
        is_steady: Whether the clock can be right, and made no jump lately.
        sleep: Waits some seconds.
    """

    store: Store
    clock: Clock
    is_steady: Callable[[], bool]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _since: datetime | None = None
    _place: int = 0
    _plans: int = 0
    _began: bool = False
    _called: asyncio.Event = field(default_factory=asyncio.Event)

    def stepped(self, seconds: float) -> None:
        """Hear that the clock jumped by so many seconds; quick, and never raises."""
        if seconds < 0 or self._since is not None:
            self._begin(self.clock.now() - NOTICED_WITHIN)

    async def run(self) -> None:
        """See to it at the start and after each step back, until cancelled."""
        while True:
            try:
                await self.see()
                await self._called.wait()
            except StoreUnavailableError:
                await self.sleep(LOOK_SECONDS)

    async def see(self) -> None:
        """Work out anew what has to be, once the clock is steady.

        Raises:
            StoreUnavailableError: the database is out of reach; call it again.
        """
        await self._calm()
        if not self._began:
            if self._since is None and await self._was_ahead() and self._since is None:
                self._begin(self.clock.now())
            self._began = True
        while self._since is not None:
            await self._calm()
            await self._batch(self._since)
        self._called.clear()

    async def _was_ahead(self) -> bool:
        """Ask twice: a clock that is behind as a machine starts looks the same, until it is set."""
        if not await self.store.was_ahead(self.clock.now()):
            return False
        await self.sleep(SET_WITHIN_SECONDS)
        await self._calm()
        return await self.store.was_ahead(self.clock.now())

    async def _calm(self) -> None:
        await self.sleep(0)
        while not self.is_steady():
            await self.sleep(LOOK_SECONDS)

    def _begin(self, since: datetime) -> None:
        self._since, self._place, self._plans = since, 0, 0
        self._called.set()

    async def _batch(self, since: datetime) -> None:
        def anew(due: DuePlan) -> Plan:
            made = pulled_back(due, since)
            self._plans += made != due.plan
            return made

        place = await self.store.pull_back(since, anew, self._place)
        if self._since != since:
            return  # it stepped meanwhile
        if place is None:
            self._since = None
            fields = {"event": "clock.was_ahead", "plans": self._plans}
            log.warning("the clock had been ahead; next moments worked out anew", extra=fields)
        else:
            self._place = place
