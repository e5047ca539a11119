"""The body seen from the front: angles become joints, with the middle of the hips at (0, 0).

The upper body has depth, so that arms crossed on the chest swing to the side when it turns.
"""

from math import cos, radians, sin, sqrt

from bot.film.geometry import Joints, Point, along
from bot.film.pose import Pose

LOWER, UPPER, NECK = 15.0, 16.0, 11.0
SHOULDERS, HIPS = 9.3, 4.9
UPPER_ARM, FOREARM, HAND = 16.0, 14.0, 3.4
THIGH, SHIN = 24.0, 24.0
SEATED_THIGH, KNEES = 8.0, 7.4
SOLE = 3.6
"""Height of the ankle over the floor; the toes come towards the viewer, so it is more than aside."""
ACROSS = -45.0
"""A forearm that is bent more than this lies on the chest."""

Deep = tuple[float, float, float]


def front_joints(pose: Pose, *, seated: bool) -> Joints:
    """Return the joints; depth is seen only as what it does to the sides."""
    lean, turn = pose.one("trunk_side"), pose.one("trunk_turn")
    low, high = lean * 0.6, lean * 1.2
    waist = along((0.0, 0.0), LOWER, 90 - low)
    chest = along(waist, UPPER, 90 - high)
    up = 90 - high - pose.one("neck_side")
    nape = along(chest, 5.0, up)
    skull = along(nape, NECK - 5.0, up)
    joints = {"hip": (0.0, 0.0), "waist": waist, "chest": chest, "nape": nape, "skull": skull}
    joints["crown"] = along(skull, 6.0, up)
    for side, sign in ((0, -1), (1, 1)):
        for name, deep in _arm(pose, side, sign).items():
            joints[f"{name}{side}"] = _placed(deep, chest, high, turn)
        joints |= _leg(pose, side, sign, seated=seated)
    return joints


def _arm(pose: Pose, side: int, sign: int) -> dict[str, Deep]:
    """Return an arm's joints, seen from the top of the chest, before the chest turns and leans."""
    shoulder: Deep = (sign * (SHOULDERS + pose["wide"][side]), pose["shrug"][side] - 2.2, 0.0)
    first = -90 + sign * pose["abd"][side]
    second = first + sign * pose["felbow"][side]
    elbow = _deeper(shoulder, UPPER_ARM, first, pose["reach"][side])
    back = -1 if pose["felbow"][side] < ACROSS else 1
    wrist = _deeper(elbow, FOREARM, second, pose["freach"][side], back)
    tip = _deeper(wrist, HAND, second, 1.0, back)
    return {"shoulder": shoulder, "elbow": elbow, "wrist": wrist, "tip": tip}


def _deeper(start: Deep, length: float, angle: float, seen: float, way: int = 1) -> Deep:
    """Return the end of a bone; what is not seen of it goes to the viewer, or back to the chest."""
    x, y = along((start[0], start[1]), length * seen, angle)
    return x, y, start[2] + way * length * sqrt(max(0.0, 1 - seen**2))


def _placed(deep: Deep, chest: Point, lean: float, turn: float) -> Point:
    x = deep[0] * cos(radians(turn)) + deep[2] * sin(radians(turn))
    return along(along(chest, x, -lean), deep[1], 90 - lean)


def _leg(pose: Pose, side: int, sign: int, *, seated: bool) -> Joints:
    down = -90 + sign * pose["hip_abd"][side]
    hip = (sign * HIPS, 0.0)
    knee = (sign * KNEES, -SEATED_THIGH) if seated else along(hip, THIGH, down)
    ankle = along(knee, SHIN, down)
    sole = along(ankle, SOLE - 1.9, -90)
    toe = along(sole, 1.6, -15 if sign > 0 else 195)
    return {
        f"hip{side}": hip,
        f"knee{side}": knee,
        f"ankle{side}": ankle,
        f"ball{side}": sole,
        f"toe{side}": toe,
    }
