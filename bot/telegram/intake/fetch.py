"""getUpdates over a connection of its own, as raw JSON: one bad update must not spoil a batch."""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # the only way to make RequestData

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
MARGIN_SECONDS = 10.0


class Fetch:
    """Asks for updates; what is wrong with the answer rises as a TelegramError."""

    def __init__(self, request: BaseRequest, base_url: str) -> None:
        self._request = request
        self._url = f"{base_url}/getUpdates"

    async def __call__(self, offset: int | None, seconds: int) -> Sequence[Mapping[str, Any]]:
        """Return raw updates from ``offset`` on, after at most ``seconds`` of waiting.

        Raises:
            TelegramError: no answer, a refusal, or something that is no list of updates.
        """
        wanted: dict[str, object] = {"timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            wanted["offset"] = offset
        parameters = [RequestParameter.from_input(name, value) for name, value in wanted.items()]
        result = await self._request.post(
            self._url, RequestData(parameters), read_timeout=seconds + MARGIN_SECONDS
        )
        if not isinstance(result, list):
            raise TelegramError("no list of updates")
        return result
