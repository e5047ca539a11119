"""That a message arrived, for those whose own does not: the way is open again."""

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Arrivals:
    """Wakes who waits out a fault of Telegram or of the network."""

    _count: int = 0
    _waiting: "set[asyncio.Future[None]]" = field(default_factory=set)

    def note(self) -> None:
        """A message arrived."""
        self._count += 1
        while self._waiting:
            self._waiting.pop().set_result(None)

    async def within(self, least: float, most: float) -> bool:
        """Wait ``least`` seconds, then until a message has arrived since, ``most`` in all.

        Returns whether one has.
        """
        before = self._count
        await asyncio.sleep(min(least, most))
        if self._count == before and most > least:
            await self._next(most - least)
        return self._count > before

    async def _next(self, seconds: float) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait({waiter}, timeout=seconds)
        finally:
            self._waiting.discard(waiter)
