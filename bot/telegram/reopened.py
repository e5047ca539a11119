"""That a message arrived, for those whose own does not: the way is open again."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class Reopened:
    """Wakes who waits out a fault of Telegram or of the network."""

    _next: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self) -> None:
        """A message arrived."""
        self._next.set()
        self._next = asyncio.Event()

    async def within(self, least: float, most: float) -> bool:
        """Wait ``least`` seconds, then until a message has arrived since, ``most`` in all.

        Returns whether one has.
        """
        arrived = self._next
        await asyncio.sleep(min(least, most))
        with suppress(TimeoutError):
            async with asyncio.timeout(max(most - least, 0)):
                await arrived.wait()
        return arrived.is_set()
