"""Polling: the offset moves over the unbroken run of handled updates, and no further."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import SettingsError
from bot.telegram.intake import raw as read

log = logging.getLogger(__name__)

LONG_POLL_SECONDS = 25
RECHECK_SECONDS = 0.5  # while the oldest update is open
FIRST_BACKOFF_SECONDS, LONGEST_BACKOFF_SECONDS = 0.5, 30.0
CONFLICT_TRIES = 5
CONFLICT_SECONDS = 4.0  # five of these stay under the 30 s within which we must give way

Fetch = Callable[[int | None, int], Awaitable[Sequence[Mapping[str, Any]]]]


@dataclass(slots=True)
class Poller:
    """Fetches updates and confirms those that are handled, also across a crash.

    Attributes:
        fetch: getUpdates with an offset and a long-poll time in seconds.
        receive: The door; its task ends when the update is handled.
        contact: Called after each answer of Telegram.
        drop_webhook: Called when Telegram would send updates elsewhere; a webhook shuts polling out.
        sleep: Waits some seconds.
    """

    fetch: Fetch
    receive: Callable[[Mapping[str, Any]], "asyncio.Task[None]"]
    contact: Callable[[], None]
    drop_webhook: Callable[[], Awaitable[None]]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    offset: int | None = None
    skipped: int = 0
    _open: deque[tuple[int, "asyncio.Task[None]"]] = field(default_factory=deque)
    _conflicts: int = 0
    _backoff: float = FIRST_BACKOFF_SECONDS

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            SettingsError: the token is refused, or another process polls with it.
        """
        while True:
            await self.poll()

    async def poll(self) -> None:
        """Fetch once, pass on what is new, wait for it a little, confirm what is handled."""
        try:
            updates = await self.fetch(self.offset, LONG_POLL_SECONDS)
        except InvalidToken:
            raise SettingsError(
                "Telegram refuses BOT_TOKEN.", "copy it again from @BotFather, or make a new one."
            ) from None
        except Conflict as error:
            await self._settle_conflict(error)
            return
        except RetryAfter as error:
            await self.sleep(_seconds(error))
            return
        except (NetworkError, TelegramError) as error:
            await self._back_off(error)
            return
        self._conflicts, self._backoff = 0, FIRST_BACKOFF_SECONDS
        self.contact()
        self._pass_on(updates)
        await self._wait()
        self._confirm()

    async def drain(self, seconds: float) -> None:
        """Wait for what is under way, and tell Telegram what was handled."""
        if self._open:
            await asyncio.wait({task for _, task in self._open}, timeout=seconds)
        self._confirm()
        if self.offset is not None:
            try:
                async with asyncio.timeout(seconds):
                    await self.fetch(self.offset, 0)
            except (TelegramError, TimeoutError):
                log.warning("last confirmation failed; its updates will come again")

    def _pass_on(self, updates: Sequence[Mapping[str, Any]]) -> None:
        known = {number for number, _ in self._open}
        for raw in updates:
            number = read.update_id(raw)
            if number is None:
                self.skipped += 1
            elif number not in known:
                self._open.append((number, self.receive(raw)))

    async def _wait(self) -> None:
        pending = {task for _, task in self._open if not task.done()}
        if pending:
            await asyncio.wait(pending, timeout=RECHECK_SECONDS)

    def _confirm(self) -> None:
        while self._open and self._open[0][1].done():
            number, _ = self._open.popleft()
            self.offset = number + 1

    async def _settle_conflict(self, error: Conflict) -> None:
        self._conflicts += 1
        if self._conflicts >= CONFLICT_TRIES:
            raise SettingsError(
                "Another process polls Telegram with this token.",
                "stop the other one; one bot, one poller.",
            )
        if "webhook" in error.message.lower():
            await self.drop_webhook()
        else:
            await self.sleep(CONFLICT_SECONDS)

    async def _back_off(self, error: TelegramError) -> None:
        log.warning("polling failed", extra={"cause": type(error).__name__})
        await self.sleep(self._backoff)
        self._backoff = min(self._backoff * 2, LONGEST_BACKOFF_SECONDS)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
