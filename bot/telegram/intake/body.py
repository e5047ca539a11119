"""The body of a webhook's request: one update as JSON, read within limits of size and time."""

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.telegram.wire import read_json

MOST_BYTES = 1_048_576
BODY_SECONDS = 10.0

UNREADABLE, SLOW, LARGE = 400, 408, 413


class BodyError(Exception):
    """A body that is no update; whoever sent it is answered with ``status``."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_update(request: web.Request, seconds: float) -> Mapping[str, Any]:
    """Return the update that a request carries.

    What Telegram never sends (no JSON, no object, too large) is refused: if a proxy did that to it
    the update comes again whole. What is only odd would come again just the same; see `read_json`.

    Raises:
        BodyError: it is none.
    """
    try:
        async with asyncio.timeout(seconds):
            body = await _read(request)
    except TimeoutError:
        raise BodyError(SLOW) from None
    except (web.RequestPayloadError, HttpProcessingError, OSError):
        raise BodyError(UNREADABLE) from None
    return _update_in(body)


async def _read(request: web.Request) -> bytes:
    if (request.content_length or 0) > MOST_BYTES:
        raise BodyError(LARGE)
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > MOST_BYTES:
            raise BodyError(LARGE)
    return bytes(body)


def _update_in(body: bytes) -> Mapping[str, Any]:
    try:
        update = read_json(body)
    except ValueError:
        raise BodyError(UNREADABLE) from None
    if not isinstance(update, dict):
        raise BodyError(UNREADABLE)
    return update
