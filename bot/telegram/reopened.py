"""That a message arrived, for those whose own does not: the way is open again."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass


@dataclass(slots=True)
class Reopened:
    """Wakes who waits out a fault of Telegram or of the network."""

    _next: asyncio.Event | None = None  # made by the first who waits: most messages wake nobody

    def note(self) -> None:
        """A message arrived."""
        if self._next is not None:
            self._next.set()
            self._next = None

    async def within(self, least: float, most: float) -> bool:
        """Wait ``least`` seconds, then until a message has arrived since, ``most`` in all.

        Returns whether one has.
        """
        arrived = self._next = self._next or asyncio.Event()
        await asyncio.sleep(min(least, most))
        with suppress(TimeoutError):
            async with asyncio.timeout(max(most - least, 0)):
                await arrived.wait()
        return arrived.is_set()
