from datetime import timedelta

import pytest

from bot.core.plans import Fate, Kind
from bot.ops.delivery_watch import DeliveryWatch
from tests.ops.scraped import value
from tests.ops.shown import shown

LATE = "unknot_reminder_lateness_seconds"


def test_how_late_reminders_were_is_told_of_those_that_arrived() -> None:
    watch = DeliveryWatch()
    watch.tried(Kind.MORNING, Fate.SENT, timedelta(seconds=12))
    watch.tried(Kind.MORNING, Fate.NOT_SENT, timedelta(seconds=3000))
    text = shown(watch.samples())

    assert value(text, f"{LATE}_bucket", kind="morning", le="5") == 0
    assert value(text, f"{LATE}_bucket", kind="morning", le="15") == 1
    assert value(text, f"{LATE}_count", kind="morning") == 1
    assert value(text, f"{LATE}_count", kind="break") == 0
    assert value(text, f"{LATE}_sum", kind="morning") == 12


def test_percentiles_of_lateness_are_told_by_kind_from_five_reminders_on() -> None:
    watch = DeliveryWatch(lambda: 0.0)
    recent = "unknot_reminder_recent_lateness_seconds"
    for seconds in (1, 2, 4, 8):
        watch.tried(Kind.MORNING, Fate.SENT, timedelta(seconds=seconds))
    assert recent not in shown(watch.samples())

    watch.tried(Kind.MORNING, Fate.SENT, timedelta(seconds=160))
    text = shown(watch.samples())
    told = [value(text, recent, kind="morning", quantile=share) for share in ("0.5", "0.9", "0.99")]
    assert told == pytest.approx([4, 160, 160], rel=0.051)
    assert value(text, recent, kind="break", quantile="0.5") is None


def test_a_clock_that_steps_back_makes_no_reminder_early() -> None:
    watch = DeliveryWatch()
    watch.tried(Kind.BREAK, Fate.SENT, timedelta(seconds=-90))

    assert value(shown(watch.samples()), f"{LATE}_sum", kind="break") == 0


def test_doubts_are_counted_by_kind_and_shown_before_the_first() -> None:
    watch = DeliveryWatch()
    watch.tried(Kind.BREAK, Fate.IN_DOUBT, timedelta())
    text = shown(watch.samples())

    tries = "unknot_reminder_tries_total"
    assert value(text, tries, kind="break", fate="in-doubt") == 1
    assert value(text, tries, kind="morning", fate="in-doubt") == 0


def test_a_check_in_is_told_in_no_number_that_would_move_with_it() -> None:
    watch = DeliveryWatch()
    before = shown(watch.samples())
    watch.tried(Kind.CHECK_IN, Fate.SENT, timedelta())

    assert shown(watch.samples()) == before
    assert "check-in" not in before
