"""The body on its back, seen from above, head upwards: only the knees roll."""

from math import cos, radians, sin

from bot.film.geometry import Joints, Point, along
from bot.film.pose import Pose

HIPS, SHOULDERS = 4.4, 9.3
HIGH = 20.0
"""How high the knees stand over the floor; a roll lays that much of it to the side."""


def top_joints(pose: Pose) -> Joints:
    """Return the joints with the middle of the hips at (0, 0)."""
    joints: Joints = {"hip": (0.0, 0.0), "waist": (0.0, 15.0), "chest": (0.0, 31.0)}
    joints |= {"nape": (0.0, 36.0), "skull": (0.0, 42.0), "crown": (0.0, 48.0)}
    roll = radians(pose.one("knees"))
    for side, sign in ((0, -1), (1, 1)):
        joints |= _arm(side, sign) | _leg(side, sign, roll)
    return joints


def _arm(side: int, sign: int) -> Joints:
    shoulder: Point = (sign * SHOULDERS, 28.8)
    elbow = along(shoulder, 16, 90 - sign * 112)
    wrist = along(elbow, 14, 90 - sign * 100)
    tip = along(wrist, 3.4, 90 - sign * 100)
    return {
        f"shoulder{side}": shoulder,
        f"elbow{side}": elbow,
        f"wrist{side}": wrist,
        f"tip{side}": tip,
    }


def _leg(side: int, sign: int, roll: float) -> Joints:
    hip: Point = (sign * HIPS, 0.0)
    knee = (sign * 3.4 * cos(roll) + HIGH * sin(roll), -13 - sign * 2.2 * sin(roll))
    ankle = (sign * 3.0 + 3.0 * sin(roll), -24.0)
    toe = (ankle[0] + sign * 0.6, ankle[1] - 5.0)
    return {
        f"hip{side}": hip,
        f"knee{side}": knee,
        f"ankle{side}": ankle,
        f"ball{side}": ankle,
        f"toe{side}": toe,
    }
