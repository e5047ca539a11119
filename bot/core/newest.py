"""Of two updates that set the same thing the newer wins, whichever is handled first. Pure.

Their numbers tell which is newer: they grow with the moments at which people wrote and tapped, and a
tap has no date of its own. Only after a week without any does Telegram go on with another number.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.plans import REMINDERS, Kind, Plan, Subscriber
from bot.core.rings import replanned, returned

LANGUAGE, ZONE, PREFERENCES = "language", "zone", "preferences"
KEPT = timedelta(days=2)  # as long as Telegram may repeat an update, and less than that week


def newest(
    before: Subscriber | None,
    after: Subscriber,
    sets: Collection[str],
    update: int | None,
    now: datetime,
) -> Subscriber:
    """Return ``after`` without what a newer update than this one has set, and who set what.

    ``before`` is what is kept now, of which ``after`` was made; None: nothing. ``sets`` names what
    the update is about, changed or not: the three above, or a kind of reminder.
    """
    if before is None or update is None:
        return after
    since = (now - KEPT).timestamp()
    stamps = {name: stamp for name, stamp in before.set_by.items() if stamp[1] >= since}
    outdated = {name for name in sets if name in stamps and stamps[name][0] > update}
    stamps |= {name: (update, int(now.timestamp())) for name in sets if name not in outdated}
    kept = _as_it_was(before, after, outdated, now) if outdated else after
    return replace(kept, set_by=stamps)


def _as_it_was(
    before: Subscriber, after: Subscriber, outdated: Collection[str], now: datetime
) -> Subscriber:
    suits = replace(before.preferences, own_days=after.preferences.own_days)
    kept = replace(
        after,
        language=before.language if LANGUAGE in outdated else after.language,
        zone=before.zone if ZONE in outdated else after.zone,
        preferences=suits if PREFERENCES in outdated else after.preferences,
        plans=_plans(before, after, outdated),
    )
    return replanned(kept, now)


def _plans(before: Subscriber, after: Subscriber, outdated: Collection[str]) -> dict[Kind, Plan]:
    """Return the plans with those that stay as they were; a move of the zone had moved all."""
    old = (before if after.stopped else returned(before)).plans
    stay = {kind for kind in REMINDERS if ZONE in outdated or kind in outdated}
    plans = {kind: plan for kind, plan in after.plans.items() if kind not in stay}
    return plans | {kind: plan for kind, plan in old.items() if kind in stay}
