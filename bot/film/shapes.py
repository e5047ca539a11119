"""What a figure is made of before it is painted: tapered limbs and discs, in hundredths of its height."""

from dataclasses import dataclass
from math import cos, radians, sin

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Limb:
    """A rounded, tapering piece.

    Attributes:
        part: The part of the body, as accents name it.
        points: At least two, y upwards.
        widths: Radius at each point.
        far: Drawn lighter, behind.
    """

    part: str
    points: tuple[Point, ...]
    widths: tuple[float, ...]
    tone: str
    far: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head with its face.

    Attributes:
        tilt: Degrees that it leans clockwise.
        turn: -90 (to the left of the picture) to 90; 90 is a face seen from the side.
        gaze: 1 far away, 0 ahead, -1 closed.
    """

    centre: Point
    tilt: float
    turn: float
    gaze: float = 0.0


@dataclass(frozen=True, slots=True)
class Plate:
    """A rounded area between corners, such as a trunk from the front."""

    part: str
    corners: tuple[Point, ...]
    rounding: float
    tone: str


Shape = Limb | Head | Plate


def along(start: Point, length: float, degrees: float) -> Point:
    """Return the point ``length`` away in a direction: 0 is right, 90 is up."""
    angle = radians(degrees)
    return start[0] + length * cos(angle), start[1] + length * sin(angle)
