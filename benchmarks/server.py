"""A light Bot API on the loopback, in its own process: hands out updates and notes what comes back.

``python -m benchmarks.server`` prints its port and serves until it is ended. Each bot has a token
of its own, so that one server serves bots side by side. It checks nothing: the simulator does.
"""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

BURST = 50  # updates a poll; the next are handed out when all of these are answered
CHATS = 5000
TAP = "1:en:entry:heat-or-cold"
WORDS = "how long does a warm shower have to last"
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
CLOSING = {"editMessageText", "sendMessage"}  # the call that completes an update

Json = dict[str, Any]


@dataclass
class Desk:
    """What one bot was given and what it did.

    Attributes:
        first_poll: Monotonic seconds of the first getUpdates; the machine's processes share them.
        shown: Parameters of the last call of each method.
    """

    first_poll: float | None = None
    answered: int = 0
    open: int = 0
    waiting: deque[Json] = field(default_factory=deque)
    calls: dict[str, int] = field(default_factory=dict)
    shown: dict[str, Json] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def load(self, count: int) -> None:
        """Let ``count`` updates wait: a tap, a message, a tap, ... over many chats."""
        for _ in range(count):
            number = next(self.numbers)
            self.waiting.append(_tap(number) if number % 2 else _message(number))
        self.answered = 0
        self._tell()

    def note(self, method: str, params: Json) -> None:
        """Count a call; an edit or a new message completes an update."""
        self.calls[method] = self.calls.get(method, 0) + 1
        self.shown[method] = params
        if method in CLOSING:
            self.open -= 1
            self.answered += 1
            self._tell()

    async def poll(self, seconds: float) -> list[Json]:
        """Return the next burst; empty after ``seconds``."""
        if self.first_poll is None:
            self.first_poll = time.monotonic()
            self._tell()
        await self.until(lambda: bool(self.waiting) and self.open <= 0, seconds)
        if self.open > 0:
            return []
        burst = [self.waiting.popleft() for _ in range(min(BURST, len(self.waiting)))]
        self.open = len(burst)
        return burst

    async def until(self, done: Callable[[], bool], seconds: float) -> None:
        """Wait until ``done()``, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                while not done():
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            return

    def _tell(self) -> None:
        self.changed.set()


def _person(chat: int) -> Json:
    return {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def _bubble(number: int, chat: int) -> Json:
    place = {"id": chat, "type": "private", "first_name": "Ann"}
    return {"message_id": number, "date": 1_790_000_000, "chat": place, "text": WORDS}


def _message(number: int) -> Json:
    chat = 1 + number % CHATS
    return {"update_id": number, "message": {**_bubble(number, chat), "from": _person(chat)}}


def _tap(number: int) -> Json:
    chat = 1 + number % CHATS
    shown = {**_bubble(number, chat), "from": ME}
    query = {"id": str(number), "from": _person(chat), "message": shown, "data": TAP}
    return {"update_id": number, "callback_query": {**query, "chat_instance": "1"}}


def _result(method: str, params: Json) -> object:
    if method == "getMe":
        return ME
    if method == "getMyCommands":
        return []
    if method not in CLOSING:
        return True
    return _bubble(int(params.get("message_id", 1)), int(params["chat_id"])) | {"from": ME}


class Server:
    """The HTTP side: the Bot API, and ``/bench`` for whoever measures."""

    def __init__(self) -> None:
        self._desks: dict[str, Desk] = {}

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_post("/bench/{token}/load", self.load)
        app.router.add_get("/bench/{token}/first-poll", self.first_poll)
        app.router.add_get("/bench/{token}/answered", self.answered)
        return app

    async def call(self, request: web.Request) -> web.Response:
        """Answer a Bot API call."""
        desk, method = self._desk(request), request.match_info["method"]
        params: Json = dict(request.query)
        if request.content_type == "application/json":
            params |= await request.json()
        else:
            params |= dict(await request.post())
        if method == "getUpdates":
            result: object = await desk.poll(float(params.get("timeout", 0)))
        else:
            desk.note(method, params)
            result = _result(method, params)
        return web.json_response({"ok": True, "result": result})

    async def load(self, request: web.Request) -> web.Response:
        """Let updates wait for the bot."""
        self._desk(request).load(int(request.query["count"]))
        return web.Response()

    async def first_poll(self, request: web.Request) -> web.Response:
        """Wait for the bot's first getUpdates; return its monotonic second, null if none came."""
        desk = self._desk(request)
        await desk.until(lambda: desk.first_poll is not None, float(request.query["seconds"]))
        return web.json_response(desk.first_poll)

    async def answered(self, request: web.Request) -> web.Response:
        """Wait until so many updates are answered; return what was done."""
        desk, wanted = self._desk(request), int(request.query["count"])
        await desk.until(lambda: desk.answered >= wanted, float(request.query["seconds"]))
        return web.json_response(
            {"answered": desk.answered, "calls": desk.calls, "shown": desk.shown}
        )

    def _desk(self, request: web.Request) -> Desk:
        return self._desks.setdefault(request.match_info["token"], Desk())


async def serve() -> None:
    """Serve on a free port of the loopback, and print it, until cancelled."""
    runner = web.AppRunner(Server().app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
