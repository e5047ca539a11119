"""Many people with one reminder each, due now, and the real bot on a simulated Telegram that fails."""

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.seed import seed
from bot.clock import SystemClock
from bot.core.path_health import REPEAT_AFTER_ONE
from bot.core.plans import Kind
from bot.settings import Settings
from bot.simulator.api import Api
from bot.simulator.calls import Call
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator
from tests.journeys.conftest import World, until

OPEN = ("due", "sending")
PAUSE_SECONDS = 0.5


@dataclass
class Crowd(World):
    """A world of people with the chats 1 to ``people``; its clock runs and can be turned."""

    people: int = 0
    in_flight: int = 4
    by_the_door: bool = False

    def settings(self) -> Settings:
        told: dict[str, object] = {"in_flight": self.in_flight}
        if self.by_the_door:
            told["api_url"] = self.simulator.bot_url
        return super().settings().model_copy(update=told)

    @property
    def _address(self) -> str:
        return f"file:{self.settings().data_dir / 'unknot.db'}?mode=ro"

    def ends(self) -> Counter[str]:
        """Return how many occurrences the database has in each state, seen from beside the bot."""
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            rows = db.execute("SELECT state, count(*) FROM occurrence GROUP BY state")
            return Counter(dict(rows.fetchall()))

    def doubts(self) -> int:
        """Return how often the bot could not know whether a reminder had arrived."""
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            return int(db.execute("SELECT total(doubts) FROM occurrence").fetchone()[0])

    def attempts(self) -> int:
        """Return how often the bot set about sending a reminder."""
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            return int(db.execute("SELECT total(attempt) FROM occurrence").fetchone()[0])

    def is_over(self) -> bool:
        """Return whether each person's reminder came to an end."""
        found = self.ends()
        return found.total() >= self.people and not any(found[state] for state in OPEN)

    def waits(self) -> bool:
        """Return whether second tries alone are left, and none of them goes yet."""
        with closing(sqlite3.connect(self._address, uri=True)) as db:
            left = "SELECT total(state = 'sending' OR doubts = 0) FROM occurrence WHERE state IN (?, ?)"
            return not self.is_over() and not db.execute(left, OPEN).fetchone()[0]

    async def over(self, seconds: float = 30) -> Counter[str]:
        """Wait until all reminders came to an end; return the ends, of which none is missing.

        The pause before a second try passes by a turn of the clock.
        """
        while not self.is_over():
            await until(
                lambda: self.is_over() or self.waits(), "an end for every reminder", seconds
            )
            if self.waits():
                self.controls.turn_to(self.controls.now() + REPEAT_AFTER_ONE)
                await asyncio.sleep(PAUSE_SECONDS)
        found = self.ends()
        assert found.total() == self.people
        return found

    def sends(self, chat: int | None = None) -> list[Call]:
        """Return the tries to send a message, to one chat or any, as the server saw them."""
        calls = [call for call in self.api.log.calls if call.method == "sendMessage"]
        return [call for call in calls if chat in {None, call.chat}]

    async def orders(self, **order: object) -> None:
        """Order a fault as the page does."""
        url = f"{self.simulator.url}/sim/faults"
        async with aiohttp.ClientSession() as http, http.post(url, json=order) as answer:
            assert answer.status == 200, await answer.text()

    def copies(self) -> Counter[int]:
        """Return how many messages arrived in each chat."""
        return self.api.log.copies


@asynccontextmanager
async def crowd(folder: Path, people: int, kind: Kind = Kind.MORNING) -> AsyncIterator[Crowd]:
    """Prepare everybody's reminder; the bot is for the test to start, and is stopped at the end."""
    controls = ServerOnlyControls(SystemClock().now)
    api = Api(controls.now, tick=time.monotonic)
    for chat in range(1, people + 1):
        api.add_person("P", chat=chat, started=True)
    simulator = Simulator(api, controls, port=0)
    await simulator.start()
    made = Crowd(folder, api, controls, simulator, people=people)
    settings = made.settings()
    due = controls.now().replace(microsecond=0)
    seed(settings.data_dir / "unknot.db", settings.key, people, due, kind)
    try:
        yield made
    finally:
        try:
            await made.stop_bot()
        finally:
            await simulator.stop()
