"""A Bot API on a real socket that answers as a test tells it to."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.core.screens import Picture
from bot.ports import Store
from bot.telegram.bot import RawBot, build_bot
from bot.telegram.films import Films
from bot.telegram.limiter import Pacer
from bot.telegram.place import Placer
from bot.telegram.transport import AiohttpRequest
from tests.memory_store import MemoryStore

TOKEN = "123456:canary-token"
HASTE = 100
ME = {"id": 1, "is_bot": True, "first_name": "Unknot", "username": "unknot_bot"}


@dataclass(frozen=True)
class Call:
    method: str
    params: dict[str, Any]


@dataclass
class FakeApi:
    """Keeps every call; refuses the next call of a method where ``refuse`` was told to.

    calls wait for each other at ``meeting``; ``nameless`` leaves out message ids.
    """

    root: str = ""
    calls: list[Call] = field(default_factory=list)
    refusals: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    next_id: int = 100
    meeting: asyncio.Barrier | None = None
    nameless: bool = False

    def refuse(self, method: str, code: int, description: str, **parameters: int) -> None:
        body = {"ok": False, "error_code": code, "description": description}
        answer = {**body, "parameters": parameters} if parameters else body
        self.refusals.setdefault(method, []).append((code, answer))

    def methods(self) -> list[str]:
        return [call.method for call in self.calls if call.method != "getMe"]

    def texts(self) -> list[str]:
        return [call.params["text"] for call in self.calls if call.method == "sendMessage"]

    def params(self, method: str) -> dict[str, Any]:
        return next(call.params for call in reversed(self.calls) if call.method == method)

    async def serve(self, request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        given = await request.json() if is_json else await request.post()
        method = request.match_info["method"]
        params = {key: _read(value) for key, value in given.items()}
        self.calls.append(Call(method, params))
        if self.meeting:
            await self.meeting.wait()
        if waiting := self.refusals.get(method):
            code, answer = waiting.pop(0)
            return web.json_response(answer, status=code)
        return web.json_response({"ok": True, "result": self._result(method, params)})

    def _result(self, method: str, params: dict[str, Any]) -> object:
        if method == "getMe":
            return ME
        if method == "answerCallbackQuery":
            return True
        if self.nameless:
            return {}
        self.next_id += 1
        chat = {"id": params["chat_id"], "type": "private"}
        message = {"message_id": params.get("message_id", self.next_id), "date": 0, "chat": chat}
        return {**message, **_media(method, params)}


def _media(method: str, params: dict[str, Any]) -> dict[str, Any]:
    """Return what a message carries, as Telegram tells it; a photo comes in several sizes."""
    kind = params["media"]["type"] if method == "editMessageMedia" else method.removeprefix("send")
    match kind.lower():
        case "animation":
            return {"animation": {"file_id": "film-1"}}
        case "photo":
            return {"photo": [{"file_id": "small"}, {"file_id": "photo-1"}]}
    return {}


def _read(value: object) -> object:
    """Return what a parameter says, as Telegram reads it: a string may hold JSON."""
    if isinstance(value, web.FileField):
        return value.file.read()
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


@asynccontextmanager
async def serving(api: FakeApi) -> AsyncIterator[str]:
    """Serve on a free port of the loopback; yields the root address."""
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    api.root = f"http://{host}:{port}"
    try:
        yield api.root
    finally:
        await runner.cleanup()


def hasty_pacer() -> Pacer:
    """Return a pacer whose seconds pass a hundred times as fast."""
    call_later = asyncio.get_running_loop().call_later
    return Pacer(
        clock=lambda: time.monotonic() * HASTE,
        alarm=lambda delay, ring: call_later(delay / HASTE, ring),
    )


@asynccontextmanager
async def connected(root: str, transport: AiohttpRequest | None = None) -> AsyncIterator[RawBot]:
    """Open a bot on a Bot API that need not answer getMe."""
    transport = transport or AiohttpRequest()
    async with transport:
        pacer = hasty_pacer()
        yield build_bot(TOKEN, root, pacer, transport)
        await pacer.shutdown()


def placer(
    bot: RawBot,
    on_stopped: Callable[[int], Awaitable[None]],
    files: Callable[[Picture], Path | None] = lambda _picture: None,
    ids: Store | None = None,
) -> Placer:
    """Return a placer of films, by default of none."""
    return Placer(bot, Films(files, ids or MemoryStore(), "123456"), on_stopped)
