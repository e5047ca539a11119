"""After a referral the conversation goes on where it was; reminders rest until one says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core import actions as act
from bot.core.plans import Question, Subscriber
from bot.core.screens import MOST_CHOICES, Screen
from bot.flows.answer import open_question
from bot.flows.browse import Browse
from bot.flows.glance import glance
from bot.flows.hold import Hold
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice

ASKED_BY: Mapping[Question, act.Action] = {
    Question.ZONE: act.ShowZones(),
    Question.MORNING_TIME: act.ShowTimes(),
    Question.BREAK_HOURS: act.ShowHours(),
    Question.BREAK_HOURS_MONDAY: act.ShowDayHours(1),
    Question.BREAK_HOURS_TUESDAY: act.ShowDayHours(2),
    Question.BREAK_HOURS_WEDNESDAY: act.ShowDayHours(3),
    Question.BREAK_HOURS_THURSDAY: act.ShowDayHours(4),
    Question.BREAK_HOURS_FRIDAY: act.ShowDayHours(5),
    Question.BREAK_HOURS_SATURDAY: act.ShowDayHours(6),
    Question.BREAK_HOURS_SUNDAY: act.ShowDayHours(7),
    Question.LUNCH: act.ShowLunch(),
    Question.PAUSE_DATE: act.ShowPauseDates(),
}
"""What shows a question again."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Shows the question that is open, else the menu, and that reminders rest; it ends no rest."""

    voice: Voice
    browse: Browse
    hold: Hold
    routes: Routes

    async def show(self, visit: Visit, _action: object = None) -> Screen:
        """Show it in a message of its own: the steps of the referral stay in the chat."""
        known = await glance(self.browse.store, visit.chat)
        screen = replace(await self._was(visit, known), fresh=True)
        if known is None or not await self.hold.holds(visit.chat):
            return screen
        return self._resting(screen, known)

    async def _was(self, visit: Visit, known: Subscriber | None) -> Screen:
        question = open_question(visit, known)
        if question is None:
            return await self.browse.home(visit)
        shown = ASKED_BY[question]
        return await self.routes[type(shown)](visit, shown)

    def _resting(self, screen: Screen, known: Subscriber) -> Screen:
        language = screen.language
        blocks = self.voice.tell(language, "referral-rest") if known.reminded else ()
        all_right = self.voice.button(language, "referral.all-right", act.AllRight(), "success")
        *choices, navigation = screen.buttons
        while sum(map(len, choices)) >= MOST_CHOICES:
            choices.pop()  # the way to more of the same; what it leads to can be typed
        rows = ((all_right,), *choices, navigation)
        return replace(screen, blocks=(*blocks, *screen.blocks), buttons=rows)
