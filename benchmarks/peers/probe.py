"""How long an event loop is held: a task that wants to run every few milliseconds, and notes when it cannot."""

import asyncio
import time
from types import TracebackType
from typing import Self

EVERY_SECONDS = 0.005


class Probe:
    """Notes the longest time, in seconds, by which it was woken too late."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Self:
        self._task = asyncio.get_running_loop().create_task(self._look())
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _look(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(EVERY_SECONDS)
            self.longest = max(self.longest, time.perf_counter() - before - EVERY_SECONDS)
