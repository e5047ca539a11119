"""The figure seen from the front; the first value of a pair is the left of the picture."""

from math import cos, radians

from bot.film.pose import Pose
from bot.film.shapes import Head, Limb, Plate, Point, Shape, along
from bot.film.side import FOREARM, NECK, SHIN, THIGH, UPPER_ARM

LOWER, UPPER = 15.0, 16.0
SHOULDERS, HIPS = 10.0, 5.2
SEATED_THIGH = 7.0
HAND = 3.8
SIDES = ((0, -1), (1, 1))


def front_shapes(pose: Pose) -> list[Shape]:
    """Return the figure with the middle of its hips at (0, 0), what is farthest first."""
    lean = pose.one("trunk_side")
    turned = cos(radians(pose.one("trunk_turn")))
    up, across = 90 - lean, -lean
    chest = along((0.0, 0.0), LOWER + UPPER, up)
    waist = along((0.0, 0.0), LOWER - 2, 90 - lean * 0.7)
    shrug = pose.one("shrug")
    joints = tuple(
        along(along(along(chest, -2, up), side * (SHOULDERS - 0.8) * turned, across), shrug, up) for _, side in SIDES
    )
    head_up = up - pose.one("neck_side")
    nape = along(chest, NECK, head_up)
    skull = along(nape, 2.5, head_up)
    corners = (
        along(joints[0], 0.5, across), along(joints[1], -0.5, across),
        along(waist, 6.2 * turned, -lean * 0.7), (HIPS + 0.2, 1.5), (-HIPS - 0.2, 1.5),
        along(waist, -6.2 * turned, -lean * 0.7),
    )  # fmt: skip
    return [
        *(shape for index, side in SIDES for shape in _leg(pose, index, side)),
        Plate("pelvis", ((-HIPS + 0.3, 3), (HIPS - 0.3, 3), (HIPS - 0.3, -2), (-HIPS + 0.3, -2)), 3.4, "legs"),
        Limb("neck", (along(chest, -2, up), skull), (3.0, 2.7), "skin"),
        Plate("trunk", corners, 2.8, "top"),
        Head(skull, 90 - head_up, pose.one("head_turn"), pose.one("gaze")),
        *(shape for index, side in SIDES for shape in _arm(pose, index, side, joints[index], lean)),
    ]


def _leg(pose: Pose, index: int, side: int) -> list[Shape]:
    hip: Point = (side * HIPS, 0.0)
    spread = side * pose["hip_abd"][index]
    if pose.one("seated"):
        knee = along((side * HIPS, 0), SEATED_THIGH, -90 + side * 22)
        ankle = along(knee, SHIN, -90 + spread)
    else:
        knee = along(hip, THIGH, -90 + spread)
        ankle = along(knee, SHIN, -90 + spread)
    heel, toe = along(ankle, 1.2, -90), along(along(ankle, 2.2, -90), side * 2.2, 0)
    wide = (4.7, 3.8) if pose.one("seated") else (4.6, 3.2)
    return [
        Limb("foot", (heel, toe), (1.9, 1.7), "shoe"),
        Limb("shin", (knee, ankle), (3.3, 2.1), "legs"),
        Limb("thigh", (hip, knee), wide, "legs"),
    ]


def _arm(pose: Pose, index: int, side: int, shoulder: Point, lean: float) -> list[Shape]:
    first = -90 + side * pose["abd"][index] - lean
    second = first + side * pose["felbow"][index]
    elbow = along(shoulder, UPPER_ARM, first)
    wrist = along(elbow, FOREARM, second)
    return [
        Limb("arm", (shoulder, elbow), (3.3, 2.6), "top"),
        Limb("forearm", (elbow, wrist), (2.4, 1.8), "skin"),
        *_hand(wrist, second, pose["hand"][index], side),
    ]


def _hand(wrist: Point, direction: float, spread: float, side: int) -> list[Shape]:
    palm = along(wrist, 1.6, direction)
    if not spread:
        return [Limb("hand", (wrist, palm), (1.7, 2.1), "skin")]
    fingers = [
        Limb("hand", (palm, along(palm, 1.6 + HAND * 0.75 * spread, direction + side * angle * spread)), (1.0, 0.75), "skin")
        for angle in (-38, -14, 8, 30, 75)
    ]
    return [*fingers, Limb("hand", (wrist, palm), (1.7, 2.2), "skin")]
