"""When governments change clocks, plans keep their wall-clock time, and so get other moments."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.plans import DuePlan
from bot.core.retimed import retimed
from bot.core.schedule import is_zone, zone_or_utc
from bot.errors import StoreUnavailableError
from bot.ports import Clock, Store

log = logging.getLogger(__name__)

SOON = timedelta(hours=1)
LOOK_SECONDS = 3600.0
SETTLE_SECONDS = 60.0  # a package that is being replaced is no package yet
STORE_RETRY_SECONDS = 2.0


@dataclass(slots=True)
class Retiming:
    """Works out next moments anew whenever the zone data are others than before.

    Attributes:
        on_disk: The version of the zone data as it lies there now; None while it cannot be read.
        renew: Makes the process read zones anew.
        version: The version in use.
        sleep: Waits some seconds.
    """

    store: Store
    clock: Clock
    on_disk: Callable[[], str | None]
    renew: Callable[[], None]
    version: str
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _begun: asyncio.Event = field(default_factory=asyncio.Event)
    _seen: int = 0
    _homeless: int = 0

    async def begin(self) -> None:
        """See to the plans of the next hour; to be called before anything is delivered.

        Raises:
            StoreUnavailableError: the database is out of reach; call it again.
        """
        soon = self.clock.now() + SOON
        while (done := await self._batch()) is not None and done < soon:
            pass
        self._begun.set()

    async def run(self) -> None:
        """See to all other plans, then look every hour for new zone data, until cancelled."""
        await self._begun.wait()
        while True:
            await self._finish()
            await self._new_data()

    async def _finish(self) -> None:
        while True:
            try:
                if await self._batch() is None:
                    return
                await self.sleep(0)
            except StoreUnavailableError:
                await self.sleep(STORE_RETRY_SECONDS)

    async def _new_data(self) -> None:
        """Wait for another version, and take it up."""
        found = self.version
        while found == self.version:
            await self.sleep(LOOK_SECONDS)
            found = await self._whole()
        self.renew()
        self.version = found

    async def _whole(self) -> str:
        """Return the version on the disk, or the one in use while that is being replaced."""
        found = self.on_disk()
        if found is None or found == self.version:
            return self.version
        await self.sleep(SETTLE_SECONDS)
        return found if self.on_disk() == found else self.version

    async def _batch(self) -> datetime | None:
        done = await self.store.retime(self.version, self._moment)
        if done is None and self._seen:
            self._tell()
        return done

    def _moment(self, due: DuePlan) -> datetime | None:
        self._seen += 1
        self._homeless += not is_zone(due.zone)
        return retimed(due, self.clock.now(), zone_or_utc)

    def _tell(self) -> None:
        fields = {"event": "zones.changed", "version": self.version, "plans": self._seen}
        log.info("next moments worked out with other zone data", extra=fields)
        if self._homeless:
            fields = {"event": "zones.missing", "version": self.version, "plans": self._homeless}
            log.warning("plans in zones that are not known; they go by UTC", extra=fields)
        self._seen = self._homeless = 0
