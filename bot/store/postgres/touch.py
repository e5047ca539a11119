"""Since when this bot has been in touch with the database: who was away himself calls nobody dead."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.shares import DEAD_SECONDS

BREAK_SECONDS = DEAD_SECONDS / 2
"""Who was cut off as we were is silent by now for little more than this, and no dead bot yet."""


@dataclass(slots=True)
class Touch:
    """Begins now.

    Attributes:
        now: Monotonic seconds, which also pass while the process stands still.
    """

    now: Callable[[], float] = time.monotonic
    _since: float = field(init=False)
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin."""
        self._since = self._last = self.now()

    def felt(self) -> None:
        """The database has just heard of us."""
        now = self.now()
        if now - self._last > BREAK_SECONDS:
            self._since = now
        self._last = now

    def lasts(self) -> float:
        """Return for how many seconds we have been in touch without a break; 0: we are not."""
        now = self.now()
        return now - self._since if now - self._last <= BREAK_SECONDS else 0.0
