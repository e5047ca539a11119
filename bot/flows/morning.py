"""The morning reminder: on or off, when, on which days, how long, with or without a sound."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time

from bot.core import actions as act
from bot.core.load import Crowd
from bot.core.near_time import near_times
from bot.core.plans import EVERY_DAY, Kind, Plan, Question, Subscriber
from bot.core.preferences import MORNING_MINUTES
from bot.core.screens import Button, Screen, Style
from bot.core.spoken_time import parse_time
from bot.core.text import Text, heading
from bot.flows.overview import Overview
from bot.flows.peak import Peak
from bot.flows.planning import NotSetUpError, Planning, plan_of
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import days_said, zone_of

OFFERED_TIMES = (time(6, 30), time(7), time(7, 30), time(8), time(8, 30), time(9), time(10))
TIMES_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Morning:
    """Shows and changes the morning plan."""

    voice: Voice
    planning: Planning
    overview: Overview
    peak: Peak

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowMorning: self.show,
            act.SetMorning: self.switch,
            act.ShowTimes: self.times,
            act.SetTime: self.set_time,
            act.ShowDays: self.days,
            act.SetDays: self.set_days,
            act.SetLength: self.length,
        }

    async def show(self, visit: Visit, _action: object = None) -> Screen:
        """Show the morning reminder."""
        return self._drawn(visit, await self.planning.ask(visit, None))

    async def switch(self, visit: Visit, action: act.SetMorning) -> Screen:
        """Turn the morning reminder on, which ends its pause, or off."""
        if not action.on:
            subscriber = await self._edit(visit, lambda plan: replace(plan, on=False))
            if subscriber is None:
                raise NotSetUpError
            return self.overview.screen(visit, subscriber)
        return await self._changed(visit, lambda plan: replace(plan, on=True, pause=None))

    async def set_time(self, visit: Visit, action: act.SetTime) -> Screen:
        """Ring at another time; who chooses a time wants it to ring."""
        return await self._changed(
            visit, lambda plan: replace(plan, at=action.at, on=True, next_due=None)
        )

    async def typed(self, visit: Visit, text: str) -> Screen:
        """Ring at a typed time; where it is none, offer what may have been meant."""
        at = parse_time(text)
        if at is not None:
            return await self.set_time(visit, act.SetTime(at))
        near = near_times(text)
        return self._offer(visit.language, "time-near" if near else "time-unknown", near)

    async def set_days(self, visit: Visit, action: act.SetDays) -> Screen:
        """Ring on other days and show the days again, to choose more; the last one stays."""
        known = await self.planning.store.look(visit.chat)
        await self._edit(visit, lambda plan: replace(plan, weekdays=action.weekdays, next_due=None))
        screen = await self.days(visit)
        before = plan_of(known, Kind.MORNING).weekdays if known else None
        if len(action.weekdays) > 1 or action.weekdays != before:
            return screen
        return replace(screen, toast=self.voice.say(visit.language, "days.one-stays"))

    async def length(self, visit: Visit, action: act.SetLength) -> Screen:
        """Let the routine take 5, 10 or 20 minutes; another number changes nothing."""
        minutes = action.minutes if action.minutes in MORNING_MINUTES else None
        subscriber = await self.planning.prefer(
            visit, lambda old: replace(old, minutes=minutes or old.minutes)
        )
        return self._drawn(visit, subscriber)

    async def times(self, visit: Visit, _action: object = None) -> Screen:
        """Show times and wait for a typed one."""
        if await self.planning.ask(visit, Question.MORNING_TIME) is None:
            raise NotSetUpError
        return self._offer(visit.language, "time", ())

    async def offered(self, visit: Visit, at: time) -> Screen:
        """Offer a time that nobody had asked for, and wait for another one."""
        if await self.planning.ask(visit, Question.MORNING_TIME) is None:
            raise NotSetUpError
        return self._offer(visit.language, "time-offered", (at,))

    async def days(self, visit: Visit, _action: object = None) -> Screen:
        """Show the seven days; each button carries the whole choice as it would then be."""
        subscriber = await self.planning.store.look(visit.chat)
        plan = subscriber.plans.get(Kind.MORNING) if subscriber else None
        if plan is None:
            raise NotSetUpError
        buttons = [self._day(visit.language, plan, day) for day in sorted(EVERY_DAY)]
        rows = [buttons[:4], buttons[4:]]
        blocks = self.voice.tell(visit.language, "days")
        return self.voice.screen(
            visit.language, blocks, rows, back=act.ShowMorning(), here=act.ShowDays()
        )

    async def _edit(self, visit: Visit, edit: Callable[[Plan], Plan]) -> Subscriber | None:
        return await self.planning.edit(visit, edit, [Kind.MORNING])

    async def _changed(self, visit: Visit, edit: Callable[[Plan], Plan]) -> Screen:
        subscriber = await self._edit(visit, edit)
        if subscriber is None:
            raise NotSetUpError
        plan = plan_of(subscriber, Kind.MORNING)
        crowd = await self.peak.crowd(visit, plan, zone_of(subscriber))
        return self._drawn(visit, subscriber, crowd)

    def _drawn(
        self, visit: Visit, subscriber: Subscriber | None, crowd: Crowd | None = None
    ) -> Screen:
        if subscriber is None:
            raise NotSetUpError
        language, plan = visit.language, plan_of(subscriber, Kind.MORNING)
        at = self.voice.say(language, "reminders.time", time=f"{plan.at:%H:%M}")
        days = days_said(self.voice, language, plan.weekdays)
        rows: list[tuple[Button, ...]] = [
            (self._switch(language, plan),),
            (Button(at, act.ShowTimes()),),
            (Button(self.voice.say(language, "reminders.days", days=days), act.ShowDays()),),
            (sound(self.voice, language, plan),),
        ]
        if crowd is not None and crowd.free:
            # in place of the lengths: a screen has seven choices at most
            rows.insert(0, tuple(Button(f"{at:%H:%M}", act.SetTime(at)) for at in crowd.free))
        else:
            rows.insert(3, self._lengths(language, subscriber))
        blocks = self._state(visit, subscriber)
        if crowd is not None:
            blocks = (*blocks, self._crowded(language, plan, crowd))
        return self.voice.screen(
            language, blocks, rows, back=act.ShowReminders(), here=act.ShowMorning()
        )

    def _state(self, visit: Visit, subscriber: Subscriber) -> tuple[Text, ...]:
        language = visit.language
        return (
            heading(self.voice.say(language, "morning.title")),
            *(self.voice.tell(language, "hold") if subscriber.hold else ()),
            self.overview.next_line(visit, subscriber, Kind.MORNING),
        )

    def _crowded(self, language: str, plan: Plan, crowd: Crowd) -> Text:
        """Return the one line about a time that many chose, and the free ones near it."""
        key = ("morning.peak", "morning.peak.one", "morning.peak.two")[len(crowd.free)]
        free = {
            name: f"{at:%H:%M}" for name, at in zip(("first", "second"), crowd.free, strict=False)
        }
        minutes = str(crowd.minutes)
        return self.voice.line(language, key, time=f"{plan.at:%H:%M}", minutes=minutes, **free)

    def _lengths(self, language: str, subscriber: Subscriber) -> tuple[Button, ...]:
        chosen = subscriber.preferences.minutes
        return tuple(
            Button(
                ("✓ " if minutes == chosen else "")
                + self.voice.say(language, "minutes.short", minutes=str(minutes)),
                act.SetLength(minutes),
            )
            for minutes in MORNING_MINUTES
        )

    def _offer(self, language: str, name: str, near: tuple[time, ...]) -> Screen:
        times = tuple(dict.fromkeys((*near, *OFFERED_TIMES)))[: len(OFFERED_TIMES)]
        buttons = [Button(f"{at:%H:%M}", act.SetTime(at)) for at in times]
        rows = [buttons[:TIMES_A_ROW], buttons[TIMES_A_ROW:]]
        said = f"{near[0]:%H:%M}" if near else ""
        blocks = self.voice.tell(language, name, time=said)
        return self.voice.screen(
            language, blocks, [row for row in rows if row], back=act.ShowMorning()
        )

    def _switch(self, language: str, plan: Plan) -> Button:
        key = "reminders.turn-off" if plan.on else "reminders.turn-on"
        style: Style = "" if plan.on else "success"
        return self.voice.button(language, key, act.SetMorning(on=not plan.on), style)

    def _day(self, language: str, plan: Plan, day: int) -> Button:
        chosen = day in plan.weekdays
        name = self.voice.say(language, f"day.{day}")
        # the last day stays: a reminder without a day is turned off by its own button
        after = plan.weekdays ^ {day} if plan.weekdays != {day} else plan.weekdays
        return Button(f"✓ {name}" if chosen else name, act.SetDays(after))


def sound(voice: Voice, language: str, plan: Plan) -> Button:
    """Return the button that turns the sound of this plan's reminders off or on."""
    key = "reminders.sound-off" if plan.silent else "reminders.sound-on"
    return voice.button(language, key, act.SetSilent(plan.kind, on=not plan.silent))
