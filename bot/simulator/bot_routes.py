"""The Bot API over HTTP: reads a call in any of Telegram's ways and writes Telegram's replies."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.simulator.api import Api, chat_of
from bot.simulator.bell import Bell
from bot.simulator.faults import Fault, Faults, refusal_of
from bot.simulator.fields import Json, Upload
from bot.simulator.line import Line, LineCutError
from bot.simulator.refusals import OTHER_POLLER, ApiError, bad_request, conflict
from bot.simulator.trail import Trail

Raw = dict[str, object]
Files = dict[str, Upload]
ACCESS = re.compile(r"\d+:[\w-]+", re.ASCII)
LONGEST_POLL = 50
GATEWAY = "<html><body><h1>{code}</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call.

    Attributes:
        response: What we send back.
        code: 200, or the error code of the reply; 0 when it reaches nobody.
        problem: Telegram's sentence for a refusal.
    """

    response: web.StreamResponse
    code: int = 200
    problem: str = ""


class BotRoutes:
    """Answers ``/bot<token>/<method>``."""

    def __init__(
        self,
        api: Api,
        faults: Faults,
        line: Line,
        trail: Trail,
        *,
        bell: Bell,
        running: Callable[[], bool],
    ) -> None:
        self._api = api
        self._faults = faults
        self._line = line
        self._trail = trail
        self._bell = bell
        self._running = running

    def routes(self) -> list[web.RouteDef]:
        """Return what the web application serves."""
        path = "/bot{access:[^/]*}/{method}"
        return [web.post(path, self.answer), web.get(path, self.answer, allow_head=False)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or fail at it as ordered; who has no access leaves no trail."""
        tick = asyncio.get_running_loop().time
        came, at = tick(), self._api.world.now().timestamp()
        raw: Raw = {}
        try:
            method = self._admit(request)
            raw, files = await read_call(request)
        except ApiError as error:
            return _refused(error).response
        outcome = await self._outcome(request, method, raw, files)
        self._trail.add(
            method,
            {**raw, **files},
            at=at,
            code=outcome.code,
            milliseconds=(tick() - came) * 1000,
            problem=outcome.problem,
        )
        return outcome.response

    async def _outcome(self, request: web.Request, method: str, raw: Raw, files: Files) -> Outcome:
        try:
            if self._line.is_cut:
                self._api.note(method, chat_of(raw), 0)
                return _hang_up(request)
            fault = self._faults.take(method, chat_of(raw))
            if fault is not None:
                return await self._fail(request, fault, method, raw, files)
            return _success(await self._call(method, raw, files))
        except ApiError as error:
            return _refused(error)
        except LineCutError:
            return _hang_up(request)

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
        """Wait for updates as long as the call allows; a newer poller ends the wait.

        Raises:
            ApiError: 409, there is a newer poller.
            LineCutError: the network went away meanwhile.
        """
        self._line.heard()
        updates = self._api.world.updates
        found = self._api.call("getUpdates", raw)
        updates.poller += 1
        own = updates.poller
        self._bell.ring()
        loop = asyncio.get_running_loop()
        end = loop.time() + min(int(str(raw.get("timeout", 0))), LONGEST_POLL)
        while not found and loop.time() < end and self._running():
            await self._bell.wait(end - loop.time())
            if self._line.is_cut:
                raise LineCutError
            if updates.poller != own:
                raise conflict(OTHER_POLLER)
            found = self._api.waiting(raw)
        return found

    async def _fail(
        self, request: web.Request, fault: Fault, method: str, raw: Raw, files: Files
    ) -> Outcome:
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
            broken = web.Response(text='{"ok": tru', content_type="application/json")
            return Outcome(broken)
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


def _success(result: Json) -> Outcome:
    return Outcome(web.json_response({"ok": True, "result": result}))


def _refused(error: ApiError) -> Outcome:
    reply = web.json_response(error.reply(), status=error.code)
    return Outcome(reply, error.code, error.description)


def _html(code: int) -> Outcome:
    page = web.Response(status=code, text=GATEWAY.format(code=code), content_type="text/html")
    return Outcome(page, code)


def _hang_up(request: web.Request) -> Outcome:
    """Close the connection without a word; what is returned reaches nobody."""
    request.protocol.force_close()
    return Outcome(web.Response(), 0)
