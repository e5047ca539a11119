"""The body of a webhook's request: one update as JSON, read within limits of size and time."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.telegram.intake.raw import MalformedUpdateError

MOST_BYTES = 1_048_576
BODY_SECONDS = 10.0
MOST_DEEP = 100  # an update of Telegram's has not a fifth of it

UNREADABLE, SLOW, LARGE = 400, 408, 413


class BodyError(Exception):
    """A body that is no update; whoever sent it is answered with ``status``."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_update(request: web.Request, seconds: float) -> Mapping[str, Any]:
    """Return the update that a request carries.

    What Telegram never sends (no JSON, no object, too large) is refused: if a proxy did that to it
    the update comes again whole. What is too deep would come again just the same.

    Raises:
        BodyError: it is none.
        MalformedUpdateError: it is one that nobody can read.
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
        update = json.loads(body)
    except ValueError:
        raise BodyError(UNREADABLE) from None
    except RecursionError:
        raise MalformedUpdateError("depth") from None
    if not isinstance(update, dict):
        raise BodyError(UNREADABLE)
    # only what has so many brackets can be so deep
    if body.count(b"{") + body.count(b"[") > MOST_DEEP and _is_deep(update):
        raise MalformedUpdateError("depth")
    return update


def _is_deep(update: object) -> bool:
    level: list[object] = [update]
    for _ in range(MOST_DEEP):
        level = [part for whole in level for part in _parts(whole)]
    return bool(level)


def _parts(whole: object) -> list[object]:
    """Return the objects and arrays right inside another one."""
    parts: list[object] = []
    if isinstance(whole, dict):
        parts = list(whole.values())
    elif isinstance(whole, list):
        parts = whole
    return [part for part in parts if isinstance(part, dict | list)]
