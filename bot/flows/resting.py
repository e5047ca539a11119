"""What rests is always to be seen: one line on every screen of the reminders, put there here."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from bot.core import actions as act
from bot.core.plans import REMINDERS, Kind
from bot.core.screens import Screen
from bot.flows.glance import glance
from bot.flows.overview import Overview
from bot.flows.visit import Routes, Visit
from bot.ports import Store

ALL = REMINDERS


@dataclass(frozen=True, slots=True)
class Resting:
    """Adds the line about a pause or a quiet spell to screens that do not have it."""

    overview: Overview
    store: Store

    def on(self, routes: Routes, kinds: Collection[Kind] = ALL) -> Routes:
        """Return the routes, whose screens then say what rests of these kinds."""
        return {wanted: self._with_line(route, kinds) for wanted, route in routes.items()}

    def _with_line(
        self, route: Callable[[Visit, Any], Awaitable[Screen]], kinds: Collection[Kind]
    ) -> Callable[[Visit, Any], Awaitable[Screen]]:
        async def answer(visit: Visit, action: act.Action) -> Screen:
            about = (action.kind,) if isinstance(action, act.SetSilent) else kinds
            return await self.told(visit, await route(visit, action), about)

        return answer

    async def told(self, visit: Visit, screen: Screen, kinds: Collection[Kind] = ALL) -> Screen:
        """Return the screen with the line at its end; as it is where nothing rests."""
        subscriber = await glance(self.store, visit.chat)
        lines = self.overview.rest(visit, subscriber, kinds) if subscriber else ()
        new = tuple(line for line in lines if line not in screen.blocks)
        return replace(screen, blocks=(*screen.blocks, *new))
