"""The break reminders: on or off, how often, and what a change of their rhythm may not do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.core import actions as act
from bot.core.breaks import INTERVALS, Rhythm
from bot.core.plans import Kind, Plan, Subscriber
from bot.core.screens import Button, Screen
from bot.core.text import Text, heading
from bot.flows.morning import sound
from bot.flows.overview import Overview
from bot.flows.planning import Edit, NotSetUpError, Planning, plan_of
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import hours_said, lunch_said, window_said

Change = Callable[[Rhythm], Rhythm]
Offer = Callable[[int], act.Action]
"""The action that takes a refused change together with so many minutes between breaks."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """Shows and changes the break plan; it never takes a rhythm that rings nobody or too often."""

    voice: Voice
    planning: Planning
    overview: Overview

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowBreaks: self.show,
            act.SetBreaks: self.switch,
            act.ShowIntervals: self.intervals,
            act.SetInterval: self.interval,
            act.FewerBreaks: self.fewer,
            act.KeepBreaks: self.keep,
        }

    async def show(self, visit: Visit, _action: object = None) -> Screen:
        """Show the break reminders."""
        return self._drawn(visit, await self.planning.ask(visit, None))

    async def switch(self, visit: Visit, action: act.SetBreaks) -> Screen:
        """Turn the breaks on, which ends their pause, or off."""
        if action.on:
            return self._drawn(visit, await self._edit(visit, _turned_on, action.occurrence))
        subscriber = await self._edit(
            visit, lambda plan: replace(plan, on=False), action.occurrence
        )
        if subscriber is None:
            raise NotSetUpError
        return self.overview.screen(visit, subscriber)

    async def intervals(self, visit: Visit, _action: object = None) -> Screen:
        """Show how often breaks may come."""
        subscriber = await self.planning.ask(visit, None)
        if subscriber is None:
            raise NotSetUpError
        chosen = rhythm_of(subscriber).every
        rows = [
            (
                self.every(
                    visit.language, every, act.SetInterval(every), "✓ " if every == chosen else ""
                ),
            )
            for every in INTERVALS
        ]
        blocks = self.voice.tell(visit.language, "intervals")
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowBreaks())

    async def interval(self, visit: Visit, action: act.SetInterval) -> Screen:
        """Let breaks come every so many minutes, if each day then has 1 to 10 of them."""
        offered = action.minutes in INTERVALS
        return await self.take(
            visit,
            lambda rhythm: replace(rhythm, every=action.minutes) if offered else rhythm,
            act.SetInterval,
        )

    async def fewer(self, visit: Visit, action: act.FewerBreaks) -> Screen:
        """Take the next longer interval that fits; at the longest, show what else can change."""
        return await self.take(visit, _longer, act.SetInterval, action.occurrence)

    async def keep(self, visit: Visit, action: act.KeepBreaks) -> Screen:
        """Leave the breaks as they are."""
        subscriber = await self.planning.ask(visit, None, heeding=action.occurrence)
        if subscriber is None:
            raise NotSetUpError
        return self.overview.screen(visit, subscriber, self.voice.tell(visit.language, "kept"))

    async def _edit(self, visit: Visit, edit: Edit, heeding: int = 0) -> Subscriber | None:
        return await self.planning.edit(visit, edit, [Kind.BREAK], heeding=heeding)

    async def take(self, visit: Visit, change: Change, instead: Offer, heeding: int = 0) -> Screen:
        """Take the changed rhythm if it is sound; else say why not, and offer what would be."""
        known = await self.planning.store.look(visit.chat)
        if known is None or known.zone is None:
            raise NotSetUpError
        wanted = change(rhythm_of(known))
        if flaw := wanted.flaw():
            return self._refused(visit.language, flaw, wanted, instead)

        def edit(plan: Plan) -> Plan:
            return replace(plan, rhythm=wanted, next_due=None, unanswered=0)

        return self._drawn(visit, await self._edit(visit, edit, heeding))

    def _refused(self, language: str, flaw: str, wanted: Rhythm, instead: Offer) -> Screen:
        # the shortest that fits first
        fitting = wanted.fitting()
        rows = [(self.every(language, every, instead(every)),) for every in fitting]
        if flaw == "lunch":
            rows += [(self.lunch(language, wanted),), (self.hours(language, wanted),)]
            return self.swallowed(language, wanted, rows)
        name = f"breaks-{flaw}" if fitting else f"breaks-{flaw}-at-all"
        breakless = wanted.breakless()
        hours = window_said(breakless) if breakless else ""
        values = {"minutes": str(wanted.every), "count": str(wanted.busiest()), "hours": hours}
        blocks = self.voice.tell(language, name, **values)
        return self.voice.screen(language, blocks, rows, back=act.ShowBreaks())

    def swallowed(
        self, language: str, wanted: Rhythm, rows: Sequence[tuple[Button, ...]]
    ) -> Screen:
        """Return that lunch would leave some day without a break, and what would do instead."""
        breakless = wanted.breakless()
        hours = window_said(breakless) if breakless else ""
        lunch = lunch_said(self.voice, language, wanted)
        blocks = self.voice.tell(language, "breaks-lunch", lunch=lunch, hours=hours)
        return self.voice.screen(language, blocks, rows, back=act.ShowBreaks())

    def every(self, language: str, minutes: int, action: act.Action, tick: str = "") -> Button:
        """Return the button of an interval."""
        label = self.voice.say(language, "breaks.every", minutes=str(minutes))
        return Button(tick + label, action)

    def hours(self, language: str, rhythm: Rhythm) -> Button:
        """Return the button that leads to the hours."""
        hours = hours_said(self.voice, language, rhythm)
        return Button(self.voice.say(language, "breaks.hours", hours=hours), act.ShowHours())

    def lunch(self, language: str, rhythm: Rhythm) -> Button:
        """Return the button that leads to lunch."""
        lunch = lunch_said(self.voice, language, rhythm)
        return Button(self.voice.say(language, "breaks.lunch", lunch=lunch), act.ShowLunch())

    def _drawn(self, visit: Visit, subscriber: Subscriber | None) -> Screen:
        if subscriber is None:
            raise NotSetUpError
        language, plan = visit.language, plan_of(subscriber, Kind.BREAK)
        if not plan.on:
            return self.overview.screen(visit, subscriber)
        rhythm = rhythm_of(subscriber)
        button = self.voice.button
        rows = [
            (button(language, "breaks.turn-off", act.SetBreaks(on=False)),),
            (self.every(language, rhythm.every, act.ShowIntervals()),),
            (self.hours(language, rhythm),),
            (self.lunch(language, rhythm),),
            (sound(self.voice, language, plan),),
            (button(language, "pause.open", act.ShowPause()),),
        ]
        blocks = self._state(visit, subscriber, rhythm)
        return self.voice.screen(
            language, blocks, rows, back=act.ShowReminders(), here=act.ShowBreaks()
        )

    def _state(self, visit: Visit, subscriber: Subscriber, rhythm: Rhythm) -> tuple[Text, ...]:
        language = visit.language
        return (
            heading(self.voice.say(language, "breaks.title")),
            *(self.voice.tell(language, "hold") if subscriber.hold else ()),
            self.overview.next_line(visit, subscriber, Kind.BREAK),
            *self._labels(language, rhythm),
        )

    def _labels(self, language: str, rhythm: Rhythm) -> tuple[Text, ...]:
        """Return the times of a day as they ring, where all days are alike."""
        days = {rhythm.labels(day) for day, _ in rhythm.windows}
        if len(days) != 1:
            return ()
        times = ", ".join(f"{label:%H:%M}" for label in days.pop())
        return (self.voice.line(language, "breaks.times", times=times),)


def rhythm_of(subscriber: Subscriber) -> Rhythm:
    """Return the rhythm of their breaks, or the one they would begin with."""
    return plan_of(subscriber, Kind.BREAK).rhythm or Rhythm()


def _turned_on(plan: Plan) -> Plan:
    return replace(plan, on=True, pause=None, quiet_until=None, rhythm=plan.rhythm or Rhythm())


def _longer(rhythm: Rhythm) -> Rhythm:
    """Return the rhythm at its next longer interval; at the longest it stays."""
    longer = (every for every in rhythm.fitting() if every > rhythm.every)
    return replace(rhythm, every=next(longer, rhythm.every))
