"""A database that may come later: until it opens, everything but storing goes on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime, timedelta

from bot.core.figures import Figures
from bot.core.plans import Advance, DuePlan, Plan, Settled, Subscriber, Taken
from bot.core.shares import Report, Standing
from bot.core.streaks import Day
from bot.errors import StoreBrokenError, StoreUnavailableError
from bot.ports import Change, Payer, Store

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
SILENT_SECONDS = 4.5  # a beat may wait for another bot's, which has its own limit below this


class LateStore:
    """Keeps bot.ports.Store; each call raises StoreUnavailableError until the database opened.

    A call that meets a broken one raises it too, and ``watch`` tells of it: until the bot ends, people
    are answered.

    Where it was out of reach a moment ago, what a person waits for raises that at once, too. What
    the bot does by itself, the beat and the work on what is due, finds out when it is back.
    """

    def __init__(self, open_store: Callable[[], Awaitable[Store]]) -> None:
        self._open_store = open_store
        self._store: Store | None = None
        self._refused = self._away = False
        self._beats_since: float | None = None  # loop second
        self._breaks: asyncio.Queue[StoreBrokenError] = asyncio.Queue()

    @property
    def is_open(self) -> bool:
        """Whether the database has been opened."""
        return self._store is not None

    @property
    def works(self) -> bool:
        """Whether it is open and took the last thing that was to be written."""
        return self.is_open and not self._refused

    async def open(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        """Open the database, trying again for as long as it is out of reach.

        Raises:
            BotError: the database can never be opened like this (corrupt, wrong key, in use).
        """
        while self._store is None:
            try:
                self._store = await self._open_store()
            except StoreUnavailableError as error:
                log.warning(
                    "database out of reach",
                    extra={"event": "database.unreachable", "cause": error.problem},
                )
                await sleep(RETRY_SECONDS)

    def hurry(self, seconds: float) -> None:
        """See bot.ports.Store."""
        if self._store is not None:
            self._store.hurry(seconds)

    async def watch(self) -> None:
        """Wait until the database breaks under any call, whoever made it.

        Raises:
            StoreBrokenError: it was moved, deleted or damaged.
        """
        raise await self._breaks.get()

    async def close(self) -> None:
        """Close the database, if it was opened."""
        if self._store is not None:
            await self._store.close()
            self._store = None

    def _opened(self) -> Store:
        if self._store is None:
            raise StoreUnavailableError("The database is not open yet.", "wait a moment.")
        return self._store

    def _for_person(self) -> Store:
        """Return the database, unless it would be waited for in vain."""
        since = self._beats_since
        if since is not None and asyncio.get_running_loop().time() - since > SILENT_SECONDS:
            self._away = True
        if self._away:
            raise StoreUnavailableError(
                "The database was out of reach a moment ago.", "wait; the bot looks for it."
            )
        return self._opened()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Note whether a write passed, for ``works``; one that fails may be a lock's, no outage."""
        with self._tried():
            yield
        self._refused = False

    @contextmanager
    def _read(self) -> Iterator[None]:
        """Note a failure; that reading works does not say that writing does."""
        try:
            with self._tried():
                yield
        except StoreUnavailableError:
            self._away = self.is_open
            raise

    @contextmanager
    def _tried(self) -> Iterator[None]:
        try:
            yield
        except StoreUnavailableError:
            self._refused = True
            raise
        except StoreBrokenError as error:
            self._refused = True
            self._breaks.put_nowait(error)
            raise StoreUnavailableError(error.problem, "the bot ends.") from error
        self._away = False

    async def beat(self, report: Report, rate: float) -> Standing:
        """See bot.ports.Crew."""
        self._beats_since = asyncio.get_running_loop().time()
        try:
            with self._noted():
                return await self._opened().beat(report, rate)
        finally:
            self._beats_since = None

    async def examine(self) -> None:
        """See bot.ports.Store."""
        with self._read():
            await self._opened().examine()

    async def look(self, chat: int) -> Subscriber | None:
        """See bot.ports.Store."""
        with self._read():
            return await self._for_person().look(chat)

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[Change]:
        """See bot.ports.Store."""
        with self._noted():
            async with self._for_person().change(chat, update_id, now) as change:
                yield change

    async def days(self, chat: int, since: date) -> list[Day]:
        """See bot.ports.Store."""
        with self._read():
            return await self._for_person().days(chat, since)

    async def stop_chat(self, chat: int) -> None:
        """See bot.ports.Store."""
        with self._noted():
            await self._opened().stop_chat(chat)

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        """See bot.ports.Store."""
        with self._noted():
            return await self._opened().materialise(now, advance, limit)

    async def retime(
        self, zones: str, moment_of: Callable[[DuePlan], datetime | None], limit: int = 500
    ) -> datetime | None:
        """See bot.ports.Store."""
        with self._noted():
            return await self._opened().retime(zones, moment_of, limit)

    async def was_ahead(self, now: datetime) -> bool:
        """See bot.ports.Store."""
        with self._read():
            return await self._opened().was_ahead(now)

    async def pull_back(
        self, now: datetime, anew: Callable[[DuePlan], Plan], after: int = 0, limit: int = 500
    ) -> int | None:
        """See bot.ports.Store."""
        with self._noted():
            return await self._opened().pull_back(now, anew, after, limit)

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
        payer: Payer | None = None,
    ) -> list[Taken]:
        """See bot.ports.Store."""
        with self._noted():
            return await self._opened().turn(
                settled, now, limit, lease=lease, healthy=healthy, payer=payer
            )

    async def stands(self, occurrence: int) -> bool:
        """See bot.ports.Store."""
        with self._read():
            return await self._opened().stands(occurrence)

    async def orphans(self, now: datetime) -> list[Taken]:
        """See bot.ports.Store."""
        with self._noted():
            return await self._opened().orphans(now)

    async def next_moment(self) -> datetime | None:
        """See bot.ports.Store."""
        with self._read():
            return await self._opened().next_moment()

    async def load(self, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """See bot.ports.Store."""
        with self._read():
            return await self._for_person().load(since, until)

    async def count_referral(self, now: datetime) -> None:
        """See bot.ports.Store."""
        with self._noted():
            await self._opened().count_referral(now)

    async def figures(self, now: datetime) -> Figures:
        """See bot.ports.Store."""
        with self._read():
            return await self._opened().figures(now)

    async def file_id(self, digest: str) -> str | None:
        """See bot.ports.Store."""
        with self._read():
            return await self._for_person().file_id(digest)

    async def keep_file_id(self, digest: str, file_id: str) -> None:
        """See bot.ports.Store."""
        with self._noted():
            await self._opened().keep_file_id(digest, file_id)
