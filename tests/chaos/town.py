"""One town: a simulated Telegram, people who are due, a database, and bots that come and die."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from signal import Signals
from tempfile import TemporaryDirectory

from benchmarks.seed import seed
from bot.clock import SystemClock
from bot.core.plans import Kind
from tests.chaos import books
from tests.chaos.house import environment
from tests.chaos.nurse import Bot, Nurse
from tests.chaos.office import PostOffice
from tests.journeys.conftest import until

IN_FLIGHT = 4
LOOK_AGAIN_SECONDS = 0.1
FAST = {"BOT_SENDS_PER_SECOND": "1000", "BOT_IN_FLIGHT": str(IN_FLIGHT), "BOT_LOG_LEVEL": "WARNING"}


@dataclass(slots=True)
class Town:
    """People with chat ids 1 to ``people``, each with one reminder due when the town was made."""

    folder: Path
    office: PostOffice
    nurse: Nurse
    people: int
    settings: dict[str, str]
    bots: list[Bot]

    @property
    def database(self) -> Path:
        """The bots' database."""
        return self.folder / "data" / "unknot.db"

    async def make_due(self, kind: Kind, ahead: timedelta = timedelta()) -> None:
        """Make one reminder of each due, so far ahead of now."""
        due = SystemClock().now().replace(microsecond=0) + ahead
        key = self.folder / "data.key"
        await asyncio.to_thread(seed, self.database, key, self.people, due, kind)

    async def start_bot(self) -> Bot:
        """Start a bot on the database."""
        env = environment(self.folder, self.office.url, **(FAST | self.settings))
        bot = await self.nurse.start(env, self.folder / f"output-{len(self.bots)}")
        self.bots.append(bot)
        return bot

    def look(self, *, deeply: bool = False) -> books.Books:
        """Read the database beside the bot."""
        return books.look(self.database, deeply=deeply)

    def is_over(self) -> bool:
        """Return whether every reminder has come to its end."""
        found = self.look()
        return len(found.states) == self.people and not found.pending

    async def over(self, seconds: float = 1800) -> None:
        """Wait for that; the second tries of what is last and met an outage come five minutes apart."""
        await until(self.is_over, "an end for every reminder", seconds, LOOK_AGAIN_SECONDS)


@asynccontextmanager
async def town(
    nurse: Nurse,
    people: int,
    kind: Kind,
    *,
    ahead: timedelta = timedelta(),
    **settings: str,
) -> AsyncIterator[Town]:
    """Found a town whose reminders are due, or will be so far ahead; its bots die with it."""
    with TemporaryDirectory(prefix="unknot-chaos-") as folder:
        office = PostOffice(range(1, people + 1))
        await office.start()
        place = Town(Path(folder), office, nurse, people, settings, [])
        await place.make_due(kind, ahead)
        try:
            yield place
        finally:
            for bot in place.bots:
                bot.send(Signals.SIGKILL)
                await bot.ended()
            await office.stop()
