"""The Bot API over HTTP: reads a call in any of Telegram's ways and writes Telegram's replies."""

import asyncio
import re
from collections.abc import Callable

from aiohttp import web

from bot.simulator.api import Api, chat_of
from bot.simulator.bell import Bell
from bot.simulator.courses import Course, Reply, course_of
from bot.simulator.exchange import HANG_UP, Answer, fail, meet, refused, replied
from bot.simulator.faults import Fault
from bot.simulator.fields import Json, Upload
from bot.simulator.line import Line, LineCutError
from bot.simulator.refusals import OTHER_POLLER, ApiError, bad_request, conflict
from bot.simulator.trail import Trail

Raw = dict[str, object]
Files = dict[str, Upload]
ACCESS = re.compile(r"\d+:[\w-]+", re.ASCII)
LONGEST_POLL = 50


class BotRoutes:
    """Answers ``/bot<token>/<method>``."""

    def __init__(
        self,
        api: Api,
        line: Line,
        trail: Trail,
        *,
        bell: Bell,
        running: Callable[[], bool],
    ) -> None:
        self._api = api
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
            return await self._response(request, refused(error))
        said = await self._answer(method, raw, files)
        self._trail.add(
            method,
            {**raw, **files},
            at=at,
            code=said.status,
            milliseconds=(tick() - came) * 1000,
            problem=said.problem,
        )
        return await self._response(request, said)

    async def _answer(self, method: str, raw: Raw, files: Files) -> Answer:
        if self._line.is_cut:
            self._api.note(method, chat_of(raw), 0)
            return HANG_UP
        try:
            return await self._go(method, raw, files, meet(self._api, method, raw))
        except ApiError as error:
            return refused(error)
        except LineCutError:
            return HANG_UP

    async def _go(self, method: str, raw: Raw, files: Files, fault: Fault | None) -> Answer:
        course = course_of(fault.kind) if fault else Course(done=True, reply=Reply.WHOLE)
        if fault and course.early:
            await asyncio.sleep(fault.seconds)
        if fault and not course.done:
            return fail(self._api, fault, method, raw)
        result = await self._call(method, raw, files, fault.kind if fault else "")
        if fault and course.late:
            await asyncio.sleep(fault.seconds)
        return replied(result, fault)

    async def _response(self, request: web.Request, said: Answer) -> web.StreamResponse:
        if said.reply is Reply.SILENCE:
            await self._say_nothing()
        if not said.status:
            # close the connection without a word; what is returned reaches nobody
            request.protocol.force_close()
            return web.Response()
        kind = "text/html" if said.reply is Reply.HTML else "application/json"
        return web.Response(text=said.body, status=said.status, content_type=kind)

    async def _say_nothing(self) -> None:
        """Keep the connection open until the bot gives up on it, or we end."""
        while self._running():
            await self._bell.wait(LONGEST_POLL)

    def _admit(self, request: web.Request) -> str:
        access = request.match_info["access"]
        if not ACCESS.fullmatch(access):
            raise ApiError(404, "Not Found")
        if access != self._api.access:
            raise ApiError(401, "Unauthorized")
        return self._api.method(request.match_info["method"])

    async def _call(self, method: str, raw: Raw, files: Files, fault: str) -> Json:
        if method == "getUpdates":
            return await self._updates(raw, fault)
        if method == "setWebhook":
            self._line.heard()
        return self._api.call(method, raw, files, fault=fault)

    async def _updates(self, raw: Raw, fault: str) -> Json:
        """Wait for updates as long as the call allows; a newer poller ends the wait.

        Raises:
            ApiError: 409, there is a newer poller.
            LineCutError: the network went away meanwhile.
        """
        self._line.heard()
        updates = self._api.world.updates
        found = self._api.call("getUpdates", raw, fault=fault)
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
