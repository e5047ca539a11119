"""What each part knows, as samples.

Nothing here tells of a person: no label names one, and what could point at one is left out. A
number that moves with a single referral would: two looks at it tell when it was. So what a referral
moves is what any answer moves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.core.figures import LEAST_TOLD, Figures
from bot.core.path_health import PathHealth
from bot.core.traffic import Traffic
from bot.ops.exposition import Sample, Samples
from bot.ops.histogram import Histogram

ANSWER, REMINDER = "answer", "reminder"
LANES = {"referral": ANSWER, ANSWER: ANSWER, REMINDER: REMINDER, "paid": REMINDER}
"""The lane that each lane of the pacer is told as."""
LANE_WAIT_SECONDS = (0.01, 0.1, 0.5, 1, 2, 5, 15, 60, 300)

ANSWERS = ("200", "400", "401", "408", "413", "503")
"""HTTP statuses of the webhook: handled, no update, secret wrong, too slow, too large, come again."""
ENDS = ("handled", "malformed", "expired", "dropped", "unnumbered", "passed", "flooded")


class LaneWaits:
    """How long calls waited in the pacer."""

    def __init__(self) -> None:
        self._histogram = Histogram(LANE_WAIT_SECONDS, "lane", (ANSWER, REMINDER))

    def note(self, lane: str, seconds: float) -> None:
        """Note that a call of this lane had its turn after so many seconds."""
        self._histogram.observe(LANES[lane], seconds)

    def samples(self) -> Samples:
        """Return the waits."""
        return {"unknot_lane_wait_seconds": self._histogram.samples()}


def of_figures(figures: Figures, now: datetime) -> Samples:
    """Return what the database says."""
    oldest = figures.oldest_due
    return {
        "unknot_database_size_bytes": [Sample(figures.size)],
        "unknot_oldest_due_seconds": [Sample((now - oldest).total_seconds() if oldest else 0)],
        "unknot_occurrences_pending": _by("state", figures.pending),
        "unknot_occurrences_made_total": [Sample(figures.made)],
        "unknot_occurrences_ended_total": _by("end", figures.ended),
        "unknot_conservation_difference": [Sample(figures.difference)],
        "unknot_subscribers": [Sample(n) for n in [figures.subscribers] if n >= LEAST_TOLD],
        "unknot_plans": _by("kind", _enough(figures.plans)),
        "unknot_paid_messages_total": [Sample(figures.paid)],
        "unknot_paid_messages_today": [Sample(figures.paid_today)],
        # the running day is not among them: its rise would tell of one person
        "unknot_referrals": _by("day", _enough(figures.referrals)),
    }


def of_traffic(traffic: Traffic) -> Samples:
    """Return what passes the pacer."""
    refused = {"chat": traffic.refused - traffic.refused_all, "all": traffic.refused_all}
    return {
        "unknot_lane_waiting": _by("lane", _lanes(traffic.waiting)),
        "unknot_lane_sends_total": _by("lane", _lanes(traffic.sent)),
        "unknot_too_many_requests_total": _by("closed", refused),
        "unknot_send_rate": [Sample(traffic.rate)],
        "unknot_chats_closed": [Sample(traffic.closed)],
        "unknot_all_closed": [Sample(traffic.all_closed)],
    }


def of_path(path: PathHealth) -> Samples:
    """Return whether reminders may go."""
    return {
        "unknot_breaker_open": [Sample(path.broken)],
        "unknot_path_proven": [Sample(path.proven)],
    }


def of_updates(
    counts: Mapping[str, int],
    open_for: Sequence[float],
    handled_ago: float | None,
    contact_ago: float | None,
) -> Samples:
    """Return what becomes of updates.

    Args:
        counts: By what became of them, and errors as "failed"; other counts are not told.
        open_for: Seconds for which each open update has been open.
        handled_ago: Seconds since one was handled; None: none was yet.
        contact_ago: Seconds since Telegram answered; None: it did not yet.
    """
    known = Counter(counts)
    return {
        "unknot_updates_total": _by("end", {end: known[end] for end in ENDS}),
        "unknot_update_errors_total": [Sample(known["failed"])],
        "unknot_open_updates": [Sample(len(open_for))],
        "unknot_oldest_open_update_seconds": [Sample(max(open_for, default=0.0))],
        "unknot_update_handled_age_seconds": _known(handled_ago),
        "unknot_telegram_contact_age_seconds": _known(contact_ago),
    }


def of_webhook(answers: Mapping[str, int]) -> Samples:
    """Return how what was posted to us was answered; nothing was, while we poll."""
    known = dict.fromkeys(ANSWERS, 0) | dict(answers)
    return {"unknot_webhook_answers_total": _by("status", known)}


def of_build(versions: Mapping[str, str], statuses: Iterable[str], started: datetime) -> Samples:
    """Return what runs (once all versions are known), since when, and what of it was reviewed."""
    return {
        "unknot_build_info": [Sample(1, versions)] if all(versions.values()) else [],
        "unknot_entries": _by("status", Counter(statuses)),
        "process_start_time_seconds": [Sample(started.timestamp())],
    }


def of_readiness(checks: Mapping[str, bool]) -> Samples:
    """Return what /readyz says."""
    return {"unknot_ready": _by("check", checks)}


def _by(label: str, numbers: Mapping[Any, float]) -> list[Sample]:
    return [Sample(n, {label: str(one)}) for one, n in numbers.items()]


def _lanes(numbers: Mapping[str, int]) -> Counter[str]:
    told = Counter({ANSWER: 0, REMINDER: 0})
    for lane, n in numbers.items():
        told[LANES[lane]] += n
    return told


def _enough(numbers: Mapping[Any, int]) -> dict[Any, int]:
    return {one: n for one, n in numbers.items() if n >= LEAST_TOLD}


def _known(seconds: float | None) -> list[Sample]:
    return [] if seconds is None else [Sample(seconds)]
