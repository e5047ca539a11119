"""What the chat page asks of the server: its files, state and events, and persons' actions."""

from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from bot.simulator.api import Api
from bot.simulator.bell import Bell
from bot.simulator.page_actions import Action, Body, action
from bot.simulator.page_events import stream
from bot.simulator.profile import all_commands, profile_view
from bot.simulator.trail import Trail
from bot.simulator.views import View, chat_view

FOLDER = Path(__file__).with_name("page")
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
SHOWN = ("image/", "video/")


class PageRoutes:
    """Answers ``/``, ``/page/`` and the chats' part of ``/sim/``."""

    def __init__(
        self,
        api: Api,
        tryout: Callable[[], View],
        trail: Trail,
        bell: Bell,
        running: Callable[[], bool],
    ) -> None:
        """``tryout`` gives the state of all that is no part of Telegram: clock, network, bot."""
        self._api = api
        self._tryout = tryout
        self._trail = trail
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
        }
        return [
            web.get("/", self._index),
            web.get("/page/{file}", self._file),
            web.get("/sim/state", self._state),
            web.get("/sim/events", self._events, allow_head=False),
            web.get("/sim/files/{file}", self._upload),
            web.get("/sim/log", self._log),
            *(web.post(path, action(act)) for path, act in actions.items()),
        ]

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return self._page_file("index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return self._page_file(request.match_info["file"])

    def _page_file(self, name: str) -> web.StreamResponse:
        if name not in self._files:
            raise web.HTTPNotFound
        path = self._files[name]
        kind = TYPES[path.suffix]
        charset = "" if kind.startswith("font/") else "; charset=utf-8"
        return web.FileResponse(path, headers={"Content-Type": kind + charset})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        upload = self._api.world.files.get(request.match_info["file"])
        if upload is None or not upload.content_type.startswith(SHOWN):
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type=upload.content_type)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        events = self._api.world.events
        return await stream(request, events, self._trail, self._bell, self._running)

    async def _log(self, request: web.Request) -> web.StreamResponse:
        """Return the ledger; with ``?calls=N`` also its N newest calls, each with its outcome."""
        wanted = request.query.get("calls", "0")
        log = self._api.log
        calls = log.newest(int(wanted)) if wanted.isdecimal() else []
        more = {
            "warnings": self._api.warnings,
            "given": self._api.windows.given,
            "violations": self._api.windows.violations,
            "calls": calls,
        }
        return web.json_response(log.to_json() | more)

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        world = self._api.world
        people = [chat for chat in world.chats.values() if chat.kind == "private"]
        state = {
            "seq": world.events.seq,
            "bot": {
                "username": world.bot()["username"],
                "commands": all_commands(world),
                "menu": world.profile.get("menu", {}),
                **profile_view(world),
            },
            "chats": [chat_view(chat) for chat in people],
            **self._tryout(),
        }
        return web.json_response(state)

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
