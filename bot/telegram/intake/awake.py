"""Time that counts only while the process runs: a frozen or starved one has used none of it."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

BEAT_SECONDS = 0.25


@dataclass(slots=True)
class AwakeAlarm:
    """Calls back after so many seconds in which the loop could have done all that was to be done.

    They are counted in beats. A beat that comes late counts as one: while the process was stopped,
    or others had the processor, nobody could have got on with anything.

    Attributes:
        seconds: How many are left.
        ring: Called back, once.
        late: A beat that comes later than this does not count at all: the process was too busy.
    """

    seconds: float
    ring: Callable[[], None]
    late: float = math.inf
    _next: asyncio.TimerHandle = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        self._wait()

    def cancel(self) -> None:
        """Call it off; twice is harmless."""
        self._next.cancel()

    def _wait(self) -> None:
        step = min(self.seconds, BEAT_SECONDS)
        self._next = asyncio.get_running_loop().call_later(step, self._beat, step)

    def _beat(self, step: float) -> None:
        if asyncio.get_running_loop().time() - self._next.when() <= self.late:
            self.seconds -= step
        if self.seconds > 0:
            self._wait()
        else:
            self.ring()


@asynccontextmanager
async def awake_timeout(seconds: float) -> AsyncIterator[None]:
    """End the block after so many seconds awake.

    Raises:
        TimeoutError: it was ended.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as limit:
        alarm = AwakeAlarm(seconds, lambda: limit.reschedule(loop.time()))
        try:
            yield
        finally:
            alarm.cancel()
