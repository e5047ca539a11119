"""What Telegram closed after a 429, and who knocked all the same. Pure: steady seconds come in."""

import math
from collections.abc import Callable

MOST_CHATS = 20_000
NEAR = 1e-6  # seconds; clocks and sums of floats miss by less


class Windows:
    """Closed chats, each until a moment, and one moment for all chats.

    Attributes:
        given: How many calls were answered with 429.
        violations: How many of them came inside a closed window: the bot had been told to wait.
    """

    def __init__(self, tick: Callable[[], float]) -> None:
        """``tick`` gives steady seconds."""
        self._tick = tick
        self._chats: dict[int, float] = {}
        self._all = -math.inf
        self.given = self.violations = 0

    def close(self, seconds: float, chat: int | None = None) -> None:
        """Tell one chat's caller, or with None everybody, to wait; a longer wait stays."""
        now = self._tick()
        self.given += 1
        if chat is None:
            self._all = max(self._all, now + seconds)
            return
        self._chats[chat] = max(self._chats.get(chat, now), now + seconds)
        if len(self._chats) > MOST_CHATS:
            self._chats = {known: until for known, until in self._chats.items() if until > now}

    def open(self, chat: int | None = None) -> None:
        """Let one chat's caller wait no longer; with None, nobody."""
        if chat is not None:
            self._chats.pop(chat, None)
            return
        self._chats.clear()
        self._all = -math.inf

    def closed(self) -> dict[int, float]:
        """Return for how many seconds more each closed chat stays so, by a 429 of its own."""
        now = self._tick()
        return {chat: until - now for chat, until in self._chats.items() if until - now > NEAR}

    def left(self, chat: int) -> float:
        """Return for how many seconds this chat stays closed; 0: it is open."""
        now = self._tick()
        left = max(self._chats.get(chat, now), self._all) - now
        return left if left > NEAR else 0.0

    def all_left(self) -> float:
        """Return for how many seconds all chats stay closed; 0: they are not."""
        return max(self._all - self._tick(), 0.0)

    def knock(self, chat: int) -> int:
        """Return the whole seconds that a call has to wait, and count it as a violation; 0: none."""
        left = self.left(chat)
        if left:
            self.given += 1
            self.violations += 1
        return math.ceil(left)
