"""Sleeps a moment at a time, and sees what it missed: a blocked event loop, a stepped clock."""

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.ops.exposition import Sample, Samples
from bot.ports import Clock

log = logging.getLogger(__name__)

BEAT_SECONDS = 0.25
MEMORY_SECONDS = 60.0
STEP_SECONDS = 300.0  # between two beats; what daily time service does to a clock is far less


@dataclass(slots=True)
class Pulse:
    """Compares the wall clock with monotonic time, and both with what was slept.

    A machine that slept has a stepped clock, too: monotonic time stands still meanwhile.

    Attributes:
        earliest: No right clock shows an earlier moment.
        sleep: Waits some seconds.
        monotonic: Seconds that only grow.
        stepped: Hears by how many seconds the wall clock jumped; quick, and never raises.
        steps: How often the wall clock jumped by over five minutes, since the start.
    """

    clock: Clock
    earliest: datetime
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    stepped: Callable[[float], None] = lambda _seconds: None
    steps: int = 0
    _stepped_at: float = -math.inf
    _ahead: float | None = None
    _lags: deque[tuple[float, float]] = field(default_factory=deque)

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            began = self.monotonic()
            self._compare(began)
            await self.sleep(BEAT_SECONDS)
            now = self.monotonic()
            self._lags.append((now, max(now - began - BEAT_SECONDS, 0.0)))
            self._forget(now)

    @property
    def steady(self) -> bool:
        """Whether the wall clock can be right, and made no jump in the last minute."""
        calm = self.monotonic() - self._stepped_at > MEMORY_SECONDS
        return calm and self.clock.now() >= self.earliest

    @property
    def lag(self) -> float:
        """The longest time that all else waited for one piece of work, of the last minute."""
        self._forget(self.monotonic())
        return max((lag for _, lag in self._lags), default=0.0)

    def samples(self) -> Samples:
        """Return lag and steps."""
        return {
            "unknot_event_loop_lag_seconds": [Sample(self.lag)],
            "unknot_clock_steps_total": [Sample(self.steps)],
        }

    def _compare(self, now: float) -> None:
        ahead = self.clock.now().timestamp() - now
        if self._ahead is not None and abs(ahead - self._ahead) > STEP_SECONDS:
            self.steps += 1
            self._stepped_at = now
            fields = {"event": "clock.stepped", "seconds": round(ahead - self._ahead)}
            log.info("clock stepped", extra=fields)
            self.stepped(ahead - self._ahead)
        self._ahead = ahead

    def _forget(self, now: float) -> None:
        while self._lags and now - self._lags[0][0] > MEMORY_SECONDS:
            self._lags.popleft()
