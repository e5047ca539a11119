"""What became of reminders since the start of the process; keeps bot.ports.Onlooker."""

from collections import Counter
from datetime import timedelta

from bot.core.plans import REMINDERS, Fate, Kind
from bot.ops.exposition import Sample, Samples
from bot.ops.histogram import Histogram

# the last two are the bounds of what is sent at all, see GRACE in bot/core/delivery.py
LATE_SECONDS = (1, 5, 15, 60, 300, 900, 3600, 7200)


class DeliveryWatch:
    """Counts tries by kind and fate, and how late those were that arrived."""

    def __init__(self) -> None:
        self._tries: Counter[tuple[Kind, Fate]] = Counter()
        self._late = Histogram(LATE_SECONDS, "kind", REMINDERS)

    def tried(self, kind: Kind, fate: Fate, late: timedelta) -> None:
        """Note one try; see bot.ports.Onlooker."""
        if kind not in REMINDERS:
            return  # a number that moves with one person's check-in would tell of them
        self._tries[kind, fate] += 1
        if fate is Fate.SENT:
            self._late.observe(kind, max(late.total_seconds(), 0.0))  # a clock may step back

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
        }
