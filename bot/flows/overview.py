"""My reminders on one screen: what rings, what rests, and a way to each part of it."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core import actions as act
from bot.core.plans import REMINDERS, Kind, Subscriber
from bot.core.screens import Button, Screen
from bot.core.text import Text, heading
from bot.flows.planning import plan_of
from bot.flows.visit import Visit
from bot.flows.voice import Voice
from bot.flows.wording import moment_line, pause_lines, paused, spell_line, zone_of


@dataclass(frozen=True, slots=True)
class Overview:
    """Draws the reminders; a pause is always to be seen."""

    voice: Voice

    def screen(self, visit: Visit, subscriber: Subscriber, note: tuple[Text, ...] = ()) -> Screen:
        """Return the state of the reminders with a button for each part of it.

        ``note`` stands first: what was just done.
        """
        language = visit.language
        button = self.voice.button
        rows = [(self._morning(language, subscriber),), (self._breaks(language, subscriber),)]
        if subscriber.reminded:
            rows.append((self._rest(visit, subscriber),))
        rows.append((button(language, "menu.week", act.ShowWeek()),))
        rows.append((button(language, "menu.suits", act.ShowSuits()),))
        zone = self.voice.say(language, "reminders.zone", city=self.city(language, subscriber))
        rows.append((Button(zone, act.ShowZones()),))
        if subscriber.hold is not None:
            rows.append((button(language, "referral.all-right", act.AllRight(), "success"),))
        blocks = (*note, *self.state(visit, subscriber))
        return self.voice.screen(language, blocks, rows, here=act.ShowReminders())

    def state(self, visit: Visit, subscriber: Subscriber) -> tuple[Text, ...]:
        """Return what is so now: hold, pause, and when each reminder rings next."""
        language = visit.language
        blocks = [heading(self.voice.say(language, "reminders.title"))]
        if subscriber.hold is not None:
            blocks += self.voice.tell(language, "hold")
        blocks += self.rest(visit, subscriber)
        blocks += [self.next_line(visit, subscriber, kind) for kind in REMINDERS]
        return tuple(blocks)

    def rest(
        self, visit: Visit, subscriber: Subscriber, kinds: Collection[Kind] = REMINDERS
    ) -> tuple[Text, ...]:
        """Return the lines about a pause of these kinds or a quiet spell; none where all ring."""
        lines = pause_lines(self.voice, visit.language, subscriber, visit.now, kinds)
        if Kind.BREAK not in kinds or Kind.BREAK in paused(subscriber, visit.now):
            return lines
        plan, zone = plan_of(subscriber, Kind.BREAK), zone_of(subscriber)
        line = spell_line(self.voice, visit.language, plan, visit.now, zone)
        return (*lines, line) if line else lines

    def next_line(self, visit: Visit, subscriber: Subscriber, kind: Kind) -> Text:
        """Return when this kind rings next, or that it does not."""
        language, plan = visit.language, plan_of(subscriber, kind)
        if not plan.on:
            return self.voice.line(language, f"{kind.value}.off")
        if plan.next_due is None:
            return self.voice.line(language, f"{kind.value}.rests")
        key, zone = f"{kind.value}.on", zone_of(subscriber)
        return moment_line(self.voice, language, key, plan.next_due, zone=zone, now=visit.now)

    def city(self, language: str, subscriber: Subscriber) -> str:
        """Return the name of the place whose clock the reminders follow."""
        zone = subscriber.zone or ""
        offered = self.voice.content.cities[language]
        names = (city.called(language) for city in offered if city.zone == zone)
        return next(names, zone.rpartition("/")[2].replace("_", " "))

    def _morning(self, language: str, subscriber: Subscriber) -> Button:
        plan = plan_of(subscriber, Kind.MORNING)
        if not plan.on:
            return self._turn_on(language, "reminders.turn-on", act.SetMorning(on=True))
        label = self.voice.say(language, "reminders.morning", time=f"{plan.at:%H:%M}")
        return Button(label, act.ShowMorning())

    def _breaks(self, language: str, subscriber: Subscriber) -> Button:
        plan = plan_of(subscriber, Kind.BREAK)
        if not plan.on or plan.rhythm is None:
            return self._turn_on(language, "breaks.turn-on", act.SetBreaks(on=True))
        every = str(plan.rhythm.every)
        return Button(self.voice.say(language, "reminders.breaks", minutes=every), act.ShowBreaks())

    def _turn_on(self, language: str, key: str, action: act.Action) -> Button:
        return self.voice.button(language, key, action, "success")

    def _rest(self, visit: Visit, subscriber: Subscriber) -> Button:
        if self.rest(visit, subscriber):
            return self.voice.button(visit.language, "pause.resume", act.Resume(), "success")
        return self.voice.button(visit.language, "pause.open", act.ShowPause())
