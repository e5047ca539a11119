"""One press of the page: its body read, what it refuses answered with 400 and a reason."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.simulator.views import View

Body = dict[str, Any]
Action = Callable[[Body, int], Awaitable[View | None]]


def action(act: Action) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return the handler that lets ``act`` do what the body asks, in the chat of the path."""

    async def handle(request: web.Request) -> web.StreamResponse:
        chat = int(request.match_info.get("chat", 0))
        try:
            body = await request.json() if request.can_read_body else {}
            result = await act(dict(body), chat)
        except KeyError as error:
            return _refused(f"{error.args[0]} is missing")
        except (ValueError, TypeError, OverflowError) as error:
            return _refused(str(error))
        return web.json_response({"ok": True, **(result or {})})

    return handle


def _refused(reason: str) -> web.Response:
    return web.json_response({"ok": False, "error": reason}, status=400)
