"""A town on PostgreSQL, in which many bots live on one database, and its office watches their pace."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from signal import Signals
from tempfile import TemporaryDirectory

import asyncpg
from aiohttp import web

from benchmarks.seed import seed_any
from bot.clock import SystemClock
from bot.core.plans import Kind
from bot.telegram.bucket import BURST
from tests.chaos import books
from tests.chaos.nurse import Nurse
from tests.chaos.office import Handler, PostOffice
from tests.chaos.town import LOOK_AGAIN_SECONDS, Town
from tests.postgres_server import PostgresServer
from tests.store.postgres_databases import new_schema

RATE = 40
LEASE_SECONDS = 6
WINDOWS = (1.0, 2.0, 4.0)
LATENESS_SECONDS = 0.25
"""How much closer together messages may come than they were sent, on a machine that is busy."""


class WatchedOffice(PostOffice):
    """Notes when each message came, and what was said to whoever asked for updates.

    Attributes:
        came: Monotonic seconds.
        polls: Answers to getUpdates, by HTTP status.
    """

    def __init__(self, chats: Iterable[int]) -> None:
        super().__init__(chats)
        self.came: list[float] = []
        self.polls: Counter[int] = Counter()

    def too_many(self, rate: float, bots: int) -> int:
        """Return by how many messages the fullest stretch of time held more than it may."""
        most = 0
        for window in WINDOWS:
            allowed = int(rate * (window + LATENESS_SECONDS)) + BURST + bots
            first = 0
            for last, at in enumerate(self.came):
                while at - self.came[first] > window:
                    first += 1
                most = max(most, last - first + 1 - allowed)
        return most

    def _application(self) -> web.Application:
        app = super()._application()
        app.middlewares.insert(0, self._watch)
        return app

    @web.middleware
    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.endswith("/sendMessage"):
            self.came.append(asyncio.get_running_loop().time())
        response = await handler(request)
        if request.path.endswith("/getUpdates"):
            self.polls[response.status] += 1
        return response


@dataclass(slots=True)
class City(Town):
    """See Town; what it looks at is what was read last.

    Attributes:
        url: The bots' database.
        watched: The office.
    """

    url: str = ""
    watched: WatchedOffice = field(default_factory=lambda: WatchedOffice(()))
    _books: books.Books = field(default_factory=lambda: books.books_of((), ()))

    async def make_due(self, kind: Kind, ahead: timedelta = timedelta()) -> None:
        """Make one reminder of each due, so far ahead of now."""
        due = SystemClock().now().replace(microsecond=0) + ahead
        key = self.folder / "data.key"
        await asyncio.to_thread(seed_any, self.url, key, self.people, due, kind)

    def look(self, *, deeply: bool = False) -> books.Books:
        """Return what was read last; ``deeply`` is for a file."""
        del deeply
        return self._books

    async def over(self, seconds: float = 60) -> None:
        """Wait until every reminder has come to its end, also while the server is away."""
        async with asyncio.timeout(seconds):
            while not self.is_over():
                await self.read()
                await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def read(self) -> None:
        """Read the database beside the bots, if it is there."""
        try:
            session = await asyncpg.connect(self.url, timeout=2)
        except (OSError, asyncpg.PostgresError):
            return
        try:
            states = [tuple(row) for row in await session.fetch(books.ROWS)]
            counted = [tuple(row) for row in await session.fetch(books.COUNTED)]
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return
        finally:
            session.terminate()
        self._books = books.books_of(states, counted)


@asynccontextmanager
async def city(
    nurse: Nurse, server: PostgresServer, people: int, kind: Kind, **settings: str
) -> AsyncIterator[City]:
    """Found a city whose reminders are due; its bots die with it."""
    url = await new_schema(server)
    usual = {"BOT_SENDS_PER_SECOND": str(RATE), "CHAOS_LEASE": str(LEASE_SECONDS)}
    own = {**usual, "BOT_DATABASE_URL": url, "BOT_LOG_LEVEL": "INFO", **settings}
    with TemporaryDirectory(prefix="unknot-chaos-") as folder:
        office = WatchedOffice(range(1, people + 1))
        await office.start()
        place = City(Path(folder), office, nurse, people, own, [], url, office)
        await place.make_due(kind)
        try:
            yield place
        finally:
            for bot in place.bots:
                bot.send(Signals.SIGKILL)
                await bot.ended()
            await office.stop()
