"""The normal way of one update: read it, hand it to who answers it, hear of errors.

Taps and texts are read from the raw JSON; what is rarer goes through python-telegram-bot.
"""

import logging
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Protocol

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, ContextTypes

from bot.telegram.intake import raw as read
from bot.telegram.intake.incoming import Tap, Words, incoming
from bot.telegram.intake.passage import Passage, passage
from bot.telegram.intake.raw import MalformedUpdateError
from bot.telegram.intake.sound import is_sound

log = logging.getLogger(__name__)

PARSER_ERRORS = (
    TypeError,
    KeyError,
    AttributeError,
    ValueError,
    OverflowError,
    OSError,
    RecursionError,
)

Failure = ContextVar[list[Exception] | None]
_failures: Failure = ContextVar("failures", default=None)


async def report_back(_update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Keep a handler's error for intake: the library would only log it and go on."""
    failures = _failures.get()
    if failures is not None and context.error is not None:
        failures.append(context.error)


class Desk(Protocol):
    """Answers what nearly all updates are."""

    async def tap(self, tap: Tap, came: Passage) -> None:
        """Answer a tap."""

    async def words(self, said: Words, came: Passage) -> None:
        """Answer a text."""

    async def too_fast(self, update: Update) -> None:
        """Answer an update of somebody who sends far too many."""


class NormalWay:
    """Takes one update to who answers it; keeps bot.telegram.intake.door.Way."""

    def __init__(
        self, application: "Application[Any, Any, Any, Any, Any, Any]", desk: Desk
    ) -> None:
        self._application = application
        self._desk = desk
        application.add_error_handler(report_back)

    async def __call__(self, raw: Mapping[str, Any], came: Passage) -> None:
        """Process one raw update and raise what its handler raised.

        Raises:
            MalformedUpdateError: it cannot be parsed; the cause names the error, never the data.
        """
        match incoming(raw):
            case Tap() as tap:
                await self._desk.tap(tap, came)
            case Words() as said:
                await self._desk.words(said, came)
            case None:
                await self._by_library(raw, came)

    async def _by_library(self, raw: Mapping[str, Any], came: Passage) -> None:
        update = self._parsed(raw)
        failures: list[Exception] = []
        _failures.set(failures)
        passage.set(came)
        await self._application.process_update(update)
        if failures:
            raise failures[0]

    async def abandon(self, raw: Mapping[str, Any]) -> None:
        """End the spinner of a tap that could not be answered; for other updates do nothing."""
        query_id = read.query_id(raw)
        if query_id is None:
            return
        try:
            await self._application.bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.info(
                "tap not answered", extra={"event": "tap.abandoned", "cause": type(error).__name__}
            )

    async def slow_down(self, raw: Mapping[str, Any]) -> None:
        """Tell somebody that they are too fast; one who cannot be told is not."""
        try:
            await self._desk.too_fast(self._parsed(raw))
        except (TelegramError, MalformedUpdateError) as error:
            fields = {"event": "haste.not_told", "cause": type(error).__name__}
            log.info("somebody too fast was not told", extra=fields)

    def _parsed(self, raw: Mapping[str, Any]) -> Update:
        try:
            update = Update.de_json(dict(raw), self._application.bot)
            sound = is_sound(update)
        except PARSER_ERRORS as error:
            raise MalformedUpdateError(type(error).__name__) from None
        if not sound:
            raise MalformedUpdateError("type")
        return update
