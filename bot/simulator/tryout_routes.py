"""What is no part of Telegram and helps to try the bot: clock, restart, network, calls."""

import tomllib
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.simulator.api import Api
from bot.simulator.controls import Controls
from bot.simulator.line import Line
from bot.simulator.notice import Notice
from bot.simulator.page_actions import Action, Body, action
from bot.simulator.trail import Trail
from bot.simulator.turning import wanted_moment
from bot.simulator.views import View

READY_MADE = Path(__file__).with_name("ready_made.toml")


class TryoutRoutes:
    """Answers the part of ``/sim/`` that the page's drawer uses."""

    def __init__(
        self,
        api: Api,
        controls: Controls,
        line: Line,
        trail: Trail,
        *,
        notice: Notice,
    ) -> None:
        self._api = api
        self._controls = controls
        self._line = line
        self._trail = trail
        self._notice = notice

    def routes(self) -> list[web.RouteDef]:
        """Return what the web application serves."""
        actions: dict[str, Action] = {
            "/sim/people": self._people,
            "/sim/clock": self._clock,
            "/sim/restart": self._restart,
            "/sim/kill": self._kill,
            "/sim/network": self._network,
            "/sim/calls/clear": self._clear,
        }
        return [web.post(path, action(act)) for path, act in actions.items()]

    def view(self) -> View:
        """Return the state of all this, as the page's state holds it."""
        controls = self._controls
        return {
            "clock": self._clock_view(),
            "controls": {
                "turn": True,
                "next_reminder": controls.can_next,
                "restart": controls.can_restart,
            },
            "network": {"seconds_left": self._line.seconds_left},
            "running": self._line.bot,
            "why": self._line.why,
            "notice": self._notice.text,
            "calls": self._trail.after(0),
            "last_call": self._trail.number,
        }

    async def _people(self, _body: Body, _chat: int) -> None:
        """Bring in the ready-made people, unless somebody is there already."""
        if self._api.world.chats:
            return
        for person in tomllib.loads(READY_MADE.read_text(encoding="utf-8"))["person"]:
            self._api.add_person(person["name"], person["language"])

    async def _clock(self, body: Body, _chat: int) -> View:
        moment = await self._moment(body)
        self._controls.turn_to(moment)
        clock = self._clock_view()
        self._api.world.tell("clock", **clock)
        return clock

    def _clock_view(self) -> View:
        offset = int(self._controls.offset.total_seconds())
        return {"now": self._controls.now().isoformat(), "offset_seconds": offset}

    async def _moment(self, body: Body) -> datetime:
        if body.get("turn") != "next":
            return wanted_moment(body, self._controls.now())
        moment = await self._controls.next_reminder()
        if moment is None:
            raise ValueError("no reminder is planned")
        return moment

    async def _restart(self, _body: Body, _chat: int) -> None:
        await self._stopped_by(self._controls.restart)

    async def _kill(self, _body: Body, _chat: int) -> None:
        await self._stopped_by(self._controls.kill)

    async def _stopped_by(self, stop: Callable[[], Awaitable[None]]) -> None:
        if not self._controls.can_restart:
            raise ValueError("there is no bot to restart here")
        self._line.bot_leaves()
        try:
            await stop()
        finally:  # also when the page went away meanwhile
            self._line.bot_comes()

    async def _network(self, body: Body, _chat: int) -> None:
        self._line.cut(float(body["lost_for"]))

    async def _clear(self, _body: Body, _chat: int) -> None:
        self._trail.clear()
        self._api.world.tell("calls_cleared")
