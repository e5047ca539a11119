"""The referral: what a message that names an acute symptom gets, before anything else."""

import contextlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core import actions as act
from bot.core.places import place_of
from bot.core.referral import Occasion, occasion_of
from bot.core.screens import Button, Screen
from bot.core.text import Text, joined
from bot.core.triage.verdict import Verdict
from bot.errors import StoreUnavailableError
from bot.flows.glance import glance
from bot.flows.hold import Hold
from bot.flows.recent import Recent
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Store

DOCTOR = "when-to-see-a-doctor"


@dataclass(slots=True)
class Refer:
    """Makes the referral; whom it lets rest is kept in ``hold``, who just had one in ``recent``."""

    voice: Voice
    store: Store
    hold: Hold = field(init=False)
    recent: Recent = field(default_factory=Recent)

    def __post_init__(self) -> None:
        """Let the reminders rest in the same database."""
        self.hold = Hold(self.store)

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ShowReferralMore: self.more,
            act.AllRight: self.all_right,
            act.Unwell: self.unwell,
        }

    async def __call__(
        self, chat: int, verdict: Verdict, *, late: bool = False, short: bool = False
    ) -> Screen:
        """Return the referral for ``chat``; the database has 0.2 s to name the country.

        The rest as in `screen`.
        """
        subscriber = await glance(self.store, chat)
        zone = subscriber.zone if subscriber else None
        return self.screen(occasion_of(verdict), verdict.language, zone, late=late, short=short)

    def screen(
        self,
        occasion: Occasion,
        language: str,
        zone: str | None = None,
        *,
        late: bool = False,
        short: bool = False,
    ) -> Screen:
        """Return the referral in the language of the rule that fired.

        ``late`` says that the message waited while the bot was away, ``short`` that the steps
        stand in the chat already (see `bot.flows.recent`).
        """
        body = self.voice.tell(language, "referral-late") if late else ()
        body += self._opening(occasion, language, zone)
        if short:
            body += self.voice.tell(language, f"{occasion.steps}-short", zone=zone)
        else:
            body += self._steps(occasion, language, zone)
        return Screen(body, self._rows(occasion, language), language, urgent=True)

    async def unwell(self, visit: Visit, _action: object = None) -> Screen:
        """Refer a person who says by a button that they feel unwell; reminders rest, too."""
        self.hold.hush(visit.chat, visit.now)
        await self.hold.rest(visit.chat, visit.now)
        screen = self.screen(Occasion.EMERGENCY, visit.language)
        # why they feel so is not asked, and after a check-in it was not kept: both lines are shown
        crisis = self.voice.tell(visit.language, "referral-crisis")
        return replace(screen, blocks=(*screen.blocks, *crisis))

    async def count(self, now: datetime) -> None:
        """Add one to the day's total, after a referral was sent; lost while the database is away."""
        with contextlib.suppress(StoreUnavailableError):
            await self.store.count_referral(now)

    async def more(self, visit: Visit, action: act.ShowReferralMore) -> Screen:
        """Show the whole referral: the call, the wait, what not to do."""
        language, occasion = visit.language, action.occasion
        body = self._opening(occasion, language, None)
        body += self.voice.tell(language, occasion.steps)
        body += self.voice.tell(language, f"{occasion.steps}-more")
        return Screen(body, self._rows(occasion, language, more=False), language)

    async def all_right(self, visit: Visit, _action: object = None) -> Screen:
        """End the hold: the person says that they are all right."""
        await self.hold.end(visit)
        self.recent.forget(visit.chat)
        blocks = self.voice.tell(visit.language, "all-right")
        return self.voice.screen(visit.language, blocks)

    def _opening(self, occasion: Occasion, language: str, zone: str | None) -> tuple[Text, ...]:
        return self.voice.tell(language, f"referral-first-{occasion}", zone=zone)

    def _steps(self, occasion: Occasion, language: str, zone: str | None) -> tuple[Text, ...]:
        tell = self.voice.tell
        *steps, last = tell(language, occasion.steps, zone=zone)
        rest = tell(language, "referral-rest") if occasion.rests else ()
        # one paragraph, so that the first line still stands on the screen of a phone
        closing = joined((last, *rest, *tell(language, "referral-after")), gap=" ")
        return (*steps, closing)

    def _rows(
        self, occasion: Occasion, language: str, *, more: bool = True
    ) -> tuple[tuple[Button, ...], ...]:
        button, whole = self.voice.button, act.ShowReferralMore(occasion)
        first = ((button(language, "referral.more", whole),),) if more else ()
        return (
            *first,
            *ways_to_help(self.voice, language, place_of(whole)),
            (button(language, "referral.continue", act.Continue()),),
        )


def ways_to_help(voice: Voice, language: str, came: str) -> tuple[tuple[Button, ...], ...]:
    """Return the danger signs, in a message of their own, and whom to see.

    ``came`` is the place that Back leads to from there; content about another subject need not
    have the answer.
    """
    danger = voice.button(language, "nav.danger", act.ShowDangerApart(), "danger")
    if DOCTOR not in voice.content.entries:
        return ((danger,),)
    doctor = act.ShowEntry(DOCTOR, came)
    return ((danger, voice.button(language, "referral.doctor", doctor)),)
