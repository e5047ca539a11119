"""The figure on its back, seen from above: only the knees roll."""

from math import cos, radians, sin

from bot.film.pose import Pose
from bot.film.shapes import Head, Limb, Plate, Point, Shape, along

HIPS, SHOULDERS = 5.2, 10.0
ABOVE = 12.0
"""How high the knees stand over the hips; a roll lays that much to the side."""


def top_shapes(pose: Pose) -> list[Shape]:
    """Return the figure with the middle of its hips at (0, 0) and its head upwards."""
    roll = radians(pose.one("knees"))
    legs: list[Shape] = []
    for side in (-1, 1):
        hip: Point = (side * HIPS * 0.8, 0.0)
        knee = (hip[0] * 0.75 + 22 * sin(roll), -10 - 2 * cos(roll))
        ankle = (side * HIPS * 0.6 + 5 * sin(roll), -21.0)
        legs += [
            Limb("foot", (ankle, along(ankle, 4.2, -90)), (2.0, 1.6), "shoe"),
            Limb("shin", (knee, ankle), (3.2, 2.2), "legs"),
            Limb("thigh", (hip, knee), (4.7, 3.5), "legs"),
        ]
    arms: list[Shape] = []
    for side in (-1, 1):
        shoulder: Point = (side * (SHOULDERS - 1), 28.0)
        elbow = along(shoulder, 15, 90 - side * 105)
        wrist = along(elbow, 13, 90 - side * 80)
        arms += [
            Limb("arm", (shoulder, elbow), (3.3, 2.6), "top"),
            Limb("forearm", (elbow, wrist), (2.4, 1.8), "skin"),
            Limb("hand", (wrist, along(wrist, 3, 90 - side * 80)), (1.7, 1.7), "skin"),
        ]
    trunk = ((-SHOULDERS + 1, 28.5), (SHOULDERS - 1, 28.5), (6.4, 13), (HIPS, 1), (-HIPS, 1), (-6.4, 13))
    if roll < 0:  # the leg on the side they roll to lies below
        legs = [*legs[3:], *legs[:3]]
    return [
        Limb("neck", ((0, 29), (0, 38)), (3.0, 2.7), "skin"),
        Head((0.0, 40.5), 0, 0),
        *arms,
        Plate("trunk", trunk, 2.8, "top"),
        Plate("pelvis", ((-HIPS, 2), (HIPS, 2), (HIPS, -2), (-HIPS, -2)), 3.4, "legs"),
        *legs,
    ]
