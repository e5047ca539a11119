"""The referral: what a message that names an acute symptom gets, before anything else."""

import contextlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.core import actions as act
from bot.core.content import REFERRAL
from bot.core.places import place_of
from bot.core.screens import Button, Screen
from bot.core.text import Text
from bot.core.triage.verdict import Urgency, Verdict
from bot.errors import StoreUnavailableError
from bot.flows.glance import glance
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Store

CHECK_IN = timedelta(days=1)
DISTRESS = "self_harm"
DOCTOR = "when-to-see-a-doctor"


@dataclass(slots=True)
class Refer:
    """Makes the referral and keeps reminders at rest after it.

    ``resting`` holds what could not be written yet, so that no reminder slips through meanwhile.
    """

    voice: Voice
    store: Store
    resting: dict[int, date] = field(default_factory=dict)

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowReferralMore: self.more,
            act.AllRight: self.all_right,
            act.Unwell: self.unwell,
        }

    async def __call__(self, chat: int, verdict: Verdict, *, late: bool = False) -> Screen:
        """Return the referral for ``chat``; the database has 0.2 s to name the country.

        ``late`` says that the message waited while the bot was away.
        """
        return self.screen(verdict, await self._zone(chat), late=late)

    def screen(self, verdict: Verdict, zone: str | None, *, late: bool = False) -> Screen:
        """Return the referral in the language of the rule that fired."""
        language = verdict.language
        body = self.voice.tell(language, "referral-late") if late else ()
        if is_distress(verdict):
            body += self.voice.tell(language, "distress", zone=zone)
        else:
            body += self._body(language, _first_line(verdict), zone)
            if verdict.urgency is not Urgency.NONE:
                body += self.voice.tell(language, "referral-after")
        return Screen(body, self._rows(language), language, urgent=True)

    async def unwell(self, visit: Visit, _action: object = None) -> Screen:
        """Refer a person who feels unwell in the middle of an exercise; reminders rest, too."""
        self.hush(visit.chat, visit.now)
        await self.rest(visit.chat, visit.now)
        language = visit.language
        body = self._body(language, "referral-first-emergency", None)
        body += self.voice.tell(language, "referral-after")
        return Screen(body, self._rows(language), language, urgent=True)

    def hush(self, chat: int, now: datetime) -> None:
        """Let this chat's reminders rest from now on, in memory: it needs no database."""
        self.resting[chat] = (now + CHECK_IN).date()

    async def rest(self, chat: int, now: datetime) -> None:
        """Write that this chat's reminders rest; it stays in memory while the database is away."""
        with contextlib.suppress(StoreUnavailableError):
            await self._write(chat, now)

    async def count(self, now: datetime) -> None:
        """Add one to the day's total, after a referral was sent; lost while the database is away."""
        with contextlib.suppress(StoreUnavailableError):
            await self.store.count_referral(now)

    async def holds(self, chat: int) -> bool:
        """Return whether this chat rests after a referral; False where that cannot be seen."""
        if chat in self.resting:
            return True
        subscriber = await glance(self.store, chat)
        return subscriber is not None and subscriber.hold is not None

    async def write_resting(self, now: datetime) -> None:
        """Write what waits in memory; to be called before any reminder is taken.

        Raises:
            StoreUnavailableError: the database is still out of reach; take nothing.
        """
        for chat in list(self.resting):
            await self._write(chat, now)

    async def more(self, visit: Visit, _action: object = None) -> Screen:
        """Show the whole referral: the call, the wait, what not to do."""
        language = visit.language
        body = self._body(language, "referral-first-emergency", None)
        more = self.voice.tell(language, "referral-more")
        return Screen((*body, *more), self._rows(language, more=False), language)

    async def all_right(self, visit: Visit, _action: object = None) -> Screen:
        """End the hold: the person says that they are all right."""
        self.resting.pop(visit.chat, None)
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is not None and change.subscriber.hold is not None:
                await change.save(replace(change.subscriber, hold=None))
        blocks = self.voice.tell(visit.language, "all-right")
        return self.voice.screen(visit.language, blocks)

    async def _zone(self, chat: int) -> str | None:
        # the referral waits a moment for the country's number, and no longer
        subscriber = await glance(self.store, chat)
        return subscriber.zone if subscriber else None

    async def _write(self, chat: int, now: datetime) -> None:
        # no update id: the message itself still takes its normal way under that id
        async with self.store.change(chat, None, now) as change:
            until = self.resting.get(chat)
            if change.subscriber is not None and until is not None:
                await change.save(replace(change.subscriber, hold=until))
        self.resting.pop(chat, None)

    def _body(self, language: str, first: str, zone: str | None) -> tuple[Text, ...]:
        opening = self.voice.tell(language, first, zone=zone)
        return (*opening, *self.voice.tell(language, REFERRAL, zone=zone))

    def _rows(self, language: str, *, more: bool = True) -> tuple[tuple[Button, ...], ...]:
        button = self.voice.button
        rows: list[tuple[Button, ...]] = []
        if more:
            rows.append((button(language, "referral.more", act.ShowReferralMore()),))
        if DOCTOR in self.voice.content.entries:  # content about another subject need not have it
            doctor = act.ShowEntry(DOCTOR, place_of(act.ShowReferralMore()))
            rows.append((button(language, "referral.doctor", doctor),))
        rows.append((button(language, "referral.all-right", act.AllRight()),))
        rows.append((button(language, "nav.danger", act.ShowDangerApart(), "danger"),))
        return tuple(rows)


def is_distress(verdict: Verdict) -> bool:
    """Return whether the message speaks of self-harm, which has words of its own."""
    return DISTRESS in verdict.categories


def _first_line(verdict: Verdict) -> str:
    if verdict.urgency is Urgency.NONE:
        return "referral-first-denied"
    if verdict.urgency is Urgency.PROMPT:
        return "referral-first-prompt"
    return "referral-first-emergency"
