"""The page /metrics: gathered at most once in a few seconds, whoever asks how often."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.figures import Figures
from bot.errors import BotError
from bot.ops.described import METRICS
from bot.ops.exposition import Sample, Samples, exposed
from bot.ops.told import of_figures
from bot.ports import Clock

KEPT_SECONDS = 5.0
DATABASE_SECONDS = 2.0  # a scrape gives up after ten; what the bot knows by itself is told anyway

Source = Callable[[], Samples]


@dataclass(slots=True)
class Metrics:
    """What an operator's monitoring reads.

    Attributes:
        figures: Reads the database.
        writable: Whether it took the last write.
        sources: What the parts know without it.
        now: Monotonic seconds.
    """

    figures: Callable[[datetime], Awaitable[Figures]]
    writable: Callable[[], bool]
    sources: Sequence[Source]
    clock: Clock
    now: Callable[[], float] = time.monotonic
    _kept: tuple[float, str] | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self) -> str:
        """Return the page; with the database out of reach, without what it would say."""
        async with self._turn:
            if self._kept is None or self.now() - self._kept[0] >= KEPT_SECONDS:
                text = exposed(METRICS, await self._gathered())
                self._kept = self.now(), text
            return self._kept[1]

    async def _gathered(self) -> Samples:
        told = dict(await self._of_database())
        for source in self.sources:
            told |= source()
        return told

    async def _of_database(self) -> Samples:
        moment = self.clock.now()
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                figures = await self.figures(moment)
        except (BotError, TimeoutError):
            return {"unknot_database_up": [Sample(0)]}
        return {
            "unknot_database_up": [Sample(self.writable())],
            **of_figures(figures, moment),
        }
