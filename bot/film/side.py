"""The body seen from the side, facing right: angles become joints, with the hip at (0, 0)."""

from bot.film.geometry import Joints, Point, along
from bot.film.pose import Pose

LOWER, UPPER, NECK, HEAD = 15.0, 16.0, 7.0, 6.0
UPPER_ARM, FOREARM, HAND = 16.0, 14.0, 5.4
THIGH, SHIN = 24.0, 24.0
SOLE = 2.9
"""Height of the ankle over the floor."""
KNEEL, LIE = 3.3, 5.3
"""Height of the knee's and the hip's middle where they lie on the mat."""
HEEL_R, BALL_R, TOE_R = 1.9, 1.6, 1.35
"""Half thickness of the foot at its three points."""


def side_joints(pose: Pose) -> Joints:
    """Return the joints; both shoulders and both hips are one point each."""
    lower = 90 - pose.one("trunk")
    upper = lower - pose.one("spine")
    up = upper - pose.one("neck")
    hip: Point = (0.0, 0.0)
    waist = along(hip, LOWER, lower)
    chest = along(waist, UPPER, upper)
    nape = along(along(chest, NECK, up), pose.one("head") * HEAD * 0.45, up - 90)
    skull = along(along(nape, 4.0, up), pose.one("head") * HEAD * 0.55, up - 90)
    joints = {"hip": hip, "waist": waist, "chest": chest, "nape": nape, "skull": skull}
    joints["crown"] = along(skull, HEAD, up)
    joints["navel"] = along(along(hip, 9.0, lower), 5.2 + 3.8 * pose.one("belly"), lower - 90)
    shoulder = along(chest, -1.6, upper)
    for side in (0, 1):
        joints |= _arm(pose, side, shoulder, upper - 180)
        joints |= _leg(pose, side, hip, lower - 180)
    return joints


def _arm(pose: Pose, side: int, shoulder: Point, hanging: float) -> Joints:
    first = hanging + pose["shoulder"][side]
    second = first + pose["elbow"][side]
    elbow = along(shoulder, UPPER_ARM, first)
    wrist = along(elbow, FOREARM, second)
    tip = along(wrist, HAND, second + pose["wrist"][side])
    return {
        f"shoulder{side}": shoulder,
        f"elbow{side}": elbow,
        f"wrist{side}": wrist,
        f"tip{side}": tip,
    }


def _leg(pose: Pose, side: int, hip: Point, hanging: float) -> Joints:
    first = hanging + pose["hip"][side]
    second = first - pose["knee"][side]
    knee = along(hip, THIGH, first)
    ankle = along(knee, SHIN, second)
    sole = second + 90 + pose["ankle"][side]
    return {f"knee{side}": knee, f"ankle{side}": ankle} | foot(side, ankle, sole, pose["toe"][side])


def foot(side: int, ankle: Point, sole: float, toes: float = 0.0) -> Joints:
    """Return heel, ball and toe of a foot that points at the angle ``sole``."""
    heel = along(along(ankle, SOLE - HEEL_R, sole - 90), -2.0, sole)
    ball = along(along(ankle, SOLE - BALL_R, sole - 90), 4.6, sole)
    tip = along(ball, 2.6, sole + toes)
    return {
        f"heel{side}": heel,
        f"ball{side}": ball,
        f"toe{side}": along(tip, -(BALL_R - TOE_R), sole + toes + 90),
    }
