"""My reminders: the morning exercise on or off, when, and on which days."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core import actions as act
from bot.core.plans import EVERY_DAY, Awaiting, Kind, Plan, Question, Subscriber
from bot.core.rings import replanned, returned
from bot.core.screens import Button, Screen
from bot.core.text import Span, Text, heading
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Store

DEFAULT_MORNING = time(8)
OFFERED_TIMES = (time(6, 30), time(7), time(7, 30), time(8), time(8, 30), time(9), time(10))
TIMES_A_ROW = 4
QUESTION_LIFE = timedelta(minutes=15)


def asked(subscriber: Subscriber, question: Question, now: datetime) -> Subscriber:
    """Return the subscriber with this question open; its answer is taken for 15 minutes."""
    return replace(subscriber, awaiting=Awaiting(question, now + QUESTION_LIFE))


@dataclass(frozen=True, slots=True)
class Remind:
    """Shows and changes the morning plan."""

    voice: Voice
    store: Store

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.SetMorning: self.morning,
            act.ShowTimes: self.times,
            act.SetTime: self.time,
            act.ShowDays: self.days,
            act.SetDays: self.set_days,
        }

    def overview(self, visit: Visit, subscriber: Subscriber) -> Screen:
        """Return the state of the reminders with a button for each part of it."""
        language = visit.language
        plan = subscriber.plans.get(Kind.MORNING)
        rows = [(self._switch(language, plan),)]
        if plan is not None:
            at = self.voice.say(language, "reminders.time", time=f"{plan.at:%H:%M}")
            days = self.voice.say(language, "reminders.days", days=self._days(language, plan))
            rows += [(Button(at, act.ShowTimes()),), (Button(days, act.ShowDays()),)]
        zone = self.voice.say(language, "reminders.zone", city=self._city(language, subscriber))
        rows.append((Button(zone, act.ShowZones()),))
        if subscriber.hold is not None:
            rows.append(
                (self.voice.button(language, "referral.all-right", act.AllRight(), "success"),)
            )
        return self.voice.screen(language, self._state(visit, subscriber, plan), rows)

    async def morning(self, visit: Visit, action: act.SetMorning) -> Screen:
        """Turn the morning reminder on or off."""
        return await self._change(visit, lambda plan: replace(plan, on=action.on))

    async def time(self, visit: Visit, action: act.SetTime) -> Screen:
        """Ring at another time; who chooses a time wants it to ring."""
        return await self._change(
            visit, lambda plan: replace(plan, at=action.at, on=True, next_due=None)
        )

    async def set_days(self, visit: Visit, action: act.SetDays) -> Screen:
        """Ring on other days and show the days again, to choose more."""
        await self._change(
            visit, lambda plan: replace(plan, weekdays=action.weekdays, next_due=None)
        )
        return await self.days(visit)

    async def times(self, visit: Visit, _action: object = None) -> Screen:
        """Show times and wait for a typed one."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None or change.subscriber.zone is None:
                return self._missing(visit)
            await change.save(asked(change.subscriber, Question.MORNING_TIME, visit.now))
        return self.choose_time(visit.language, "time")

    def choose_time(self, language: str, name: str) -> Screen:
        """Return the offered times under the text ``name``."""
        buttons = [Button(f"{at:%H:%M}", act.SetTime(at)) for at in OFFERED_TIMES]
        rows = [buttons[:TIMES_A_ROW], buttons[TIMES_A_ROW:]]
        blocks = self.voice.tell(language, name)
        return self.voice.screen(language, blocks, rows, back=act.ShowReminders())

    async def days(self, visit: Visit, _action: object = None) -> Screen:
        """Show the seven days; each button carries the whole choice as it would then be."""
        subscriber = await self.store.look(visit.chat)
        plan = subscriber.plans.get(Kind.MORNING) if subscriber else None
        if plan is None:
            return self._missing(visit)
        buttons = [self._day(visit.language, plan, day) for day in sorted(EVERY_DAY)]
        rows = [buttons[:4], buttons[4:]]
        blocks = self.voice.tell(visit.language, "days")
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowReminders())

    async def _change(self, visit: Visit, edit: Callable[[Plan], Plan]) -> Screen:
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            subscriber = change.subscriber
            if subscriber is None or subscriber.zone is None:
                return self._missing(visit)
            here = returned(subscriber)  # who sets a reminder is here again, also after a block
            before = here.plans.get(Kind.MORNING)
            plan = edit(before or Plan(Kind.MORNING, DEFAULT_MORNING, on=False))
            changed = replace(here, plans={**here.plans, Kind.MORNING: plan}, awaiting=None)
            if plan != before or subscriber.awaiting is not None or subscriber.stopped:
                await change.save(replanned(changed, visit.now))
            if not plan.on:
                await change.cancel_pending(Kind.MORNING)
            return self.overview(visit, change.subscriber or subscriber)

    def _missing(self, visit: Visit) -> Screen:
        """Return the way to what has to come first: consent, then a zone."""
        rows = [(self.voice.button(visit.language, "menu.reminders", act.ShowReminders()),)]
        return self.voice.screen(
            visit.language, self.voice.tell(visit.language, "nothing-kept"), rows
        )

    def _state(self, visit: Visit, subscriber: Subscriber, plan: Plan | None) -> tuple[Text, ...]:
        language = visit.language
        blocks = [heading(self.voice.say(language, "reminders.title"))]
        if subscriber.hold is not None:
            blocks += self.voice.tell(language, "hold")
        if plan is None or not plan.on or plan.next_due is None:
            blocks.append(self.voice.line(language, "reminders.off"))
        else:
            blocks.append(self._next(language, subscriber, plan.next_due))
        return tuple(blocks)

    def _next(self, language: str, subscriber: Subscriber, due: datetime) -> Text:
        """Say when it rings next; Telegram shows the moment in the reader's own zone."""
        local = due.astimezone(ZoneInfo(subscriber.zone or "UTC"))
        day = self.voice.say(language, f"day.{local.isoweekday()}")
        moment = f"{day} {local:%H:%M}"
        line = self.voice.say(language, "reminders.on", moment=moment)
        start = line.find(moment)
        span = Span(start, len(moment), "moment", str(int(due.timestamp())))
        return Text(line, (span,))

    def _switch(self, language: str, plan: Plan | None) -> Button:
        on = plan is not None and plan.on
        key = "reminders.turn-off" if on else "reminders.turn-on"
        return self.voice.button(language, key, act.SetMorning(on=not on), "" if on else "success")

    def _day(self, language: str, plan: Plan, day: int) -> Button:
        chosen = day in plan.weekdays
        name = self.voice.say(language, f"day.{day}")
        # the last day stays: a reminder without a day is turned off by its own button
        after = plan.weekdays ^ {day} if plan.weekdays != {day} else plan.weekdays
        return Button(f"✓ {name}" if chosen else name, act.SetDays(after))

    def _days(self, language: str, plan: Plan) -> str:
        if plan.weekdays == EVERY_DAY:
            return self.voice.say(language, "days.every")
        if plan.weekdays == frozenset(range(1, 6)):
            return self.voice.say(language, "days.working")
        return ", ".join(self.voice.say(language, f"day.{day}") for day in sorted(plan.weekdays))

    def _city(self, language: str, subscriber: Subscriber) -> str:
        zone = subscriber.zone or ""
        offered = self.voice.content.cities[language]
        names = (city.names[language] for city in offered if city.zone == zone)
        return next(names, zone.rpartition("/")[2].replace("_", " "))
