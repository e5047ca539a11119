"""Telling Telegram where it is to send updates, and seeing that it stays told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram.connection import at_once
from bot.telegram.intake.fetch import ALLOWED_UPDATES
from bot.telegram.outcome import wait_of

log = logging.getLogger(__name__)

MOST_AT_ONCE = 40
LOOK_SECONDS = 30.0  # a third of the silence after which /readyz calls Telegram out of reach
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0

Call = Callable[[str, dict[str, Any]], Awaitable[object]]


@dataclass(slots=True)
class Registration:
    """Sets the webhook, and sets it again whenever Telegram has another one or none.

    Attributes:
        url: Where Telegram sends updates.
        secret: What it sends along, so that we know it.
        call: Calls a method of the Bot API.
        contact: Called after each answer that shows our webhook in its place.
        sleep: Waits some seconds.
        refused: Called when Telegram refuses the token; raises when that is certain.
    """

    url: str
    secret: str = field(repr=False)
    call: Call
    contact: Callable[[], None]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    refused: Callable[[], None] = at_once
    _failed_at: object = None

    async def keep(self) -> None:
        """Set the webhook and look after it until cancelled.

        Raises:
            TokenRefusedError: Telegram does not know the token.
        """
        await self._until_done(self._set)
        while True:
            await self.sleep(LOOK_SECONDS)
            await self._until_done(self._look)

    async def _until_done(self, step: Callable[[], Awaitable[None]]) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await step()
            except TelegramError as error:
                if isinstance(error, InvalidToken):
                    self.refused()
                fields = {"event": "webhook.not_set", "cause": error.message}
                log.warning("telegram did not take the webhook", extra=fields)
                asked = wait_of(error).total_seconds() if isinstance(error, RetryAfter) else 0
                await self.sleep(max(pause, min(asked, LONGEST_PAUSE_SECONDS)))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                return

    async def _set(self) -> None:
        wanted = {
            "url": self.url,
            "secret_token": self.secret,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": MOST_AT_ONCE,
        }
        await self.call("setWebhook", wanted)
        self.contact()

    async def _look(self) -> None:
        info = await self.call("getWebhookInfo", {})
        told = info if isinstance(info, dict) else {}
        if told.get("url") != self.url:
            log.warning("webhook was changed", extra={"event": "webhook.changed"})
            await self._set()
            return
        self.contact()
        self._warn_of_failures(told)

    def _warn_of_failures(self, told: dict[str, Any]) -> None:
        """Say once of each failure that Telegram cannot deliver; doctor shows its reason."""
        failed_at, before = told.get("last_error_date"), self._failed_at
        self._failed_at = failed_at
        if failed_at is not None and failed_at != before:
            waiting = told.get("pending_update_count")
            fields = {"event": "webhook.failing", "waiting": waiting}
            log.warning("telegram could not deliver an update", extra=fields)
