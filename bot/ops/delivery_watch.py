"""What became of reminders since the start of the process; keeps bot.ports.Onlooker."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

from bot.core.plans import REMINDERS, Fate, Kind
from bot.ops.exposition import Sample, Samples
from bot.ops.histogram import Histogram
from bot.ops.recent import Recent

# the last two are the bounds of what is sent at all, see GRACE in bot/core/delivery.py
LATE_SECONDS = (1, 5, 15, 60, 300, 900, 3600, 7200)

SHARES = (0.5, 0.9, 0.99)


class DeliveryWatch:
    """Counts tries by kind and fate, and how late those were that arrived.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._tries: Counter[tuple[Kind, Fate]] = Counter()
        self._late = Histogram(LATE_SECONDS, "kind", REMINDERS)
        self._recent = {kind: Recent(clock) for kind in REMINDERS}

    def tried(self, kind: Kind, fate: Fate, late: timedelta) -> None:
        """Note one try; see bot.ports.Onlooker."""
        if kind not in REMINDERS:
            return  # a number that moves with one person's check-in would tell of them
        self._tries[kind, fate] += 1
        if fate is Fate.SENT:
            seconds = max(late.total_seconds(), 0.0)  # a clock may step back
            self._late.observe(kind, seconds)
            self._recent[kind].note(seconds)

    def samples(self) -> Samples:
        """Return tries and lateness; a fate that did not occur yet is shown as 0."""
        tries = [
            Sample(self._tries[kind, fate], {"kind": kind, "fate": fate})
            for kind in REMINDERS
            for fate in Fate
        ]
        return {
            "unknot_reminder_tries_total": tries,
            "unknot_reminder_lateness_seconds": self._late.samples(),
            "unknot_reminder_recent_lateness_seconds": list(self._percentiles()),
        }

    def _percentiles(self) -> Iterator[Sample]:
        for kind, recent in self._recent.items():
            values = recent.percentiles(SHARES)
            for share, seconds in zip(SHARES, values, strict=False):
                yield Sample(round(seconds, 2), {"kind": kind, "quantile": f"{share:g}"})
