"""The Bot API over HTTP: reads a call in any of Telegram's ways and writes Telegram's replies."""

import asyncio
import re
from collections.abc import Callable

from aiohttp import web

from bot.simulator.api import Api, chat_of
from bot.simulator.bell import Bell
from bot.simulator.faults import Fault, Faults, refusal_of
from bot.simulator.fields import Json, Upload
from bot.simulator.refusals import OTHER_POLLER, ApiError, bad_request, conflict

Raw = dict[str, object]
Files = dict[str, Upload]
ACCESS = re.compile(r"\d+:[\w-]+", re.ASCII)
LONGEST_POLL = 50
GATEWAY = "<html><body><h1>{code}</h1></body></html>"


class BotRoutes:
    """Answers ``/bot<token>/<method>``."""

    def __init__(self, api: Api, faults: Faults, bell: Bell, running: Callable[[], bool]) -> None:
        self._api = api
        self._faults = faults
        self._bell = bell
        self._running = running

    def routes(self) -> list[web.RouteDef]:
        """Return what the web application serves."""
        path = "/bot{access:[^/]*}/{method}"
        return [web.post(path, self.answer), web.get(path, self.answer, allow_head=False)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or fail at it as ordered."""
        try:
            method = self._admit(request)
            raw, files = await read_call(request)
            fault = self._faults.take(method, chat_of(raw))
            if fault is not None:
                return await self._fail(request, fault, method, raw, files)
            return _success(await self._call(method, raw, files))
        except ApiError as error:
            return web.json_response(error.reply(), status=error.code)

    def _admit(self, request: web.Request) -> str:
        access = request.match_info["access"]
        if not ACCESS.fullmatch(access):
            raise ApiError(404, "Not Found")
        if access != self._api.access:
            raise ApiError(401, "Unauthorized")
        return self._api.method(request.match_info["method"])

    async def _call(self, method: str, raw: Raw, files: Files) -> Json:
        if method == "getUpdates":
            return await self._updates(raw)
        return self._api.call(method, raw, files)

    async def _updates(self, raw: Raw) -> Json:
        """Wait for updates as long as the call allows; a newer poller ends the wait."""
        updates = self._api.world.updates
        found = self._api.call("getUpdates", raw)
        updates.poller += 1
        own = updates.poller
        self._bell.ring()
        loop = asyncio.get_running_loop()
        end = loop.time() + min(int(str(raw.get("timeout", 0))), LONGEST_POLL)
        while not found and loop.time() < end and self._running():
            await self._bell.wait(end - loop.time())
            if updates.poller != own:
                raise conflict(OTHER_POLLER)
            found = self._api.waiting(raw)
        return found

    async def _fail(
        self, request: web.Request, fault: Fault, method: str, raw: Raw, files: Files
    ) -> web.StreamResponse:
        refusal = refusal_of(fault)
        if refusal is not None:
            self._api.note(method, chat_of(raw), refusal.code)
            raise refusal
        if fault.kind in {"500", "502"}:
            self._api.note(method, chat_of(raw), int(fault.kind))
            return _html(int(fault.kind))
        if fault.kind == "drop-before":
            self._api.note(method, chat_of(raw), 0)
            return _hang_up(request)
        result = await self._call(method, raw, files)
        if fault.kind == "drop-after":
            return _hang_up(request)
        if fault.kind == "broken-json":
            return web.Response(text='{"ok": tru', content_type="application/json")
        await asyncio.sleep(fault.seconds)
        return _success(result)


async def read_call(request: web.Request) -> tuple[Raw, Files]:
    """Return parameters and files from the query and from a form, multipart or JSON body.

    Raises:
        ApiError: 400, the body cannot be read.
    """
    raw: Raw = dict(request.query)
    try:
        if request.content_type == "application/json":
            raw |= dict(await request.json())
            return raw, {}
        form = await request.post()
    except (ValueError, TypeError, AttributeError):
        raise bad_request("can't parse the request body") from None
    files: Files = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.file.read(), value.content_type)
        else:
            raw[name] = value
    return raw, files


def _success(result: Json) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _html(code: int) -> web.Response:
    return web.Response(status=code, text=GATEWAY.format(code=code), content_type="text/html")


def _hang_up(request: web.Request) -> web.Response:
    """Close the connection without a word; what is returned reaches nobody."""
    request.protocol.force_close()
    return web.Response()
