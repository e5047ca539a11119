"""The page's event stream (text/event-stream): what is new, until the page goes away."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from bot.simulator.bell import Bell
from bot.simulator.events import Events
from bot.simulator.trail import Trail

KEEP_ALIVE = 15
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}


async def stream(
    request: web.Request, events: Events, trail: Trail, bell: Bell, running: Callable[[], bool]
) -> web.StreamResponse:
    """Send all events and calls after those that the page saw last; ends with server or page.

    Calls have no id: a page that reconnects asks for the whole state first.
    """
    seen = _seen(request)
    heard = int(request.query.get("calls") or trail.number)
    response = web.StreamResponse(headers=HEADERS)
    await response.prepare(request)
    try:
        while running():
            news = events.after(seen)
            for event in news:
                seen = event["seq"]
                await response.write(f"id: {seen}\ndata: {json.dumps(event)}\n\n".encode())
            calls = trail.after(heard)
            for call in calls:
                heard = call["number"]
                told = {"type": "call", "call": call}
                await response.write(f"data: {json.dumps(told)}\n\n".encode())
            # without news nothing was awaited since the look, so that no ring is missed
            if not news and not calls and not await bell.wait(KEEP_ALIVE):
                await response.write(b": still here\n\n")
    except (ConnectionError, asyncio.CancelledError):
        return response
    return response


def _seen(request: web.Request) -> int:
    """Return the number of the last event that the page saw; 0: none, or it did not say."""
    text = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
    return int(text) if text.isdecimal() else 0
