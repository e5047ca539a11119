"""Answering a reminder: start, done, a short version, later, or not this time."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta

from bot.core import actions as act
from bot.core.exercises import quiet_routine, routine_of
from bot.core.plans import MOST_COPIES, Answer, Rung, Subscriber
from bot.core.screens import Screen
from bot.core.text import Text
from bot.flows.browse import Browse
from bot.flows.reminder import answers, rung_again
from bot.flows.train import Train
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.week import Week
from bot.flows.wording import zone_of
from bot.ports import Change, Store

ANSWERED = (Answer.DONE, Answer.SKIPPED)


@dataclass(frozen=True, slots=True)
class Practise:
    """Records the first answer to a reminder; tapping again only shows what is so."""

    voice: Voice
    store: Store
    browse: Browse
    train: Train
    week: Week

    def routes(self) -> Routes:
        """Return the actions answered here."""
        exercise: Routes = {
            act.Start: self.start,
            act.Short: self.short,
            act.Quiet: self.quiet,
            act.Later: self.later,  # it could not ring
        }
        return {
            **self.train.fitting(exercise),
            act.ShowRing: self.ring,
            act.Done: self.done,
            act.Skip: self.skip,
        }

    async def ring(self, visit: Visit, action: act.ShowRing) -> Screen:
        """Show the reminder again, with all that can be said to it."""
        rung, subscriber = await self._heed(visit, action.occurrence)
        if rung is None or subscriber is None:
            return self._stale(visit)
        return rung_again(self.voice, visit.language, rung, subscriber, action.occurrence)

    async def start(self, visit: Visit, action: act.Start) -> Screen:
        """Show the first card of this reminder's routine."""
        return await self._routine(visit, action.occurrence)

    async def short(self, visit: Visit, action: act.Short) -> Screen:
        """Show the half minute that stands for this reminder's routine."""
        return await self._routine(visit, action.occurrence, short=True)

    async def quiet(self, visit: Visit, action: act.Quiet) -> Screen:
        """Show the routine that nobody notices, in place of this reminder's."""
        return await self._routine(visit, action.occurrence, quiet=True)

    async def done(self, visit: Visit, action: act.Done) -> Screen:
        """Record that it was done, praise it, and count the days in a row."""
        async with self._change(visit) as change:
            if not await change.answer(action.occurrence, Answer.DONE):
                return self._stale(visit)
            subscriber = change.subscriber
        row = await self.week.in_a_row(visit, subscriber)
        return self._closed(visit, (*self.voice.tell(visit.language, "reminder-done"), *row))

    async def skip(self, visit: Visit, action: act.Skip) -> Screen:
        """Record that this one is let go."""
        async with self._change(visit) as change:
            if not await change.answer(action.occurrence, Answer.SKIPPED):
                return self._stale(visit)
        return self._closed(visit, self.voice.tell(visit.language, "reminder-skipped"))

    async def later(self, visit: Visit, action: act.Later) -> Screen:
        """Ring once more, some minutes from now; three times at most, the plan stays."""
        at = visit.now + timedelta(minutes=action.minutes)
        async with self._change(visit) as change:
            subscriber, rung = change.subscriber, await change.heed(action.occurrence)
            if subscriber is None or rung is None:
                return self._stale(visit)
            if rung.answer in ANSWERED:
                return self._closed(visit, self.voice.tell(visit.language, "reminder-answered"))
            if not await change.again(action.occurrence, at):
                if rung.copies < MOST_COPIES:  # the newer message of it can still put it off
                    return self._closed(visit, self.voice.tell(visit.language, "reminder-answered"))
                return self._used_up(visit, action.occurrence)
            await change.answer(action.occurrence, Answer.LATER)
        time = f"{at.astimezone(zone_of(subscriber)):%H:%M}"
        return self._closed(visit, self.voice.tell(visit.language, "reminder-later", time=time))

    async def _routine(
        self, visit: Visit, occurrence: int, *, short: bool = False, quiet: bool = False
    ) -> Screen:
        rung, subscriber = await self._heed(visit, occurrence)
        if rung is None or subscriber is None:
            return self._stale(visit)
        exercises, chosen = self.voice.content.exercises, subscriber.preferences
        routine = (
            quiet_routine(exercises)
            if quiet
            else routine_of(exercises, rung.kind, rung.turn, chosen)
        )
        return self.train.opened(visit, subscriber, routine, occurrence, short=short)

    async def _heed(self, visit: Visit, occurrence: int) -> tuple[Rung | None, Subscriber | None]:
        async with self._change(visit) as change:
            return await change.heed(occurrence), change.subscriber

    def _change(self, visit: Visit) -> AbstractAsyncContextManager[Change]:
        return self.store.change(visit.chat, visit.update_id, visit.now)

    def _used_up(self, visit: Visit, occurrence: int) -> Screen:
        rows = answers(self.voice, visit.language, occurrence, later=False)
        return Screen(self.voice.tell(visit.language, "later-used-up"), rows, visit.language)

    def _closed(self, visit: Visit, blocks: tuple[Text, ...]) -> Screen:
        rows = [(self.voice.button(visit.language, "menu.week", act.ShowWeek()),)]
        return self.voice.screen(visit.language, blocks, rows)

    def _stale(self, visit: Visit) -> Screen:
        return self.browse.menu(visit.language, self.voice.tell(visit.language, "stale"))
