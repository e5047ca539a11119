"""What the chat page asks of the server: state, events, persons' actions, the clock, faults."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.simulator.api import Api
from bot.simulator.bell import Bell
from bot.simulator.controls import Controls
from bot.simulator.faults import KINDS, Fault, Faults
from bot.simulator.page_events import stream
from bot.simulator.profile import commands_by_language
from bot.simulator.turning import wanted_moment
from bot.simulator.views import View, chat_view

Body = dict[str, Any]
Action = Callable[[Body, int], Awaitable[View | None]]
FOLDER = Path(__file__).with_name("page")
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
SHOWN = ("image/", "video/")


class PageRoutes:
    """Answers ``/``, ``/page/`` and ``/sim/``."""

    def __init__(
        self,
        api: Api,
        controls: Controls,
        faults: Faults,
        bell: Bell,
        running: Callable[[], bool],
    ) -> None:
        self._api = api
        self._controls = controls
        self._faults = faults
        self._bell = bell
        self._running = running
        self._files = {p.name: p for p in FOLDER.iterdir() if p.suffix in TYPES}

    def routes(self) -> list[web.RouteDef]:
        """Return what the web application serves."""
        actions: dict[str, Action] = {
            "/sim/chats": self._add,
            r"/sim/chats/{chat:-?\d+}/text": self._text,
            r"/sim/chats/{chat:-?\d+}/edit": self._edit,
            r"/sim/chats/{chat:-?\d+}/tap": self._tap,
            r"/sim/chats/{chat:-?\d+}/media": self._media,
            r"/sim/chats/{chat:-?\d+}/block": self._block,
            r"/sim/chats/{chat:-?\d+}/language": self._language,
            "/sim/clock": self._clock,
            "/sim/restart": self._restart,
            "/sim/faults": self._fault,
        }
        return [
            web.get("/", self._index),
            web.get("/page/{file}", self._file),
            web.get("/sim/state", self._state),
            web.get("/sim/events", self._events, allow_head=False),
            web.get("/sim/files/{file}", self._upload),
            web.get("/sim/log", self._log),
            *(web.post(path, _action(act)) for path, act in actions.items()),
        ]

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return self._page_file("index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return self._page_file(request.match_info["file"])

    def _page_file(self, name: str) -> web.StreamResponse:
        if name not in self._files:
            raise web.HTTPNotFound
        path = self._files[name]
        kind = f"{TYPES[path.suffix]}; charset=utf-8"
        return web.FileResponse(path, headers={"Content-Type": kind})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        upload = self._api.world.files.get(request.match_info["file"])
        if upload is None or not upload.content_type.startswith(SHOWN):
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type=upload.content_type)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await stream(request, self._api.world.events, self._bell, self._running)

    async def _log(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self._api.log.to_json() | {"warnings": self._api.warnings})

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        world, controls = self._api.world, self._controls
        bot = world.bot()
        people = [chat for chat in world.chats.values() if chat.kind == "private"]
        state = {
            "seq": world.events.seq,
            "bot": {
                "name": bot["first_name"],
                "username": bot["username"],
                "commands": commands_by_language(world),
                "description": world.profile.get("description", {}).get("", ""),
                "descriptions": world.profile.get("description", {}),
            },
            "clock": self._clock_view(),
            "controls": {
                "turn": True,
                "next_reminder": controls.can_next,
                "restart": controls.can_restart,
            },
            "chats": [chat_view(chat) for chat in people],
        }
        return web.json_response(state)

    def _clock_view(self) -> View:
        offset = int(self._controls.offset.total_seconds())
        return {"now": self._controls.now().isoformat(), "offset_seconds": offset}

    async def _add(self, body: Body, _chat: int) -> View:
        number = int(body["id"]) if "id" in body else None
        started = bool(body.get("started", False))
        name, language = str(body["first_name"]), str(body.get("language_code", ""))
        return {"id": self._api.add_person(name, language, chat=number, started=started)}

    async def _text(self, body: Body, chat: int) -> View:
        return {"message_id": self._api.say(chat, str(body["text"]))}

    async def _edit(self, body: Body, chat: int) -> None:
        self._api.edit(chat, int(body["message_id"]), str(body["text"]))

    async def _tap(self, body: Body, chat: int) -> View:
        force = bool(body.get("force", False))
        message, data = int(body["message_id"]), str(body["data"])
        return {"query_id": self._api.tap(chat, message, data, force=force)}

    async def _media(self, body: Body, chat: int) -> View:
        kind, caption = str(body["kind"]), str(body.get("caption", ""))
        return {"message_id": self._api.send_media(chat, kind, caption)}

    async def _block(self, body: Body, chat: int) -> None:
        (self._api.block if body["blocked"] else self._api.unblock)(chat)

    async def _language(self, body: Body, chat: int) -> None:
        self._api.speak(chat, str(body["language_code"]))

    async def _clock(self, body: Body, _chat: int) -> View:
        moment = await self._moment(body)
        self._controls.turn_to(moment)
        clock = self._clock_view()
        self._api.world.tell("clock", **clock)
        return clock

    async def _moment(self, body: Body) -> datetime:
        if body.get("turn") != "next":
            return wanted_moment(body, self._controls.now())
        moment = await self._controls.next_reminder()
        if moment is None:
            raise ValueError("no reminder is planned")
        return moment

    async def _restart(self, _body: Body, _chat: int) -> None:
        if not self._controls.can_restart:
            raise ValueError("there is no bot to restart here")
        await self._controls.restart()

    async def _fault(self, body: Body, _chat: int) -> None:
        if body["kind"] not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        chat = int(body["chat"]) if body.get("chat") is not None else None
        seconds, times = float(body.get("seconds", 1)), int(body.get("times", 1))
        self._faults.order(Fault(str(body.get("method", "")), body["kind"], times, chat, seconds))


def _action(act: Action) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return the handler of one action: its body read, what it refuses answered with 400."""

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
