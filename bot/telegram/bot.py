"""The bot object: python-telegram-bot's, with raw calls and without its token on show."""

from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.telegram.limiter import Errand, Pacer
from bot.telegram.pacing import Lane


class RawBot(ExtBot[Lane | Errand]):
    """Calls methods with raw parameters, so that no object is built from an answer."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "RawBot"

    async def call(
        self, method: str, params: dict[str, Any], lane: Lane | Errand = Lane.ANSWER
    ) -> object:
        """Return the raw result of a Bot API method, through the pacer.

        Raises:
            TelegramError: As the methods of python-telegram-bot do.
            NotWantedError: It was an errand that nobody wanted any more when its turn came.
        """
        result: object = await self._post(
            method, api_kwargs=self._merge_api_rl_kwargs({**params}, lane)
        )
        return result


def build_bot(token: str, base_url: str, pacer: Pacer, transport: BaseRequest) -> RawBot:
    """Return the bot, not yet initialised.

    ``base_url`` is a Bot API server's root, such as https://api.telegram.org.
    """
    root = base_url.rstrip("/")
    return RawBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=transport,
        get_updates_request=transport,
        rate_limiter=pacer,
    )
