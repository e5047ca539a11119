"""Changing plans: one transaction, the next moment worked out anew, what rests is not sent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.core.breaks import Rhythm
from bot.core.newest import PREFERENCES
from bot.core.plans import Awaiting, Kind, Plan, Question, Subscriber
from bot.core.preferences import Preferences
from bot.core.rings import replanned, returned
from bot.core.schedule import local_date, ring_on, zone_or_utc
from bot.flows.visit import Visit
from bot.ports import Change, Store

FIRST_PLANS = {
    Kind.MORNING: Plan(Kind.MORNING, time(8), on=False),
    Kind.BREAK: Plan(Kind.BREAK, time(0), on=False, rhythm=Rhythm()),
}
"""What a plan is before anything was chosen."""

QUESTION_LIFE = timedelta(minutes=15)

Edit = Callable[[Plan], Plan]


class NotSetUpError(Exception):
    """Something has to come first, consent or the zone; the reception leads there."""


def plan_of(subscriber: Subscriber, kind: Kind) -> Plan:
    """Return the subscriber's plan of this kind, or the one they would begin with."""
    return subscriber.plans.get(kind, FIRST_PLANS[kind])


def asked(subscriber: Subscriber, question: Question | None, now: datetime) -> Subscriber:
    """Return the subscriber with this question open; its answer is taken for 15 minutes."""
    awaiting = Awaiting(question, now + QUESTION_LIFE) if question else None
    return replace(subscriber, awaiting=awaiting)


async def move_along(change: Change, subscriber: Subscriber, now: datetime) -> None:
    """Let a morning reminder that is due, but still here, ring at its plan's time of today.

    To be called when that time or its zone was changed. Where the time is past, it goes at once.
    """
    plan = plan_of(subscriber, Kind.MORNING)
    if plan.rang_on is None:
        return
    moment = ring_on(plan.rang_on, plan.at, zone_or_utc(subscriber.zone))
    if moment is not None and moment > now:
        await change.move_pending(Kind.MORNING, plan.rang_on, moment)


@dataclass(frozen=True, slots=True)
class Planning:
    """Edits the plans of one chat."""

    store: Store

    async def edit(
        self, visit: Visit, edit: Edit, kinds: Iterable[Kind] | None = None, *, heeding: int = 0
    ) -> Subscriber | None:
        """Write the edited plans (None: all there are); who sets one is here, also after a block.

        An edit that shall forget a moment already due sets ``next_due`` to None. Returns the
        subscriber as they now are; None where consent or the zone is missing. ``heeding`` is
        the occurrence under which it was wanted; 0: none.
        """
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None or change.subscriber.zone is None:
                return None
            if heeding:
                await change.heed(heeding)
            here = returned(change.subscriber)
            edited = {kind: edit(plan_of(here, kind)) for kind in kinds or here.reminders}
            after = replace(here, plans={**here.plans, **edited}, awaiting=None)
            # also where nothing changes: what was set before this, and comes later, must not
            is_news = after != change.subscriber
            await change.save(replanned(after, visit.now) if is_news else after, edited)
            after = change.subscriber  # a newer update may have had it otherwise
            if plan_of(after, Kind.MORNING).at != plan_of(here, Kind.MORNING).at:
                await move_along(change, after, visit.now)
            today = local_date(visit.now, zone_or_utc(after.zone))
            for kind in edited:
                plan = plan_of(after, kind)
                if not plan.on or (plan.pause is not None and plan.pause.covers(today)):
                    await change.cancel_pending(kind)
                elif plan.quiet_until and plan.quiet_until != plan_of(here, kind).quiet_until:
                    # also what "later" had put off into a spell that begins now
                    await change.cancel_pending(kind, plan.quiet_until)
            return change.subscriber

    async def prefer(
        self, visit: Visit, edit: Callable[[Preferences], Preferences]
    ) -> Subscriber | None:
        """Write what suits the person; returns them as they now are, None without consent."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None:
                return None
            preferences = edit(change.subscriber.preferences)
            await change.save(replace(change.subscriber, preferences=preferences), (PREFERENCES,))
            return change.subscriber

    async def ask(
        self, visit: Visit, question: Question | None, *, heeding: int = 0
    ) -> Subscriber | None:
        """Open a question (None closes the open one); returns as `edit` does.

        ``heeding`` is the occurrence under which it was asked; 0: none.
        """
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None or change.subscriber.zone is None:
                return None
            if heeding:
                await change.heed(heeding)
            if question is not None or change.subscriber.awaiting is not None:
                await change.save(asked(change.subscriber, question, visit.now))
            return change.subscriber
