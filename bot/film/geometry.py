"""Points in hundredths of the body's height, y upwards, and a limb of two bones."""

from math import acos, atan2, cos, degrees, hypot, radians, sin

Point = tuple[float, float]
Joints = dict[str, Point]
"""Points of a body by name; those of limbs end in 0 (near, left) or 1 (far, right)."""

STRETCHED = 0.999  # of the whole length: a joint that is quite straight has no way to bend


def along(start: Point, length: float, angle: float) -> Point:
    """Return the point ``length`` away at an angle in degrees: 0 is right, 90 is up."""
    turn = radians(angle)
    return start[0] + length * cos(turn), start[1] + length * sin(turn)


def plus(a: Point, b: Point) -> Point:
    """Return the sum."""
    return a[0] + b[0], a[1] + b[1]


def minus(a: Point, b: Point) -> Point:
    """Return the way from ``b`` to ``a``."""
    return a[0] - b[0], a[1] - b[1]


def between(a: Point, b: Point, share: float) -> Point:
    """Return the point ``share`` (0-1) of the way."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def apart(a: Point, b: Point) -> float:
    """Return the distance."""
    return hypot(a[0] - b[0], a[1] - b[1])


def direction(a: Point, b: Point) -> float:
    """Return the angle of the way from ``a`` to ``b``."""
    return degrees(atan2(b[1] - a[1], b[0] - a[0]))


def reached(
    start: Point, goal: Point, first: float, second: float, bend: int
) -> tuple[Point, Point]:
    """Return middle and end of two bones that reach for a goal.

    Args:
        start: Where the first bone begins.
        goal: Where the second should end; out of reach, it points there.
        first: Length of the first bone.
        second: Length of the second.
        bend: 1: the middle is left of the way from start to goal (a knee that faces right), -1: right.
    """
    whole = first + second
    way = min(max(apart(start, goal), abs(first - second) + whole * 0.02), whole * STRETCHED)
    angle = direction(start, goal)
    corner = degrees(acos((first**2 + way**2 - second**2) / (2 * first * way)))
    return along(start, first, angle + bend * corner), along(start, way, angle)
