"""When lunch is, in which no break comes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.core import actions as act
from bot.core.breaks import Rhythm, Window
from bot.core.plans import Question
from bot.core.ready_hours import LUNCH_MINUTES, around, both_ways
from bot.core.screens import Button, Screen
from bot.core.spoken_window import Edge, parse_edge, parse_window
from bot.flows.breaks import Breaks, rhythm_of
from bot.flows.hours import edge_text, with_every
from bot.flows.planning import NotSetUpError, Planning
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import window_said

OFFERED_LUNCH = (
    Window(time(12), time(13)),
    Window(time(12, 30), time(13, 30)),
    Window(time(13), time(14)),
    Window(time(13, 30), time(14, 30)),
)

MOST_LUNCHES, MOST_INTERVALS = 3, 2  # beside one that cannot be


@dataclass(frozen=True, slots=True)
class Lunch:
    """Shows and changes when breaks keep quiet for lunch."""

    voice: Voice
    planning: Planning
    breaks: Breaks

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowLunch: self.lunches,
            act.SetLunch: self.lunch,
            act.NoLunch: self.no_lunch,
        }

    async def lunches(self, visit: Visit, _action: object = None) -> Screen:
        """Show times for lunch and wait for a typed one."""
        if await self.planning.ask(visit, Question.LUNCH) is None:
            raise NotSetUpError
        return self._offer_lunch(visit.language, "lunch", OFFERED_LUNCH)

    async def lunch(self, visit: Visit, action: act.SetLunch) -> Screen:
        """Leave lunch without breaks."""
        if action.start >= action.end:
            return await self.lunches(visit)
        window = Window(action.start, action.end)
        subscriber = await self.planning.store.look(visit.chat)
        wanted = replace(rhythm_of(subscriber), lunch=window) if subscriber else None
        if wanted and with_every(wanted, action.every).flaw() == "lunch":
            return self._swallowed(visit.language, wanted, action)
        return await self.breaks.take(
            visit,
            lambda rhythm: with_every(replace(rhythm, lunch=window), action.every),
            lambda every: replace(action, every=every),
        )

    def _swallowed(self, language: str, wanted: Rhythm, action: act.SetLunch) -> Screen:
        """Return shorter or other lunches, shorter intervals and longer hours."""
        windows = (*around(Edge(action.start), LUNCH_MINUTES), *OFFERED_LUNCH)
        fitting = [w for w in dict.fromkeys(windows) if _fits(wanted, w)]
        rows = self._lunches(fitting[:MOST_LUNCHES])
        rows += [
            (self.breaks.every(language, every, replace(action, every=every)),)
            for every in wanted.fitting()[:MOST_INTERVALS]
        ]
        rows.append((self.voice.button(language, "breaks.without-lunch", act.NoLunch()),))
        rows.append((self.breaks.hours(language, wanted),))
        return self.breaks.swallowed(language, wanted, rows)

    async def no_lunch(self, visit: Visit, _action: object = None) -> Screen:
        """Let breaks come at lunch time, too."""
        return await self.breaks.take(visit, lambda old: replace(old, lunch=None), act.SetInterval)

    async def typed(self, visit: Visit, text: str) -> Screen:
        """Answer a typed lunch."""
        said = parse_window(text)
        if said is None:
            return self._one_time(visit.language, text)
        if said[0] < said[1]:
            return await self.lunch(visit, act.SetLunch(*said))
        return self._offer_lunch(visit.language, "hours-backwards", both_ways(*said))

    def _one_time(self, language: str, text: str) -> Screen:
        """Return lunches that begin or end at the one time that was understood, if there is one."""
        edge = parse_edge(text, OFFERED_LUNCH[0].start)
        windows = around(edge, LUNCH_MINUTES) if edge else ()
        if edge is None or not windows:
            return self._offer_lunch(language, "hours-unknown", OFFERED_LUNCH)
        return self._offer_lunch(language, edge_text(edge), windows, time=f"{edge.at:%H:%M}")

    def _offer_lunch(
        self, language: str, name: str, windows: Sequence[Window], **values: str
    ) -> Screen:
        rows = self._lunches(windows)
        rows.append((self.voice.button(language, "breaks.without-lunch", act.NoLunch()),))
        blocks = self.voice.tell(language, name, **values)
        return self.voice.screen(language, blocks, rows, back=act.ShowBreaks())

    def _lunches(self, windows: Sequence[Window]) -> list[tuple[Button, ...]]:
        return [
            (Button(window_said(window), act.SetLunch(window.start, window.end)),)
            for window in windows
        ]


def _fits(wanted: Rhythm, lunch: Window) -> bool:
    """Whether a lunch lies in the hours that have no break now, and leaves one there."""
    hours = wanted.breakless()
    within = hours is None or lunch.start < hours.end
    return within and not replace(wanted, lunch=lunch).flaw()
