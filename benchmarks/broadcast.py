"""What the fake Bot API holds a broadcast to, and what came of it."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.updates_made import Json

FREE, PAID = 30.0, 1000.0
"""Messages a second over all chats. Source: Telegram's FAQ for bots; Bot API, allow_paid_broadcast."""
CHAT_SECONDS = 1.0
NEAR = 1e-6  # seconds; sums of floats miss by less


@dataclass
class Allowance:
    """A second's worth of messages at once, then so many a second."""

    rate: float
    full_at: float = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until one more may come."""
        return max(self.full_at, now) + 1 / self.rate - now - 1.0

    def spend(self, now: float) -> None:
        """Count one message."""
        self.full_at = max(self.full_at, now) + 1 / self.rate


@dataclass
class Broadcast:
    """Holds messages to the limits: of all chats, free and paid apart, and one a second in a chat.

    Attributes:
        clock: Monotonic seconds.
        refused: Calls that were answered 429.
        free: When each free message was taken.
        paid: When each paid one was.
    """

    clock: Callable[[], float] = time.monotonic
    refused: int = 0
    free: list[float] = field(default_factory=list)
    paid: list[float] = field(default_factory=list)
    _next_in: dict[int, float] = field(default_factory=dict)
    _free: Allowance = field(default_factory=lambda: Allowance(FREE))
    _paid: Allowance = field(default_factory=lambda: Allowance(PAID))

    def wait(self, chat: int, *, paid: bool) -> int:
        """Take a message, or return the whole seconds that its sender has to wait."""
        now, allowance = self.clock(), self._paid if paid else self._free
        late = max(allowance.wait(now), self._next_in.get(chat, now) - now)
        if late > NEAR:
            self.refused += 1
            return math.ceil(late)
        allowance.spend(now)
        self._next_in[chat] = now + CHAT_SECONDS
        (self.paid if paid else self.free).append(now)
        return 0

    @property
    def taken(self) -> int:
        """How many messages were taken."""
        return len(self.free) + len(self.paid)

    def told(self) -> Json:
        """Return how many were taken and refused, and the seconds from the first to the last.

        "while_paid" counts all that were taken up to the last paid one, in "paid_seconds".
        """
        moments = sorted([*self.free, *self.paid])
        during = [moment for moment in moments if moment <= max(self.paid, default=0.0)]
        return {
            "taken": self.taken,
            "refused": self.refused,
            "seconds": _between(moments),
            "paid": len(self.paid),
            "while_paid": len(during),
            "paid_seconds": _between(during),
        }


def _between(moments: list[float]) -> float:
    return moments[-1] - moments[0] if moments else 0.0
