"""The connections to Telegram: one to send, one to ask for updates; greeting and parting."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.errors import TokenRefusedError
from bot.telegram.bot import build_bot
from bot.telegram.intake.fetch import Fetch
from bot.telegram.limiter import Pacer
from bot.telegram.transport import AiohttpRequest

log = logging.getLogger(__name__)

Transport = Callable[[], BaseRequest]
"""Makes what carries requests; one for calls, one to ask for updates."""

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
REFUSED_SECONDS = 300.0  # so long Telegram itself may be wrong about a token that it knew
SILENT_SECONDS = 90.0  # three long polls without an answer: Telegram is out of reach


def at_once() -> None:
    """Take the first refusal of the token for the last word."""
    raise TokenRefusedError


class Connection:
    """What holds connections to the Bot API; none is open before ``greet``.

    Attributes:
        bot: Calls methods.
        application: Hands updates to handlers.
        fetch: Asks for updates, over a connection of its own.
        stop_reminders: Lets each reminder give up whose turn has not come.
        refused_seconds: How long Telegram may refuse a token that it knew.
    """

    refused_seconds = REFUSED_SECONDS

    def __init__(
        self,
        token: str,
        api_url: str,
        pacer: Pacer,
        transport: Transport = AiohttpRequest,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sending, self._polling, self._steady = transport(), transport(), steady
        self.stop_reminders = pacer.stop_reminders
        self.bot = build_bot(token, api_url, pacer, self._sending)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            Application.builder().bot(self.bot).updater(None).job_queue(None).build()
        )
        self.fetch = Fetch(self._polling, self.bot.base_url)
        self._answered_at: float | None = None
        self._refused_at: float | None = None

    async def greet(self, tried: Callable[[], None]) -> None:
        """Greet Telegram; while it is out of reach, try again for as long as it takes.

        Args:
            tried: Called once, after the first try, whether or not Telegram answered.

        Raises:
            TokenRefusedError: there is no use in another try.
        """
        await self._polling.initialize()
        pause = FIRST_PAUSE_SECONDS
        greeted = await self._greeted()
        tried()
        while not greeted:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            greeted = await self._greeted()

    def note_answer(self) -> None:
        """Note that Telegram answered just now."""
        self._answered_at, self._refused_at = self._steady(), None

    def note_refusal(self) -> None:
        """Note that Telegram refused a token that it knew: we are out of touch until it answers.

        Raises:
            TokenRefusedError: it has done nothing else for minutes.
        """
        now = self._steady()
        if self._refused_at is None:
            self._refused_at = now
        if now - self._refused_at >= self.refused_seconds:
            raise TokenRefusedError

    def silent_for(self) -> float | None:
        """Return the seconds since Telegram last answered; None: it did not yet."""
        return None if self._answered_at is None else self._steady() - self._answered_at

    def in_touch(self) -> bool:
        """Return whether Telegram answered lately."""
        silent = self.silent_for()
        return silent is not None and silent < SILENT_SECONDS and self._refused_at is None

    async def drop_webhook(self) -> None:
        """Let updates come by polling again; what waits at Telegram is kept."""
        try:
            await self.bot.call("deleteWebhook", {})
        except TelegramError as error:
            log.warning(
                "webhook stays", extra={"event": "webhook.stays", "cause": type(error).__name__}
            )

    async def close(self) -> None:
        """Close what was opened, also after a greeting that failed."""
        await self.application.shutdown()
        # a start that failed left the application uninitialised, but connections open
        await self._sending.shutdown()
        await self._polling.shutdown()

    async def _greeted(self) -> bool:
        try:
            await self.application.initialize()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            fields = {"event": "telegram.unreachable", "cause": type(error).__name__}
            log.warning("telegram out of reach", extra=fields)
            return False
        self.note_answer()
        return True
