"""Who pays keeps to the budget, says once that it is used up, and rests after a refusal."""

from datetime import timedelta

import pytest

from bot.core.load import Capacity
from bot.core.paid import Backlog
from bot.flows.paid import RESTS, Paid, payer_of
from tests.fakes import MORNING

DAY = timedelta(days=1)


def backlog(spent: int = 0, waiting: int = 10_000) -> Backlog:
    return Backlog(50, waiting, timedelta(), spent)


def payer(budget: int = 100, room: int = 0) -> Paid:
    return Paid(budget, 29.0, lambda: room)


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [getattr(record, "event", "") for record in caplog.records]


def test_without_a_budget_there_is_nobody_who_pays() -> None:
    assert payer_of(Capacity(29.0), lambda: 0) is None
    assert payer_of(Capacity(29.0, paid=1), lambda: 0) is not None


def test_what_has_room_to_pass_free_is_not_paid_for() -> None:
    assert payer(room=4).share(backlog(), MORNING) == 46


def test_at_the_end_of_the_budget_one_line_a_date_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    paid = payer()
    assert paid.share(backlog(spent=90), MORNING) == 10
    assert paid.share(backlog(spent=100), MORNING) == 0
    assert events(caplog) == ["paid.used_up"]

    paid.share(backlog(spent=100), MORNING + DAY)
    assert events(caplog) == ["paid.used_up"] * 2


def test_a_budget_that_just_sufficed_is_not_told_of(caplog: pytest.LogCaptureFixture) -> None:
    assert payer(50).share(backlog(), MORNING) == 50
    assert payer(50).share(backlog(spent=50, waiting=20), MORNING) == 0

    assert events(caplog) == []


def test_after_a_refusal_nothing_is_paid_for_in_the_next_hour(
    caplog: pytest.LogCaptureFixture,
) -> None:
    paid = payer()
    paid.refused(MORNING)

    assert paid.share(backlog(), MORNING + RESTS / 2) == 0
    assert paid.share(backlog(), MORNING + RESTS) == 50
    assert events(caplog) == ["paid.refused"]
