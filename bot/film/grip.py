"""Hands that rest on the body: on a knee, behind the head, on the other hand."""

from collections.abc import Callable, Mapping

from bot.film.geometry import Joints, Point, along, between, direction, minus, plus, reached
from bot.film.side import FOREARM, HAND, UPPER_ARM

Goal = tuple[Point, float]
"""Where the wrist goes, and which way the hand points."""

WIDE = 0.53
"""How much of an arm is seen from the side whose elbow points to the viewer."""


def gripping(joints: Joints, goal: str, shares: tuple[float, float]) -> Joints:
    """Return the joints with each hand brought as much of the way to its goal as its share says."""
    for side, share in enumerate(shares):
        if share > 0:
            _bring(joints, side, goal, share)
    return joints


def _bring(joints: Joints, side: int, goal: str, share: float) -> None:
    place, angle = _GOALS[goal](joints, side)
    wrist = joints[f"wrist{side}"]
    aim = between(wrist, place, share)
    seen = 1 - (1 - WIDE) * share if goal == "head" else 1.0
    elbow, got = reached(joints[f"shoulder{side}"], aim, UPPER_ARM * seen, FOREARM * seen, -1)
    free = plus(got, minus(joints[f"tip{side}"], wrist))
    held = along(got, HAND, angle)
    tip = along(got, HAND, direction(got, between(free, held, share)))
    joints |= {f"elbow{side}": elbow, f"wrist{side}": got, f"tip{side}": tip}


def _knee(joints: Joints, side: int) -> Goal:
    hip, knee = joints["hip"], joints[f"knee{side}"]
    thigh = direction(hip, knee)
    return along(between(hip, knee, 0.78), 5.2, thigh + 90), thigh - 12


def _thigh(joints: Joints, _side: int) -> Goal:
    """Behind the thigh that is drawn up."""
    hip = joints["hip"]
    knee = max(joints["knee0"], joints["knee1"], key=lambda point: point[1])
    thigh = direction(hip, knee)
    return along(between(hip, knee, 0.62), 5.0, thigh - 90), thigh + 60


def _hips(joints: Joints, _side: int) -> Goal:
    trunk = direction(joints["hip"], joints["waist"])
    return along(along(joints["hip"], 4.5, trunk), 4.6, trunk - 90), trunk - 150


def _back(joints: Joints, _side: int) -> Goal:
    trunk = direction(joints["hip"], joints["waist"])
    return along(along(joints["hip"], 5.5, trunk), 4.6, trunk + 90), trunk + 165


def _belly(joints: Joints, _side: int) -> Goal:
    trunk = direction(joints["hip"], joints["waist"])
    return along(along(joints["navel"], 2.2, trunk - 90), -1.5, trunk), trunk + 65


def _head(joints: Joints, _side: int) -> Goal:
    up = direction(joints["nape"], joints["skull"])
    return along(along(joints["skull"], 5.6, up + 90), -2.0, up), up + 4


def _hand(joints: Joints, side: int) -> Goal:
    wrist, tip = joints[f"wrist{1 - side}"], joints[f"tip{1 - side}"]
    return along(between(wrist, tip, 0.75), 3.0, direction(wrist, tip) + 90), 0.0


_GOALS: Mapping[str, Callable[[Joints, int], Goal]] = {
    "knee": _knee,
    "thigh": _thigh,
    "hips": _hips,
    "back": _back,
    "belly": _belly,
    "head": _head,
    "hand": _hand,
}
