"""In which hours breaks come: on working days, on each day by itself, around lunch."""

from dataclasses import dataclass, replace
from datetime import time

from bot.core import actions as act
from bot.core.breaks import INTERVALS, WORKING_DAYS, Rhythm, Window
from bot.core.plans import EVERY_DAY, Question, Subscriber
from bot.core.screens import Button, Screen
from bot.core.spoken_window import LAST_MINUTE, parse_window
from bot.flows.breaks import Breaks, rhythm_of
from bot.flows.planning import Planning
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import window_said

OFFERED_HOURS = (
    Window(time(8), time(17)),
    Window(time(9), time(18)),
    Window(time(10), time(19)),
)
OFFERED_LUNCH = (
    Window(time(12), time(13)),
    Window(time(12, 30), time(13, 30)),
    Window(time(13), time(14)),
    Window(time(13, 30), time(14, 30)),
)
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
            act.ShowLunch: self.lunches,
            act.SetLunch: self.lunch,
            act.NoLunch: self.no_lunch,
        }

    async def hours(self, visit: Visit, _action: object = None) -> Screen:
        """Show hours for the working days and wait for typed ones."""
        subscriber = await self.planning.ask(visit, Question.BREAK_HOURS)
        if subscriber is None:
            return self.breaks.missing(visit)
        return self._offer_hours(visit.language, "hours", _working(subscriber), OFFERED_HOURS)

    async def each_day(self, visit: Visit, _action: object = None) -> Screen:
        """Show the hours of each weekday."""
        subscriber = await self.planning.ask(visit, None)
        if subscriber is None:
            return self.breaks.missing(visit)
        rhythm = rhythm_of(subscriber)
        buttons = [self._day(visit.language, rhythm, day) for day in sorted(EVERY_DAY)]
        rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        blocks = self.voice.tell(visit.language, "each-day")
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowHours())

    async def day_hours(self, visit: Visit, action: act.ShowDayHours) -> Screen:
        """Show hours for one weekday and wait for typed ones."""
        if await self.planning.ask(visit, DAY_QUESTION[action.weekday]) is None:
            return self.breaks.missing(visit)
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
            lambda rhythm: _every(rhythm.with_window(action.weekdays, window), action.every),
            lambda every: replace(action, every=every),
        )

    async def free(self, visit: Visit, action: act.SetFree) -> Screen:
        """Leave one weekday without breaks."""
        day = frozenset({action.weekday})
        await self.breaks.take(visit, lambda rhythm: rhythm.with_window(day, None), act.SetInterval)
        return await self.each_day(visit)

    async def lunches(self, visit: Visit, _action: object = None) -> Screen:
        """Show times for lunch and wait for a typed one."""
        if await self.planning.ask(visit, Question.LUNCH) is None:
            return self.breaks.missing(visit)
        return self._offer_lunch(visit.language, "lunch", OFFERED_LUNCH)

    async def lunch(self, visit: Visit, action: act.SetLunch) -> Screen:
        """Leave lunch without breaks."""
        if action.start >= action.end:
            return await self.lunches(visit)
        window = Window(action.start, action.end)
        return await self.breaks.take(
            visit,
            lambda rhythm: _every(replace(rhythm, lunch=window), action.every),
            lambda every: replace(action, every=every),
        )

    async def no_lunch(self, visit: Visit, _action: object = None) -> Screen:
        """Let breaks come at lunch time, too."""
        return await self.breaks.take(visit, lambda old: replace(old, lunch=None), act.SetInterval)

    async def typed(self, visit: Visit, text: str, question: Question) -> Screen:
        """Answer typed hours of the working days, of one day, or of lunch."""
        said = parse_window(text)
        subscriber = await self.planning.store.look(visit.chat)
        if subscriber is None:
            return self.breaks.missing(visit)
        if question is Question.LUNCH:
            return await self._typed_lunch(visit, said)
        day = QUESTION_DAY.get(question)
        days = frozenset({day}) if day else _working(subscriber)
        if said is None:
            return self._offer_hours(visit.language, "hours-unknown", days, OFFERED_HOURS)
        if said[0] >= said[1]:
            return self._offer_hours(visit.language, "hours-backwards", days, _sensible(*said))
        if _minute(said[1]) - _minute(said[0]) <= INTERVALS[0]:
            longer = _roomier(said[0], rhythm_of(subscriber).every)
            return self._offer_hours(visit.language, "breaks-none-at-all", days, (longer,))
        return await self.set_hours(visit, act.SetHours(days, *said))

    async def _typed_lunch(self, visit: Visit, said: tuple[time, time] | None) -> Screen:
        if said is None:
            return self._offer_lunch(visit.language, "hours-unknown", OFFERED_LUNCH)
        if said[0] < said[1]:
            return await self.lunch(visit, act.SetLunch(*said))
        return self._offer_lunch(visit.language, "hours-backwards", _sensible(*said))

    def _offer_hours(
        self, language: str, name: str, days: frozenset[int], windows: tuple[Window, ...]
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
        blocks = self.voice.tell(language, name, day=day_name)
        return self.voice.screen(language, blocks, rows, back=back)

    def _offer_lunch(self, language: str, name: str, windows: tuple[Window, ...]) -> Screen:
        rows = [
            (Button(window_said(window), act.SetLunch(window.start, window.end)),)
            for window in windows
        ]
        rows.append((self.voice.button(language, "breaks.without-lunch", act.NoLunch()),))
        blocks = self.voice.tell(language, name)
        return self.voice.screen(language, blocks, rows, back=act.ShowBreaks())

    def _day(self, language: str, rhythm: Rhythm, day: int) -> Button:
        window = rhythm.window(day)
        said = window_said(window) if window else self.voice.say(language, "breaks.free-day")
        return Button(f"{self.voice.say(language, f'day.{day}')} {said}", act.ShowDayHours(day))


def _every(rhythm: Rhythm, minutes: int) -> Rhythm:
    """Return the rhythm with this interval; 0 leaves it."""
    return replace(rhythm, every=minutes) if minutes else rhythm


def _working(subscriber: Subscriber) -> frozenset[int]:
    """Return the weekdays that have breaks; Monday to Friday while none has."""
    return frozenset(day for day, _ in rhythm_of(subscriber).windows) or WORKING_DAYS


def _roomier(start: time, every: int) -> Window:
    """Return hours from this start, or a little earlier, with room for a break in their middle."""
    first = min(_minute(start), _minute(LAST_MINUTE) - 2 * every)
    last = first + 2 * every
    return Window(time(first // 60, first % 60), time(last // 60, last % 60))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _sensible(start: time, end: time) -> tuple[Window, ...]:
    """Return what may have been meant by hours that end before they start."""
    offers = [(end, start), (start, LAST_MINUTE)]
    return tuple(Window(*offer) for offer in offers if offer[0] < offer[1])
