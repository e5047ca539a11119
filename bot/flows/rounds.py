"""The clock's way, again and again: what is due is delivered, whatever becomes of the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.errors import StoreUnavailableError
from bot.flows.deliver import Deliver

log = logging.getLogger(__name__)

LONGEST_NAP_SECONDS = 1.0  # a plan made meanwhile, or a turned clock, is noticed after this
STORE_RETRY_SECONDS = 2.0


@dataclass(slots=True)
class Rounds:
    """Delivers until it is asked to stop.

    Attributes:
        store_works: Whether the database took the last write.
        prepare: What has to be done before the first of them.
        sleep: Waits some seconds.
    """

    deliver: Deliver
    store_works: Callable[[], bool]
    prepare: Callable[[], Awaitable[None]]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _begun: bool = False

    async def run(self, stop: asyncio.Event) -> None:
        """Make rounds until ``stop`` is set; while the database is out of reach, try again.

        What was sent meanwhile is recorded first: else it would be sent again after the next start.
        """
        while not stop.is_set() or self.deliver.owes:
            try:
                await self._nap(await self._round(), stop)
            except StoreUnavailableError as error:
                fields = {"event": "database.unreachable", "cause": error.problem}
                log.warning("database out of reach", extra=fields)
                await self.sleep(STORE_RETRY_SECONDS)

    async def _round(self) -> datetime | None:
        if not self._begun:
            await self.prepare()
            await self.deliver.recover()
            self._begun = True
        if not self.store_works():
            await self.deliver.materialise()  # shows whether writing works again
        return await self.deliver.work()

    async def _nap(self, until: datetime | None, stop: asyncio.Event) -> None:
        ahead = (until - self.deliver.clock.now()).total_seconds() if until else 0.0
        # what is due and still here waits for the path or the database: look again in a while
        seconds = ahead if 0 < ahead < LONGEST_NAP_SECONDS else LONGEST_NAP_SECONDS
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await stop.wait()
