"""Telegram's sending limits: about one message a second in a chat, about 30 a second in all."""

import math
from collections.abc import Callable

MOST_CHATS = 20_000


class RateLimits:
    """Two token buckets: one a chat, one for all. Source: Telegram's bot FAQ."""

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
        self._chat_step, self._chat_burst = 1 / chat_rate, chat_burst
        self._step, self._burst = 1 / rate, burst
        # the moment at which a bucket will be full again
        self._chats: dict[int, float] = {}
        self._all = 0.0

    def wait(self, chat: int) -> int:
        """Count one message to this chat, or return the whole seconds to wait for it."""
        now = self._tick()
        own = max(self._chats.get(chat, now), now) + self._chat_step
        everyone = max(self._all, now) + self._step
        late = max(
            own - now - self._chat_burst * self._chat_step,
            everyone - now - self._burst * self._step,
        )
        if late > 0:
            return math.ceil(late)
        self._chats[chat], self._all = own, everyone
        if len(self._chats) > MOST_CHATS:
            self._chats = {chat: full for chat, full in self._chats.items() if full > now}
        return 0
