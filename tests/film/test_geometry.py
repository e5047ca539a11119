"""Two bones that reach for a point."""

import pytest

from bot.film.canvas import capsule
from bot.film.geometry import apart, direction, reached


@pytest.mark.parametrize("bend", [1, -1])
def test_two_bones_reach_a_point_and_keep_their_length(bend: int) -> None:
    middle, end = reached((0, 0), (10, -30), 24, 24, bend)
    assert end == pytest.approx((10, -30))
    assert apart((0, 0), middle) == pytest.approx(24)
    assert apart(middle, end) == pytest.approx(24)


def test_the_middle_lies_on_the_side_that_is_asked_for() -> None:
    left, _ = reached((0, 0), (0, -30), 24, 24, 1)
    right, _ = reached((0, 0), (0, -30), 24, 24, -1)
    assert left[0] > 0 > right[0]


def test_what_is_out_of_reach_is_pointed_at() -> None:
    _, end = reached((0, 0), (100, 0), 24, 24, 1)
    assert 47 < end[0] < 48
    assert direction((0, 0), end) == 0


def test_what_is_too_near_is_approached_as_far_as_bones_fold() -> None:
    middle, end = reached((0, 0), (0.1, 0), 16, 14, 1)
    assert apart((0, 0), end) > 2
    assert apart((0, 0), middle) == pytest.approx(16)


def test_a_limb_that_is_all_within_its_own_end_is_a_disc() -> None:
    assert capsule((0, 0), (1, 0), 9, 2).startswith("M-9.0,0.0 a9.0")
    assert capsule((0, 0), (1, 0), 2, 9).startswith("M-8.0,0.0 a9.0")
