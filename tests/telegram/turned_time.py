"""Monotonic time that stands still until it is turned, for the pacer and those who wait for it."""

import asyncio
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

HOPS = 12
"""Steps of the event loop in which everybody acts on what just happened."""


@dataclass
class Bell:
    ring: Callable[[], None]
    off: bool = False

    def cancel(self) -> None:
        self.off = True


@dataclass
class Time:
    now: float = 0.0
    bells: list[tuple[float, int, Bell]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    hops: int = HOPS

    def clock(self) -> float:
        return self.now

    def alarm(self, delay: float, ring: Callable[[], None]) -> Bell:
        bell = Bell(ring)
        heapq.heappush(self.bells, (self.now + delay, next(self.numbers), bell))
        return bell

    async def sleep(self, seconds: float) -> None:
        over = asyncio.Event()
        self.alarm(seconds, over.set)
        await over.wait()

    async def turn(self, seconds: float) -> None:
        """Ring what is due on the way, letting everybody act after each."""
        end = self.now + seconds
        await settle(self.hops)
        while self.bells and self.bells[0][0] <= end:
            self.now, _, bell = heapq.heappop(self.bells)
            if not bell.off:
                bell.ring()
                await settle(self.hops)
        self.now = end

    async def until(self, done: "asyncio.Task[object]") -> None:
        """Turn to one bell after the other until the task has ended."""
        await settle(self.hops)
        while not done.done():
            assert self.bells, "nothing will ever happen again"
            await self.turn(max(0.0, self.bells[0][0] - self.now))


async def settle(hops: int = HOPS) -> None:
    for _ in range(hops):
        await asyncio.sleep(0)
