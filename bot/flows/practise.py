"""Answering a reminder: done, later, or not this time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import actions as act
from bot.core.plans import Answer, Subscriber
from bot.core.screens import Button, Screen
from bot.flows.browse import EXERCISE_ENTRY, Browse
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Store

LATER_MINUTES = (10, 30)


def answers(voice: Voice, language: str, occurrence: int) -> list[tuple[Button, ...]]:
    """Return what can be said to a reminder."""
    button = voice.button
    later = tuple(
        Button(
            voice.say(language, "reminder.later", minutes=str(minutes)),
            act.Later(occurrence, minutes),
        )
        for minutes in LATER_MINUTES
    )
    return [
        (button(language, "reminder.done", act.Done(occurrence), "success"),),
        later,
        (button(language, "reminder.skip", act.Skip(occurrence)),),
    ]


@dataclass(frozen=True, slots=True)
class Practise:
    """Records the first answer to a reminder; tapping again only shows what is so."""

    voice: Voice
    store: Store
    browse: Browse

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.Start: self.start,
            act.Done: self.done,
            act.Later: self.later,
            act.Skip: self.skip,
        }

    async def start(self, visit: Visit, action: act.Start) -> Screen:
        """Show what to do; the reminder can still be answered below it."""
        entry = self.voice.content.entries[EXERCISE_ENTRY]
        blocks = self.browse.blocks(entry, visit.language)
        rows = answers(self.voice, visit.language, action.occurrence)
        return self.voice.screen(visit.language, blocks, rows)

    async def done(self, visit: Visit, action: act.Done) -> Screen:
        """Record that the exercise was done."""
        return await self._record(visit, action.occurrence, Answer.DONE, "reminder-done")

    async def skip(self, visit: Visit, action: act.Skip) -> Screen:
        """Record that this one is let go."""
        return await self._record(visit, action.occurrence, Answer.SKIPPED, "reminder-skipped")

    async def later(self, visit: Visit, action: act.Later) -> Screen:
        """Ring once more, some minutes from now."""
        at = visit.now + timedelta(minutes=action.minutes)
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            subscriber = change.subscriber
            if subscriber is None or not await change.again(action.occurrence, at):
                return self._stale(visit)
            await change.answer(action.occurrence, Answer.LATER)
        return self._closed(visit, "reminder-later", time=_clock(at, subscriber))

    async def _record(self, visit: Visit, occurrence: int, answer: Answer, text: str) -> Screen:
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if not await change.answer(occurrence, answer):
                return self._stale(visit)
        return self._closed(visit, text)

    def _closed(self, visit: Visit, text: str, **values: str) -> Screen:
        blocks = self.voice.tell(visit.language, text, **values)
        return self.voice.screen(visit.language, blocks)

    def _stale(self, visit: Visit) -> Screen:
        return self.browse.menu(visit.language, self.voice.tell(visit.language, "stale"))


def _clock(at: datetime, subscriber: Subscriber) -> str:
    return f"{at.astimezone(ZoneInfo(subscriber.zone or 'UTC')):%H:%M}"
