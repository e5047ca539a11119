"""A light Bot API on the loopback, in its own process: hands out updates and notes what comes back.

``python -m benchmarks.server`` prints its port and serves until it is ended. Each bot has a token
of its own, so that one server serves bots side by side. It checks nothing: the simulator does.
"""

import asyncio

from aiohttp import web

from benchmarks.broadcast import Broadcast
from benchmarks.desk import CLOSING, Desk
from benchmarks.updates_made import ME, Json, bubble


def _result(method: str, params: Json) -> object:
    if method == "getMe":
        return ME
    if method == "getMyCommands":
        return []
    if method not in CLOSING:
        return True
    return bubble(int(params.get("message_id", 1)), int(params["chat_id"])) | {"from": ME}


def _wait(desk: Desk, params: Json) -> int:
    """Return the seconds to wait that a 429 names; 0: the message is taken."""
    if desk.broadcast is None:
        return 0
    paid = str(params.get("allow_paid_broadcast", "")).lower() == "true"
    return desk.broadcast.wait(int(params["chat_id"]), paid=paid)


def _too_many(wait: int) -> web.Response:
    said = {"description": "Too Many Requests", "parameters": {"retry_after": wait}}
    return web.json_response({"ok": False, "error_code": 429, **said}, status=429)


class Server:
    """The HTTP side: the Bot API, and ``/bench`` for whoever measures."""

    def __init__(self) -> None:
        self._desks: dict[str, Desk] = {}

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_post("/bench/{token}/load", self.load)
        app.router.add_post("/bench/{token}/tap", self.tap)
        app.router.add_post("/bench/{token}/limit", self.limit)
        app.router.add_get("/bench/{token}/broadcast", self.broadcast)
        app.router.add_post("/bench/{token}/flood", self.flood)
        app.router.add_get("/bench/{token}/waits", self.waits)
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
        wait = _wait(desk, params) if method == "sendMessage" else 0
        if desk.delay:
            await asyncio.sleep(desk.delay)
        if wait:
            return _too_many(wait)
        return web.json_response({"ok": True, "result": result})

    async def load(self, request: web.Request) -> web.Response:
        """Let updates wait for the bot."""
        self._desk(request).load(int(request.query["count"]))
        return web.Response()

    async def tap(self, request: web.Request) -> web.Response:
        """Let taps come at a rate, and each answer late."""
        count, rate, delay = (float(request.query[name]) for name in ("count", "rate", "delay"))
        self._desk(request).tap(int(count), rate, delay)
        return web.Response()

    async def limit(self, request: web.Request) -> web.Response:
        """Hold messages to Telegram's limits from now on, and let each answer come late."""
        desk = self._desk(request)
        desk.broadcast, desk.delay = Broadcast(), float(request.query["delay"])
        return web.Response()

    async def broadcast(self, request: web.Request) -> web.Response:
        """Wait until so many messages were taken; return what came of them."""
        desk, wanted = self._desk(request), int(request.query["count"])
        held = desk.broadcast or Broadcast()
        await desk.until(lambda: held.taken >= wanted, float(request.query["seconds"]))
        return web.json_response(held.told())

    async def flood(self, request: web.Request) -> web.Response:
        """Let one person send far too many messages."""
        self._desk(request).flood(int(request.query["count"]), float(request.query["rate"]))
        return web.Response()

    async def waits(self, request: web.Request) -> web.Response:
        """Return how long the bot's calls for each tap took."""
        return web.json_response(self._desk(request).waits)

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
