"""No more is paid for than the operator allows, and nothing that passes free in time."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.paid import Backlog, enough, excess, share

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
    assert share(backlog(1740), budget=1000, rate=RATE, room=0) == 0


def test_as_many_pass_free_as_there_is_room_for() -> None:
    assert share(backlog(10_000), budget=1000, rate=RATE, room=5) == 95
    assert share(backlog(10_000, taken=3), budget=1000, rate=RATE, room=5) == 0


def test_the_budget_is_never_exceeded() -> None:
    assert share(backlog(10_000, spent=970), budget=1000, rate=RATE, room=0) == 30
    assert share(backlog(10_000, spent=1000), budget=1000, rate=RATE, room=0) == 0
    assert share(backlog(10_000, spent=1200), budget=1000, rate=RATE, room=0) == 0


def test_only_as_many_are_paid_for_as_are_too_many() -> None:
    assert share(backlog(1750), budget=1000, rate=RATE, room=0) == 10


@given(
    waiting=st.integers(1, 100_000),
    late=st.floats(0, 100),
    taken=st.integers(1, 256),
    spent=st.integers(0, 500),
    room=st.integers(0, 5),
)
def test_counting_so_far_is_enough_to_decide(
    waiting: int, late: float, taken: int, spent: int, room: int
) -> None:
    whole = backlog(waiting, late, taken, spent)
    counted = backlog(min(waiting, enough(RATE, taken)), late, taken, spent)

    assert share(counted, 300, RATE, room) == share(whole, 300, RATE, room)
