"""Faults over HTTP: order them, take them back, and see what stands and how the promise holds."""

import math
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator.api import Api
from bot.simulator.controls import Controls
from bot.simulator.faults import Standing
from bot.simulator.page_actions import Action, Body, action
from bot.simulator.rates import RateLimits
from bot.simulator.script import Script, read_fault, read_script
from bot.simulator.views import View


class FaultRoutes:
    """Answers ``/sim/faults`` and what belongs to it."""

    def __init__(
        self, api: Api, controls: Controls, changed: Callable[[], Awaitable[None]]
    ) -> None:
        """``changed`` is awaited after each change of what stands."""
        self._api = api
        self._controls = controls
        self._changed = changed

    def routes(self) -> list[web.RouteDef]:
        """Return what the web application serves."""
        actions: dict[str, Action] = {
            "/sim/faults": self._order,
            "/sim/faults/end": self._end,
            "/sim/faults/open": self._open,
            "/sim/faults/clear": self._clear,
            "/sim/limits": self._limits,
        }
        posts = [web.post(path, action(act)) for path, act in actions.items()]
        return [*posts, web.get("/sim/faults", self._look)]

    async def _look(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(await self._view())

    async def _order(self, body: Body, _chat: int) -> View:
        """Order one fault, or all of a script."""
        is_script = not body.keys().isdisjoint({"fault", "seed", "limits"}) or not body
        follow(self._api, read_script(body) if is_script else Script((read_fault(body),)))
        return await self._after()

    async def _end(self, body: Body, _chat: int) -> View:
        self._api.faults.end(int(body["number"]))
        return await self._after()

    async def _open(self, body: Body, _chat: int) -> View:
        """Open what a 429 closed: one chat, or all."""
        self._api.windows.open(int(body["chat"]) if body.get("chat") is not None else None)
        return await self._after()

    async def _clear(self, _body: Body, _chat: int) -> View:
        self._api.faults.clear()
        self._api.windows.open()
        return await self._after()

    async def _limits(self, body: Body, _chat: int) -> View:
        set_limits(self._api, on=bool(body["on"]))
        return await self._after()

    async def _after(self) -> View:
        await self._changed()
        return await self._view()

    async def _view(self) -> View:
        api, now = self._api, self._api.steady()
        return {
            "faults": [_standing_view(order, now) for order in api.faults.standing()],
            "limits": api.limits is not None,
            "closed": {
                "all": api.windows.all_left(),
                "chats": {str(chat): left for chat, left in api.windows.closed().items()},
            },
            "given": api.windows.given,
            "violations": api.windows.violations,
            "arrived": api.world.arrivals.figures(),
            "promise": await self._controls.promise(),
        }


def follow(api: Api, script: Script) -> None:
    """Order what a script says, from now on.

    Raises:
        ValueError: too many faults stand.
    """
    script.order(api.faults)
    if script.limits is not None:
        set_limits(api, on=script.limits)


def set_limits(api: Api, *, on: bool) -> None:
    """Turn Telegram's limits on or off; what is on goes on as it was."""
    if not on:
        api.limits = None
    elif api.limits is None:
        api.limits = RateLimits(api.steady)


def _standing_view(order: Standing, now: float) -> View:
    fault = order.fault
    left = None if order.until == math.inf else order.until - now
    return {
        "number": order.number,
        "kind": fault.kind,
        "method": fault.method,
        "chat": fault.chat,
        "seconds": fault.seconds,
        "times": fault.times,
        "share": fault.share,
        "hits": order.hits,
        "starts_in": max(0.0, order.since - now),
        "seconds_left": left,
        "lasts": None if fault.lasts == math.inf else fault.lasts,
    }
