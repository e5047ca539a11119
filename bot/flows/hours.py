"""In which hours breaks come: on working days, on each day by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.core import actions as act
from bot.core.breaks import INTERVALS, OFFICE, WORKING_DAYS, Rhythm, Window
from bot.core.plans import EVERY_DAY, Question, Subscriber
from bot.core.ready_hours import both_ways, like, minutes_of, roomier
from bot.core.screens import Button, Screen
from bot.core.spoken_window import Edge, parse_edge, parse_window
from bot.flows.breaks import Breaks, rhythm_of
from bot.flows.planning import NotSetUpError, Planning
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import window_said

OFFERED_HOURS = (
    Window(time(8), time(17)),
    Window(time(9), time(18)),
    Window(time(10), time(19)),
)
MOST_OFFERS = 4
DAY_QUESTION = {day: Question(f"{Question.BREAK_HOURS.value}-{day}") for day in EVERY_DAY}
"""Which question waits for the hours of one ISO weekday."""
QUESTION_DAY = {question: day for day, question in DAY_QUESTION.items()}


@dataclass(frozen=True, slots=True)
class Hours:
    """Shows and changes when breaks may come."""

    voice: Voice
    planning: Planning
    breaks: Breaks

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowHours: self.hours,
            act.ShowEachDay: self.each_day,
            act.ShowDayHours: self.day_hours,
            act.SetHours: self.set_hours,
            act.SetFree: self.free,
        }

    async def hours(self, visit: Visit, _action: object = None) -> Screen:
        """Show hours for the working days and wait for typed ones."""
        subscriber = await self.planning.ask(visit, Question.BREAK_HOURS)
        if subscriber is None:
            raise NotSetUpError
        return self._offer_hours(visit.language, "hours", _working(subscriber), OFFERED_HOURS)

    async def each_day(self, visit: Visit, _action: object = None) -> Screen:
        """Show the hours of each weekday."""
        subscriber = await self.planning.ask(visit, None)
        if subscriber is None:
            raise NotSetUpError
        rhythm = rhythm_of(subscriber)
        buttons = [self._day(visit.language, rhythm, day) for day in sorted(EVERY_DAY)]
        rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        blocks = self.voice.tell(visit.language, "each-day")
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowHours())

    async def day_hours(self, visit: Visit, action: act.ShowDayHours) -> Screen:
        """Show hours for one weekday and wait for typed ones."""
        if await self.planning.ask(visit, DAY_QUESTION[action.weekday]) is None:
            raise NotSetUpError
        return self._offer_hours(
            visit.language, "day-hours", frozenset({action.weekday}), OFFERED_HOURS
        )

    async def set_hours(self, visit: Visit, action: act.SetHours) -> Screen:
        """Let breaks come in these hours; hours without a start before their end change nothing."""
        if action.start >= action.end:
            return await self.hours(visit)
        window = Window(action.start, action.end)
        return await self.breaks.take(
            visit,
            lambda rhythm: with_every(rhythm.with_window(action.weekdays, window), action.every),
            lambda every: replace(action, every=every),
        )

    async def free(self, visit: Visit, action: act.SetFree) -> Screen:
        """Leave one weekday without breaks, but not the last that has them."""
        day = frozenset({action.weekday})
        known = await self.planning.store.look(visit.chat)
        if known is not None and not rhythm_of(known).with_window(day, None).windows:
            return self._last_day(visit.language)
        await self.breaks.take(visit, lambda rhythm: rhythm.with_window(day, None), act.SetInterval)
        return await self.each_day(visit)

    def _last_day(self, language: str) -> Screen:
        off = self.voice.button(language, "breaks.turn-off", act.SetBreaks(on=False))
        blocks = self.voice.tell(language, "last-day")
        return self.voice.screen(language, blocks, [(off,)], back=act.ShowEachDay())

    async def typed(self, visit: Visit, text: str, question: Question) -> Screen:
        """Answer typed hours of the working days, or of one day."""
        subscriber = await self.planning.store.look(visit.chat)
        if subscriber is None:
            raise NotSetUpError
        day, said = QUESTION_DAY.get(question), parse_window(text)
        days = frozenset({day}) if day else _working(subscriber)
        rhythm = rhythm_of(subscriber)
        if said is None:
            return self._one_time(visit.language, text, days, rhythm)
        if said[0] >= said[1]:
            return self._offer_hours(visit.language, "hours-backwards", days, both_ways(*said))
        if minutes_of(*said) <= INTERVALS[0]:
            hours, longer = window_said(Window(*said)), roomier(said[0], rhythm.every)
            return self._offer_hours(
                visit.language, "breaks-none-at-all", days, (longer,), hours=hours
            )
        return await self.set_hours(visit, act.SetHours(days, *said))

    def _one_time(self, language: str, text: str, days: frozenset[int], rhythm: Rhythm) -> Screen:
        """Return hours that begin or end at the one time that was understood, if there is one."""
        usual = rhythm.window(min(days)) or OFFICE
        edge = parse_edge(text, usual.start)
        if edge is None:
            return self._offer_hours(language, "hours-unknown", days, OFFERED_HOURS)
        fitting = [w for w in like(usual, edge) if not rhythm.with_window(days, w).flaw()]
        windows = fitting[:MOST_OFFERS] or [roomier(edge.at, rhythm.every)]
        return self._offer_hours(language, edge_text(edge), days, windows, time=f"{edge.at:%H:%M}")

    def _offer_hours(
        self,
        language: str,
        name: str,
        days: frozenset[int],
        windows: Sequence[Window],
        **values: str,
    ) -> Screen:
        rows = [
            (Button(window_said(window), act.SetHours(days, window.start, window.end)),)
            for window in windows
        ]
        if len(days) == 1:
            (day,) = days
            rows.append((self.voice.button(language, "breaks.free", act.SetFree(day)),))
            back: act.Action = act.ShowEachDay()
        else:
            rows.append((self.voice.button(language, "breaks.each-day", act.ShowEachDay()),))
            back = act.ShowBreaks()
        day_name = self.voice.say(language, f"day.{min(days)}") if len(days) == 1 else ""
        blocks = self.voice.tell(language, name, day=day_name, **values)
        return self.voice.screen(language, blocks, rows, back=back)

    def _day(self, language: str, rhythm: Rhythm, day: int) -> Button:
        window = rhythm.window(day)
        said = window_said(window) if window else self.voice.say(language, "breaks.free-day")
        return Button(f"{self.voice.say(language, f'day.{day}')} {said}", act.ShowDayHours(day))


def edge_text(edge: Edge) -> str:
    """Return the text that repeats one time and asks for the other."""
    return "hours-end" if edge.is_end else "hours-start"


def with_every(rhythm: Rhythm, minutes: int) -> Rhythm:
    """Return the rhythm with this interval; 0 leaves it."""
    return replace(rhythm, every=minutes) if minutes else rhythm


def _working(subscriber: Subscriber) -> frozenset[int]:
    """Return the weekdays that have breaks; Monday to Friday while none has."""
    return frozenset(day for day, _ in rhythm_of(subscriber).windows) or WORKING_DAYS
