"""Rest from reminders: a meeting, a walk just taken, a day off, a pause of any length."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core import actions as act
from bot.core.breaks import next_full_hour
from bot.core.plans import Kind, Pause, Plan, Question, Subscriber
from bot.core.rings import start_of
from bot.core.schedule import DAY, local_date
from bot.core.screens import Button, Screen
from bot.core.spoken_date import parse_date
from bot.core.text import Text
from bot.flows.overview import Overview
from bot.flows.planning import NotSetUpError, Planning, plan_of
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import date_said, zone_of

DAYS_AHEAD = (2, 3, 5, 7, 14, 28)
LONGEST_DAYS = 366
Until = Callable[[Subscriber], datetime]


@dataclass(frozen=True, slots=True)
class Rest:
    """Lets reminders rest and come back; what rests is always to be seen."""

    voice: Voice
    planning: Planning
    overview: Overview

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowPause: self.show,
            act.Moved: self.moved,
            act.InMeeting: self.meeting,
            act.TodayOff: self.today_off,
            act.PauseUntil: self.until,
            act.PauseForever: self.forever,
            act.ShowPauseDates: self.dates,
            act.Resume: self.resume,
        }

    async def show(self, visit: Visit, action: act.ShowPause) -> Screen:
        """Show how reminders can rest; under a reminder, Back leads to it again."""
        subscriber = await self.planning.ask(visit, None, heeding=action.occurrence)
        if subscriber is None:
            raise NotSetUpError
        back = act.ShowRing(action.occurrence) if action.occurrence else act.ShowReminders()
        return self._offers(visit, subscriber, self.voice.tell(visit.language, "pause"), back)

    def _offers(
        self, visit: Visit, subscriber: Subscriber, blocks: tuple[Text, ...], back: act.Action
    ) -> Screen:
        language, today = visit.language, local_date(visit.now, zone_of(subscriber))
        button = self.voice.button
        rows = [
            *self._spells(visit, subscriber),
            (button(language, "pause.tomorrow", act.PauseUntil(today + DAY)),),
            (self._day(language, "pause.monday", _monday_after(today), today),),
            (button(language, "pause.date", act.ShowPauseDates()),),
            (button(language, "pause.forever", act.PauseForever()),),
        ]
        return self.voice.screen(language, blocks, rows, back=back)

    async def offered(self, visit: Visit, day: date, today: date) -> Screen:
        """Show how reminders can rest, the day that was named first."""
        shown = await self.show(visit, act.ShowPause())
        taps = [button.action for row in shown.buttons for button in row]
        if act.PauseForever() not in taps or act.PauseUntil(day) in taps:
            return shown
        first = self._day(visit.language, "pause.monday", day, today)
        return replace(shown, buttons=((first,), *shown.buttons))

    async def moved(self, visit: Visit, _action: object = None) -> Screen:
        """Leave out the breaks less than one interval away; their times of day stay."""

        def until(subscriber: Subscriber) -> datetime:
            rhythm = plan_of(subscriber, Kind.BREAK).rhythm
            return visit.now + timedelta(minutes=rhythm.every if rhythm else 0)

        return await self._quiet(visit, until, "moved")

    async def meeting(self, visit: Visit, action: act.InMeeting) -> Screen:
        """Leave out the breaks before a full hour; one that has passed is asked for again."""
        if action.until is not None and action.until <= visit.now:
            return await self._meeting_past(visit, action.until)

        def until(subscriber: Subscriber) -> datetime:
            following = next_full_hour(visit.now, zone_of(subscriber))
            return min(action.until or following, following)

        return await self._quiet(visit, until, "meeting")

    async def _meeting_past(self, visit: Visit, until: datetime) -> Screen:
        subscriber = await self.planning.store.look(visit.chat)
        if subscriber is None or subscriber.zone is None:
            raise NotSetUpError
        time = f"{until.astimezone(zone_of(subscriber)):%H:%M}"
        blocks = self.voice.tell(visit.language, "meeting-past", time=time)
        return self._offers(visit, subscriber, blocks, act.ShowReminders())

    async def today_off(self, visit: Visit, _action: object = None) -> Screen:
        """Leave out the rest of today's breaks."""

        def until(subscriber: Subscriber) -> datetime:
            zone = zone_of(subscriber)
            return start_of(local_date(visit.now, zone) + DAY, zone)

        return await self._quiet(visit, until, "today-off")

    async def until(self, visit: Visit, action: act.PauseUntil) -> Screen:
        """Rest until a date; one that has passed (an old button, a slip) is asked for again."""
        subscriber = await self.planning.store.look(visit.chat)
        if subscriber is None or subscriber.zone is None:
            raise NotSetUpError
        today = local_date(visit.now, zone_of(subscriber))
        ahead = (action.day - today).days
        if not 0 < ahead <= LONGEST_DAYS:
            name = "date-past" if ahead <= 0 else "date-far"
            return self._dates(visit.language, today, name, action.day)
        return await self._pause(visit, Pause(today, action.day))

    async def forever(self, visit: Visit, _action: object = None) -> Screen:
        """Rest until the person says so."""
        subscriber = await self.planning.store.look(visit.chat)
        if subscriber is None or subscriber.zone is None:
            raise NotSetUpError
        return await self._pause(visit, Pause(local_date(visit.now, zone_of(subscriber))))

    async def dates(self, visit: Visit, _action: object = None) -> Screen:
        """Show dates for the end of the pause and wait for a typed one."""
        subscriber = await self.planning.ask(visit, Question.PAUSE_DATE)
        if subscriber is None:
            raise NotSetUpError
        return self._dates(visit.language, local_date(visit.now, zone_of(subscriber)), "pause-date")

    async def typed(self, visit: Visit, text: str, subscriber: Subscriber) -> Screen:
        """Rest until a typed date; where it is none, or past, say so and offer others."""
        today = local_date(visit.now, zone_of(subscriber))
        day = parse_date(text, today)
        if day is None:
            return self._dates(visit.language, today, "date-unknown")
        return await self.until(visit, act.PauseUntil(day))

    async def resume(self, visit: Visit, _action: object = None) -> Screen:
        """Ring again, from now on."""
        edited = await self.planning.edit(
            visit, lambda plan: replace(plan, pause=None, quiet_until=None)
        )
        return self._shown(visit, edited, "resumed")

    async def _pause(self, visit: Visit, pause: Pause) -> Screen:
        edited = await self.planning.edit(
            visit, lambda plan: replace(plan, pause=pause, next_due=None)
        )
        return self._shown(visit, edited, "paused")

    async def _quiet(self, visit: Visit, until: Until, note: str) -> Screen:
        """Let the breaks be quiet until that moment; a spell that lasts longer goes on."""
        known = await self.planning.store.look(visit.chat)
        if known is None or known.zone is None:
            raise NotSetUpError
        if not plan_of(known, Kind.BREAK).on:
            return self.overview.screen(visit, known)
        moment = until(known)
        edited = await self.planning.edit(visit, lambda plan: _quieted(plan, moment), [Kind.BREAK])
        lasting = (edited and plan_of(edited, Kind.BREAK).quiet_until) or moment
        return self._shown(visit, edited, note if lasting <= moment else "")

    def _shown(self, visit: Visit, subscriber: Subscriber | None, note: str) -> Screen:
        if subscriber is None:
            raise NotSetUpError
        said = self.voice.tell(visit.language, note) if note else ()
        return self.overview.screen(visit, subscriber, said)

    def _spells(self, visit: Visit, subscriber: Subscriber) -> list[tuple[Button, ...]]:
        """Return the short rests, which are for breaks."""
        if not plan_of(subscriber, Kind.BREAK).on:
            return []
        language, button = visit.language, self.voice.button
        hour, zone = next_full_hour(visit.now, zone_of(subscriber)), zone_of(subscriber)
        meeting = self.voice.say(language, "pause.meeting", time=f"{hour.astimezone(zone):%H:%M}")
        return [
            (button(language, "pause.moved", act.Moved()),),
            (Button(meeting, act.InMeeting(hour)),),
            (button(language, "pause.today-off", act.TodayOff()),),
        ]

    def _dates(self, language: str, today: date, name: str, day: date | None = None) -> Screen:
        offers = [self._day(language, "pause.day", today + n * DAY, today) for n in DAYS_AHEAD]
        rows = [tuple(offers[at : at + 2]) for at in range(0, len(offers), 2)]
        said = date_said(self.voice, language, day, today) if day else ""
        blocks: tuple[Text, ...] = self.voice.tell(language, name, day=said)
        return self.voice.screen(language, blocks, rows, back=act.ShowPause())

    def _day(self, language: str, key: str, day: date, today: date) -> Button:
        label = self.voice.say(language, key, day=date_said(self.voice, language, day, today))
        return Button(label, act.PauseUntil(day))


def _quieted(plan: Plan, until: datetime) -> Plan:
    lasting = max(until, plan.quiet_until or until)
    return replace(plan, quiet_until=lasting, unanswered=0, next_due=None)


def _monday_after(today: date) -> date:
    return today + timedelta(days=8 - today.isoweekday())
