"""Key frames in time: eased, held, and round again."""

import pytest

from bot.film.pose import Pose, pose_of
from bot.film.timeline import REST, Key, Timeline, both_sides, eased

DOWN = Pose({"neck": (0.0, 0.0)})
UP = Pose({"neck": (30.0, 30.0)})


def test_a_round_lasts_its_moves_its_holds_and_a_rest_where_nothing_is_held() -> None:
    assert Timeline([Key(DOWN, 2), Key(UP, 2, hold=3)]).seconds == pytest.approx(7 + REST)


def test_a_flowing_round_rests_nowhere() -> None:
    assert Timeline([Key(DOWN, 2), Key(UP, 1)], flowing=True).seconds == 3


def test_the_film_begins_on_its_way_from_the_last_pose_to_the_first() -> None:
    line = Timeline([Key(DOWN, 2), Key(UP, 2, hold=3)])
    assert line.at(0).pose.one("neck") == 30
    assert line.at(1).pose.one("neck") == pytest.approx(15)
    assert line.at(2).pose.one("neck") == 0


def test_a_hold_is_counted_from_its_begin() -> None:
    line = Timeline([Key(DOWN, 2), Key(UP, 2, hold=3)])
    moment = line.at(line.begins(1) + 1.5)
    assert (moment.pose, moment.key) == (UP, 1)
    assert moment.held == pytest.approx(1.5)


def test_the_last_second_is_the_first_again() -> None:
    line = Timeline([Key(DOWN, 2), Key(UP, 2, hold=3)])
    assert line.at(line.seconds).pose == line.at(0).pose


def test_a_movement_starts_and_ends_gently() -> None:
    assert eased(0) == 0
    assert eased(0.05) < 0.01
    assert eased(0.5) == pytest.approx(0.5)
    assert eased(1) == 1


def test_a_flowing_movement_passes_through_each_pose_and_never_beyond() -> None:
    line = Timeline([Key(DOWN, 1), Key(UP, 1), Key(UP, 1), Key(DOWN, 1)], flowing=True)
    necks = [line.at(n / 50).pose.one("neck") for n in range(200)]
    assert line.at(2).pose.one("neck") == pytest.approx(30)
    assert min(necks) >= 0
    assert max(necks) == pytest.approx(30)


def test_a_flowing_movement_does_not_stop_on_its_way() -> None:
    half = Pose({"neck": (15.0, 15.0)})
    line = Timeline([Key(DOWN, 1), Key(half, 1), Key(UP, 1), Key(half, 1)], flowing=True)
    before, after = line.at(1.98).pose.one("neck"), line.at(2.02).pose.one("neck")
    assert after - before > 0.3


def test_the_other_side_does_the_same_with_the_other_limbs() -> None:
    pose = pose_of("side", "sit", {"knee": (40.0, 90.0)})
    first, second = both_sides([Key(pose, 1, stands_on=0)])
    assert (first.other, first.stands_on) == (False, 0)
    assert (second.other, second.stands_on) == (True, 1)
    assert second.pose["knee"] == (90.0, 40.0)


def test_from_the_front_the_other_side_is_a_mirror() -> None:
    pose = pose_of("front", "sit", {"head_turn": (60.0, 60.0), "abd": (165.0, 8.0)}).swapped()
    assert pose.one("head_turn") == -60
    assert pose["abd"] == (8.0, 165.0)
    assert both_sides([Key(pose, 1)])[1].stands_on is None
