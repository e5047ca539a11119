"""Looks whether every occurrence that was ever made is in one recorded state."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.figures import Figures
from bot.errors import BotError
from bot.ports import Clock

log = logging.getLogger(__name__)

LOOK_SECONDS = 600.0


@dataclass(slots=True)
class Ledger:
    """Says so in the log when the sum is wrong, for who reads no metrics.

    Attributes:
        figures: Reads the database.
        sleep: Waits some seconds.
    """

    figures: Callable[[datetime], Awaitable[Figures]]
    clock: Clock
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def run(self) -> None:
        """Look every ten minutes, until cancelled."""
        while True:
            await self.sleep(LOOK_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Look once; what cannot be read now is looked at the next time."""
        try:
            difference = (await self.figures(self.clock.now())).difference
        except BotError:
            return
        if difference:
            fields = {"event": "occurrences.astray", "difference": difference}
            log.error("occurrences are lost, or counted twice", extra=fields)
