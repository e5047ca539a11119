"""Telegram's sending limits: 1 message a second in a chat, 20 a minute in a group, 30 a second in all.

Pure: steady seconds come in.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

MOST_CHATS = 20_000
NEAR = 1e-6  # seconds; sums of floats miss by less


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages a second on the long run, and so many at once."""

    per_second: float
    burst: int


GROUP = Rate(20 / 60, 20)


@dataclass(frozen=True, slots=True)
class TooFast:
    """A message that was not counted.

    Attributes:
        seconds: Whole seconds to wait.
        everyone: Whether the limit of all chats together was met.
    """

    seconds: int
    everyone: bool


class RateLimits:
    """Token buckets: one a chat or group, one for all. Source: Telegram's bot FAQ."""

    def __init__(
        self,
        tick: Callable[[], float],
        *,
        chat_rate: float = 1,
        chat_burst: int = 3,
        rate: float = 30,
        burst: int = 30,
    ) -> None:
        """Rates are messages a second; bursts are messages at once; ``tick`` gives seconds."""
        self._tick = tick
        self._person = Rate(chat_rate, chat_burst)
        self._everyone = Rate(rate, burst)
        # the moment at which a bucket will be full again
        self._chats: dict[int, float] = {}
        self._all = 0.0

    def ask(self, chat: int) -> TooFast | None:
        """Count one message to this chat (below 0: a group), or say that it comes too fast."""
        now = self._tick()
        rate = GROUP if chat < 0 else self._person
        own = max(self._chats.get(chat, now), now) + 1 / rate.per_second
        everyone = max(self._all, now) + 1 / self._everyone.per_second
        late, late_all = _late(own, rate, now), _late(everyone, self._everyone, now)
        if max(late, late_all) > NEAR:
            return TooFast(math.ceil(max(late, late_all)), everyone=late_all > late)
        self._chats[chat], self._all = own, everyone
        if len(self._chats) > MOST_CHATS:
            self._chats = {chat: full for chat, full in self._chats.items() if full > now}
        return None


def _late(full_at: float, rate: Rate, now: float) -> float:
    """Return by how many seconds a message is too early for a bucket full again at ``full_at``."""
    return full_at - now - rate.burst / rate.per_second
