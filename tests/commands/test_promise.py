"""What the demo tells its page of the delivery promise."""

from datetime import UTC, datetime

from bot.commands.promise import occurrence_of, promise_of
from bot.core import actions as act
from bot.core.figures import Figures
from bot.core.plans import State
from bot.telegram.callbacks import encode


def test_all_reminders_are_told_by_their_ends_and_what_is_pending() -> None:
    figures = Figures(
        made=9,
        ended={State.SENT: 4, State.STALE: 1},
        pending={State.DUE: 1, State.SENDING: 2},
        oldest_due=datetime(2026, 11, 24, tzinfo=UTC),
        subscribers=1,
        plans={},
        referrals={},
        size=0,
    )

    assert promise_of(figures) == {
        "due": 9,
        "sent": 4,
        "stale": 1,
        "undeliverable": 0,
        "cancelled": 0,
        "unknown": 0,
        "pending": 3,
        "difference": 1,
    }


def test_a_reminder_is_known_by_the_buttons_that_only_reminders_have() -> None:
    assert occurrence_of(encode(act.Skip(7), "en")) == 7
    assert occurrence_of(encode(act.FewerBreaks(8), "ru")) == 8
    assert occurrence_of(encode(act.Done(7), "en")) is None
    assert occurrence_of("anything") is None
