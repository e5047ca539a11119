"""The figure seen from the side, facing right: angles become limbs. Lengths: shares of body height."""

from bot.film.pose import Pose
from bot.film.shapes import Head, Limb, Point, Shape, along

LOWER, UPPER, NECK, HEAD = 15.0, 16.0, 7.0, 5.5
UPPER_ARM, FOREARM, HAND = 16.0, 14.0, 5.0
THIGH, SHIN, FOOT = 24.0, 24.0, 9.0
SOLE = 2.6


def side_shapes(pose: Pose) -> list[Shape]:
    """Return the figure with its hip at (0, 0), what is farthest first."""
    trunk, spine, neck = pose.one("trunk"), pose.one("spine"), pose.one("neck")
    hip: Point = (0.0, 0.0)
    waist = along(hip, LOWER, 90 - trunk)
    chest = along(waist, UPPER, 90 - trunk - spine)
    up = 90 - trunk - spine - neck
    nape = along(chest, NECK, up)
    skull = along(along(nape, 2.5, up), pose.one("head") * HEAD, up - 90)
    shoulder = along(chest, -1.2, 90 - trunk - spine)
    body = Limb("trunk", (hip, waist, chest), (5.6, 5.2, 5.4), "top")
    pelvis = Limb("pelvis", (along(hip, -1, 90 - trunk), along(hip, 3.5, 90 - trunk)), (5.7, 5.5), "legs")
    throat = Limb("neck", (chest, skull), (2.7, 2.5), "skin")
    belly = _belly(pose, hip, waist, trunk)
    return [
        *_arm(pose, 1, shoulder),
        *_leg(pose, 1, hip),
        throat,
        Head(skull, 90 - up, 90),
        *_leg(pose, 0, hip),
        body,
        *belly,
        pelvis,
        *_arm(pose, 0, shoulder),
    ]


def _belly(pose: Pose, hip: Point, waist: Point, trunk: float) -> list[Shape]:
    size = pose.one("belly")
    if not size:
        return []
    middle = along(along(hip, 11, 90 - trunk), 1.5 + 1.8 * size, -trunk)
    return [Limb("belly", (middle, along(middle, 2, 90 - trunk)), (4.4, 4.0), "top")]


def _arm(pose: Pose, side: int, shoulder: Point) -> list[Shape]:
    far = bool(side)
    first = -90 + pose["shoulder"][side] - pose.one("trunk") - pose.one("spine")
    second = first + pose["elbow"][side]
    third = second + pose["wrist"][side]
    elbow = along(shoulder, UPPER_ARM, first)
    wrist = along(elbow, FOREARM, second)
    tip = along(wrist, HAND - 1.2, third)
    return [
        Limb("hand", (wrist, tip), (1.7, 1.5), "skin", far),
        Limb("forearm", (elbow, wrist), (2.4, 1.8), "skin", far),
        Limb("arm", (shoulder, elbow), (3.3, 2.6), "top", far),
    ]


def _leg(pose: Pose, side: int, hip: Point) -> list[Shape]:
    far = bool(side)
    first = -90 + pose["hip"][side] - pose.one("trunk")
    second = first - pose["knee"][side]
    third = second + 90 + pose["ankle"][side]
    knee = along(hip, THIGH, first)
    ankle = along(knee, SHIN, second)
    sole = along(ankle, SOLE - 1.4, third - 90)
    heel, toe = along(sole, -2.2, third), along(sole, FOOT - 3.0, third)
    return [
        Limb("foot", (heel, toe), (1.9, 1.4), "shoe", far),
        Limb("shin", (knee, ankle), (3.2, 2.1), "legs", far),
        Limb("thigh", (hip, knee), (5.0, 3.3), "legs", far),
    ]
