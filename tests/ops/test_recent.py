"""Percentiles of the last hour."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ops.recent import FEWEST, KEPT_SECONDS, Recent

SHARES = (0.5, 0.9, 0.99)


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def recent(values: list[float], clock: Hand | None = None) -> Recent:
    made = Recent(clock or Hand())
    for value in values:
        made.note(value)
    return made


@pytest.mark.parametrize("count", [0, FEWEST - 1])
def test_of_too_few_values_nothing_is_told(count: int) -> None:
    assert recent([7.0] * count).percentiles(SHARES) == ()


def test_percentiles_are_within_five_percent_of_the_values() -> None:
    values = [float(n) for n in range(1, 1001)]

    assert recent(values[::-1]).percentiles(SHARES) == pytest.approx((500, 900, 990), rel=0.051)


@given(st.lists(st.floats(0, 10_000), min_size=FEWEST, max_size=60))
def test_each_percentile_is_near_the_value_of_its_rank(values: list[float]) -> None:
    ranked = sorted(values)
    told = recent(values).percentiles((0.5, 1.0))

    for seconds, share in zip(told, (0.5, 1.0), strict=True):
        exact = ranked[math.ceil(share * len(ranked)) - 1]
        assert seconds == pytest.approx(exact, rel=0.051, abs=0.051)


def test_values_are_forgotten_after_an_hour_and_not_before() -> None:
    clock = Hand()
    made = recent([100.0] * 10, clock)
    clock.now = 1800.0
    for _ in range(10):
        made.note(1.0)
    clock.now = KEPT_SECONDS - 1
    assert made.percentiles((0.99,))[0] == pytest.approx(100, rel=0.051)

    clock.now = KEPT_SECONDS
    assert made.percentiles((0.99,))[0] == pytest.approx(1, rel=0.051)
    clock.now = 2 * KEPT_SECONDS
    assert made.percentiles((0.99,)) == ()


def test_a_million_values_take_no_more_room_than_their_sizes_and_minutes() -> None:
    clock = Hand()
    made = Recent(clock)
    for number in range(100_000):
        clock.now = number * 0.1
        made.note(number % 7200)

    held = sum(len(counts) for _, counts in made._slots)
    assert held <= 61 * 130
