"""Every film: feet that carry do not slide, joints bend as joints do, nothing goes through anything."""

from itertools import pairwise

import pytest

from bot.film.geometry import apart
from bot.film.props import EDGE, seat_top
from bot.film.side import FOREARM, SHIN, THIGH, UPPER_ARM
from tests.film.measure import (
    NAMES,
    bend,
    bodies,
    exercises,
    inside,
    leaps,
    lowest,
    on_floor,
    planted,
    scene,
    seen_from,
    spread,
    turns,
)

SIDE = seen_from("side")
ASIDE_ELBOWS = {"chest-opener", "pelvic-tilt"}  # hands behind the head: they point to the viewer
SEATED = [name for name in SIDE if {"chair", "chair-edge"} & set(scene(name).script.props)]
BONES = [("hip", "knee0"), ("knee0", "ankle0"), ("hip", "knee1"), ("knee1", "ankle1")]


def test_every_exercise_has_a_film_that_can_be_drawn() -> None:
    assert [name for name in NAMES if exercises()[name].script is None] == []


@pytest.mark.parametrize("name", SIDE)
def test_planted_hands_and_feet_move_less_than_a_hundredth_of_the_height(name: str) -> None:
    floor = on_floor(name)
    for other, pictures in enumerate(turns(name)):
        for joint in planted(name, other):
            assert spread([floor[number][joint] for number in pictures]) < 1, joint


@pytest.mark.parametrize("name", ["march", "short-walk", "side-step"])
def test_the_foot_that_carries_a_step_does_not_slide(name: str) -> None:
    film, floor = scene(name), on_floor(name)
    feet = {"near": "0", "left": "0", "far": "1", "right": "1"}
    for number, frame in enumerate(film.script.frames):
        seconds = [n for n in range(film.frames) if film.line.at(n / film.fps).key == number]
        ball = f"ball{feet[frame.stands_on]}"
        assert max(abs(floor[n][ball][0] - floor[seconds[0]][ball][0]) for n in seconds) < 0.1


def test_a_walk_leads_on_and_a_step_to_the_side_leads_back() -> None:
    assert scene("short-walk").ground.travelled > 40
    assert abs(scene("side-step").ground.travelled) < 1e-6


@pytest.mark.parametrize("name", SIDE)
def test_the_lowest_point_of_the_body_is_on_the_floor(name: str) -> None:
    heights = [lowest(body) for body in bodies(name)]
    assert min(heights) > -0.4
    assert max(heights) < 0.4


@pytest.mark.parametrize("name", SIDE)
def test_knees_and_elbows_never_bend_the_wrong_way(name: str) -> None:
    for body in bodies(name):
        for side in "01":
            assert -1 < -bend(body, "hip", f"knee{side}", f"ankle{side}") < 151
            assert -1 < bend(body, f"shoulder{side}", f"elbow{side}", f"wrist{side}") < 151


@pytest.mark.parametrize("name", SIDE)
def test_bones_keep_their_length(name: str) -> None:
    arms = (
        ()
        if name in ASIDE_ELBOWS
        else (("shoulder", "elbow", UPPER_ARM), ("elbow", "wrist", FOREARM))
    )
    for body in bodies(name):
        for side in "01":
            assert apart(body["hip"], body[f"knee{side}"]) == pytest.approx(THIGH, abs=0.1)
            assert apart(body[f"knee{side}"], body[f"ankle{side}"]) == pytest.approx(SHIN, abs=0.1)
            for root, end, length in arms:
                got = apart(body[f"{root}{side}"], body[f"{end}{side}"])
                assert got == pytest.approx(length, abs=0.1)


@pytest.mark.parametrize("name", SEATED)
def test_no_leg_goes_through_the_seat(name: str) -> None:
    first = scene(name).first
    back = EDGE if "chair-edge" in scene(name).script.props else 0
    x, seat = first["hip"][0] - back, seat_top(first)
    box = (x - 8.8, x + 10.2, seat - 2.6, seat)
    for body in bodies(name):
        assert not any(inside(body, root, end, box) for root, end in BONES)


@pytest.mark.parametrize("name", NAMES)
def test_the_head_stays_on_its_neck(name: str) -> None:
    assert all(9.5 < apart(body["chest"], body["skull"]) < 12.5 for body in bodies(name))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_jumps_and_the_last_picture_leads_to_the_first(name: str) -> None:
    # a swinging foot is the fastest thing there is: less than a foot's length a picture
    assert leaps(name) < 6.5


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_figure_stays_in_the_picture(name: str) -> None:
    film = scene(name)
    for body in bodies(name):
        for joint, (x, y) in body.items():
            if film.script.close and y < body["hip"][1]:
                continue
            right, down = film.shift[0] + x * film.scale, film.shift[1] - y * film.scale
            assert 4 < right < 476, joint
            assert 4 < down < 476, joint


@pytest.mark.parametrize("name", NAMES)
def test_a_film_shows_a_movement_in_more_than_ten_pictures(name: str) -> None:
    moved = max(
        apart(before[joint], after[joint])
        for before, after in pairwise([*bodies(name)[::5], bodies(name)[0]])
        for joint in before
    )
    still = {"far-look", "hand-open-close", "neck-turn"}  # a turned head, opened hands: in the face
    assert moved > 0.2 or name in still
    pictures = set(scene(name).pictures())
    assert len(pictures) > 10
