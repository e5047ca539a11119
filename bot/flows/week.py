"""My week in words: what was done, put off, let go, and what got no answer; never a reproach."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.core import actions as act
from bot.core.plans import Subscriber
from bot.core.preferences import OWN_DAYS_KEPT
from bot.core.schedule import DAY
from bot.core.screens import Screen
from bot.core.streaks import DAYS_SHOWN, Day, day_of, streak, total
from bot.core.text import Text, heading
from bot.errors import StoreUnavailableError
from bot.flows.planning import NotSetUpError, Planning
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import zone_of

REMEMBERED = timedelta(days=OWN_DAYS_KEPT)
SHORTEST_STREAK = 2
TALLIES = ("done", "later", "skipped", "unanswered")


@dataclass(frozen=True, slots=True)
class Week:
    """Tells what became of the reminders, and how many days stand in a row."""

    voice: Voice
    planning: Planning

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {act.ShowWeek: self.show, act.SetStreaks: self.streaks}

    async def show(self, visit: Visit, _action: object = None) -> Screen:
        """Show the last seven days."""
        return await self._drawn(visit, await self.planning.store.look(visit.chat))

    async def streaks(self, visit: Visit, action: act.SetStreaks) -> Screen:
        """Mention days in a row, or never again."""
        edited = await self.planning.prefer(
            visit, lambda old: replace(old, hide_streaks=not action.on)
        )
        return await self._drawn(visit, edited)

    async def in_a_row(self, visit: Visit, subscriber: Subscriber | None) -> tuple[Text, ...]:
        """Return the line about days in a row; nothing if hidden, short, or out of reach."""
        if subscriber is None or subscriber.preferences.hide_streaks:
            return ()
        days: Sequence[Day] = ()
        with suppress(StoreUnavailableError):  # what was done is written; praise can do without
            days = await self._days(visit, subscriber)
        return self._row(visit, subscriber, days)

    async def _drawn(self, visit: Visit, subscriber: Subscriber | None) -> Screen:
        if subscriber is None:
            raise NotSetUpError
        language = visit.language
        days = await self._days(visit, subscriber)
        first = self._today(visit, subscriber) - (DAYS_SHOWN - 1) * DAY
        sums = total(days, first)
        own = sum(day >= first for day in subscriber.preferences.own_days)
        counts = {name: getattr(sums, name) for name in TALLIES} | {"own": own}
        lines = [
            self.voice.count(language, f"week.{name}", count)
            for name, count in counts.items()
            if count
        ]
        blocks = [heading(self.voice.say(language, "week.title"))]
        blocks.append(Text("\n".join(lines)) if lines else self.voice.line(language, "week.empty"))
        hidden = subscriber.preferences.hide_streaks
        if not hidden:
            blocks += self._row(visit, subscriber, days)
        key = "week.show-streaks" if hidden else "week.hide-streaks"
        rows = [(self.voice.button(language, key, act.SetStreaks(on=hidden)),)]
        return self.voice.screen(
            language, blocks, rows, back=act.ShowReminders(), here=act.ShowWeek()
        )

    async def _days(self, visit: Visit, subscriber: Subscriber) -> list[Day]:
        since = self._today(visit, subscriber) - REMEMBERED
        return await self.planning.store.days(visit.chat, since)

    def _row(self, visit: Visit, subscriber: Subscriber, days: Sequence[Day]) -> tuple[Text, ...]:
        own = subscriber.preferences.own_days
        count = streak(days, own, self._today(visit, subscriber))
        if count < SHORTEST_STREAK:
            return ()
        return (Text(self.voice.count(visit.language, "week.streak", count)),)

    def _today(self, visit: Visit, subscriber: Subscriber) -> date:
        return day_of(visit.now, zone_of(subscriber))
