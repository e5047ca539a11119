"""No more is paid for than the operator allows, and nothing that passes free in time."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.paid import Backlog, affordable, enough, excess, wanted

RATE = 29.0
AT_ONCE = timedelta()


def backlog(waiting: int, late: float = 0, taken: int = 100, spent: int = 0) -> Backlog:
    return Backlog(taken, waiting, timedelta(seconds=late), spent)


@pytest.mark.parametrize(
    ("waiting", "late", "beyond"),
    [(1740, 0, 0), (1741, 0, 1), (10_000, 0, 8260), (870, 30, 0), (871, 30, 1), (5, 61, 5)],
)
def test_what_a_minute_does_not_carry_is_beyond_it(waiting: int, late: float, beyond: int) -> None:
    assert excess(backlog(waiting, late), RATE) == beyond


def test_while_all_would_pass_free_in_time_nothing_is_paid_for() -> None:
    assert wanted(backlog(1740), RATE, room=0) == 0


def test_as_many_pass_free_as_there_is_room_for() -> None:
    assert wanted(backlog(10_000), RATE, room=5) == 95
    assert wanted(backlog(10_000, taken=3), RATE, room=5) == 0


def test_what_passes_free_at_once_is_not_among_those_that_would_be_late() -> None:
    assert wanted(backlog(1745), RATE, room=5) == 0
    assert wanted(backlog(1746), RATE, room=5) == 1


def test_only_as_many_are_paid_for_as_are_too_many() -> None:
    assert wanted(backlog(1750), RATE, room=0) == 10


@pytest.mark.parametrize(("spent", "left"), [(0, 1000), (970, 30), (1000, 0), (1200, 0)])
def test_no_more_can_be_afforded_than_the_budget_has_left(spent: int, left: int) -> None:
    assert affordable(backlog(10_000, spent=spent), budget=1000) == left


@given(
    waiting=st.integers(1, 100_000),
    late=st.floats(0, 100),
    taken=st.integers(1, 256),
    room=st.integers(0, 5),
)
def test_counting_so_far_is_enough_to_decide(
    waiting: int, late: float, taken: int, room: int
) -> None:
    whole = backlog(waiting, late, taken)
    counted = backlog(min(waiting, enough(RATE, taken)), late, taken)

    assert wanted(counted, RATE, room) == wanted(whole, RATE, room)
