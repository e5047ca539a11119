"""The bot object: python-telegram-bot's, with raw calls and without its token on show."""

from typing import Any

from telegram import InputFile
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # the only way to make RequestData

from bot.telegram.limiter import Errand, Pacer
from bot.telegram.pacing import Lane
from bot.telegram.transport import result_of


class RawBot(ExtBot[Lane | Errand]):
    """Calls methods with raw parameters, so that no object is built for a call or its answer."""

    __slots__ = ("_pacer",)

    def __init__(self, token: str, root: str, pacer: Pacer, transport: BaseRequest) -> None:
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=transport,
            get_updates_request=transport,
            rate_limiter=pacer,
        )
        self._pacer = pacer

    def __repr__(self) -> str:
        return "RawBot"

    async def call(
        self, method: str, params: dict[str, Any], lane: Lane | Errand = Lane.ANSWER
    ) -> object:
        """Return the raw result of a Bot API method, through the pacer.

        Args:
            method: As Telegram spells it.
            params: Strings, numbers, what JSON can hold, and files.
            lane: Why it is called.

        Raises:
            TelegramError: As the methods of python-telegram-bot do.
            NotWantedError: It was an errand that nobody wanted any more when its turn came.
        """
        return await self._pacer.process_request(
            self._called, (method, params), {}, method, params, lane
        )

    async def _called(self, method: str, params: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        url = f"{self.base_url}/{method}"
        return result_of(*await self.request.do_request(url, "POST", _data(params)))


def build_bot(token: str, base_url: str, pacer: Pacer, transport: BaseRequest) -> RawBot:
    """Return the bot, not yet initialised.

    ``base_url`` is a Bot API server's root, such as https://api.telegram.org.
    """
    return RawBot(token, base_url.rstrip("/"), pacer, transport)


def _data(params: dict[str, Any]) -> RequestData:
    """Return parameters for the transport; only files need a closer look."""
    return RequestData(
        [
            RequestParameter.from_input(name, value)
            if isinstance(value, InputFile)
            else RequestParameter(name, value, None)
            for name, value in params.items()
        ]
    )
