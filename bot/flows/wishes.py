"""A wish in words gets the screen that its command or button shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.plans import Subscriber
from bot.core.schedule import local_date
from bot.core.screens import Screen
from bot.core.wishes import wish_of
from bot.flows.browse import Browse
from bot.flows.morning import Morning
from bot.flows.pause import Rest
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import zone_of

SCREENS: Mapping[str, Action] = {
    "menu": act.Home(),
    "reminders": act.ShowReminders(),
    "breaks": act.ShowBreaks(),
    "time": act.ShowTimes(),
    "pause": act.ShowPause(),
    "exercises": act.ShowExercises(),
    "settings": act.ShowSettings(),
    "stop": act.AskStop(),
    "delete": act.AskDelete(),
}
"""The other wishes get the menu under a text of their own name."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Grants nothing by itself: a wish may be a slip, so it only leads to where one tap does it."""

    voice: Voice
    browse: Browse
    morning: Morning
    rest: Rest
    routes: Routes

    async def screen(self, visit: Visit, text: str, subscriber: Subscriber | None) -> Screen | None:
        """Return the screen that the text wishes for; None: it is no wish."""
        today = local_date(visit.now, zone_of(subscriber)) if subscriber else visit.now.date()
        wish = wish_of(text, self.voice.content.word_lists.values(), today)
        if wish is None:
            return None
        if wish.at is not None:
            return await self.morning.offered(visit, wish.at)
        if wish.day is not None:
            return await self.rest.offered(visit, wish.day, today)
        if wish.name not in SCREENS:
            return await self.browse.home_under(visit, wish.name)
        action = SCREENS[wish.name]
        return await self.routes[type(action)](visit, action)
