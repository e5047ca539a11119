"""Puts a screen into a chat: as a new message, or in place of the one that was tapped."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.core.plans import Fate
from bot.core.screens import Screen
from bot.telegram.bot import RawBot
from bot.telegram.films import Film, Films
from bot.telegram.intake.sound import is_id
from bot.telegram.outcome import outcome_of
from bot.telegram.pacing import Lane
from bot.telegram.render import Params, packed

log = logging.getLogger(__name__)

SAME = ("message is not modified",)
NOT_EDITABLE = ("message can't be edited", "there is no text in the message to edit")
NOT_FOUND = ("message to edit not found", "message_id_invalid", "message identifier")
WRONG_ID = ("wrong file identifier", "wrong remote file", "file_id_invalid", "file reference")


@dataclass(frozen=True, slots=True)
class Tapped:
    """The message whose button was tapped.

    Attributes:
        has_media: It carries a picture or film, and such a message cannot turn back into text.
    """

    message_id: int
    has_media: bool = False


@dataclass(frozen=True, slots=True)
class Placer:
    """Shows screens; a film that cannot be shown is left out, its text never is.

    Attributes:
        on_stopped: Called with a chat that blocked the bot or is gone.
    """

    bot: RawBot
    films: Films
    on_stopped: Callable[[int], Awaitable[None]]

    async def place(self, screen: Screen, chat: int, tapped: Tapped | None) -> int | None:
        """Return the id of the message that shows the screen; None: it could not be shown.

        Raises:
            TelegramError: The network or the token failed; showing it again is harmless.
        """
        lane = Lane.REFERRAL if screen.urgent else Lane.ANSWER
        spot = _Spot(self.bot, chat, lane, tapped)
        try:
            return await self._shown(screen, spot)
        except RetryAfter:
            log.warning("answer not sent in time", extra={"event": "answer.late"})
        except (Forbidden, BadRequest) as error:
            if outcome_of(error).fate is not Fate.STOPPED:
                raise
            await self.on_stopped(chat)
        return None

    async def _shown(self, screen: Screen, spot: "_Spot") -> int | None:
        film = await self.films.find(screen.picture) if screen.picture else None
        texts = packed(screen)
        if film is None:
            return await spot.text(texts)
        try:
            return await self._film(film, texts, spot)
        except BadRequest as error:
            if outcome_of(error).fate is Fate.STOPPED:
                raise
            log.warning("film left out", extra={"event": "film.refused"})
        except OSError as error:  # its file went while the bot ran
            fields = {"event": "film.unreadable", "cause": type(error).__name__}
            log.warning("film left out", extra=fields)
        return await spot.text(texts)

    async def _film(self, film: Film, texts: Params, spot: "_Spot") -> int | None:
        try:
            result = await spot.film(film, texts)
        except BadRequest as error:
            if film.file_id is None or not says(error, WRONG_ID):
                raise
            film = self.films.without_id(film)
            result = await spot.film(film, texts)
        except NetworkError:
            self.films.spare(film)
            raise
        await self.films.learn(film, result)
        return message_id_of(result)


@dataclass(frozen=True, slots=True)
class _Spot:
    """One place in a chat: a new message, or the tapped one as far as it can be changed."""

    bot: RawBot
    chat: int
    lane: Lane
    tapped: Tapped | None

    async def text(self, texts: Params) -> int | None:
        """Show a text alone."""
        if self.tapped is None:
            return message_id_of(await self._new(texts))
        if self.tapped.has_media:
            return await self._instead(texts)
        try:
            await self._plain_if_refused("editMessageText", self._edited(texts))
        except BadRequest as error:
            if says(error, SAME):
                return self.tapped.message_id
            if says(error, NOT_EDITABLE):
                return await self._instead(texts)
            if not says(error, NOT_FOUND):
                raise
            return message_id_of(await self._new(texts))
        return self.tapped.message_id

    async def film(self, film: Film, texts: Params) -> object:
        """Show a film over its text; return the message as Telegram returned it."""
        if self.tapped is None:
            return await self._new_film(film, texts)
        method, params = film.replacing(texts)
        try:
            return await self.bot.call(method, self._edited(params), self.lane)
        except BadRequest as error:
            if says(error, SAME):
                return {"message_id": self.tapped.message_id}
            if not says(error, NOT_EDITABLE + NOT_FOUND):
                raise
            sent = await self._new_film(film, texts)
            if says(error, NOT_EDITABLE):
                await self._strip()
            return sent

    async def _new_film(self, film: Film, texts: Params) -> object:
        method, params = film.sending(texts)
        return await self.bot.call(method, {"chat_id": self.chat, **params}, self.lane)

    async def _new(self, texts: Params) -> object:
        return await self._plain_if_refused("sendMessage", {"chat_id": self.chat, **texts})

    async def _instead(self, texts: Params) -> int | None:
        """Show the text in a new message and take the buttons off the one that must stay."""
        shown = message_id_of(await self._new(texts))
        await self._strip()
        return shown

    def _edited(self, params: Params) -> Params:
        message_id = self.tapped.message_id if self.tapped else None
        return {"chat_id": self.chat, **params, "message_id": message_id}

    async def _strip(self) -> None:
        """Take the buttons off a message that cannot be edited, as far as Telegram lets us."""
        try:
            await self.bot.call("editMessageReplyMarkup", self._edited({}), self.lane)
        except BadRequest:
            log.info("old buttons stay", extra={"event": "buttons.stay"})

    async def _plain_if_refused(self, method: str, params: Params) -> object:
        try:
            return await self.bot.call(method, params, self.lane)
        except BadRequest as error:
            if outcome_of(error).fate is not Fate.PLAIN or "entities" not in params:
                raise
        plain = {key: value for key, value in params.items() if key != "entities"}
        return await self.bot.call(method, plain, self.lane)


def says(error: BadRequest, texts: tuple[str, ...]) -> bool:
    """Return whether Telegram's sentence holds one of these, written small."""
    message = error.message.lower()
    return any(text in message for text in texts)


def message_id_of(result: object) -> int | None:
    """Return the id in a sent message; None if a server left it out, or named none that can be."""
    number = result.get("message_id") if isinstance(result, dict) else None
    return number if is_id(number) else None
