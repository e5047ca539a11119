"""One chat's updates run in order, chats side by side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class ChatOrder:
    """Gives turns within a chat, first come first served; keeps nothing about idle chats."""

    def __init__(self) -> None:
        self._locks: dict[int | None, asyncio.Lock] = {}
        self._waiting: dict[int | None, int] = {}

    @asynccontextmanager
    async def turn(self, chat: int | None) -> AsyncIterator[None]:
        """Wait for this chat's turn and hold it for the block."""
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._waiting[chat] = self._waiting.get(chat, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._locks[chat]

    def behind(self, chat: int | None) -> int:
        """Return how many of the chat wait behind the one whose turn it is."""
        return self._waiting.get(chat, 1) - 1

    def __len__(self) -> int:
        """Return how many chats have something under way."""
        return len(self._locks)
