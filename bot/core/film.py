"""What a film of an exercise is made of: key frames, and the words they may use. Pure.

Angles are degrees and lengths hundredths of the body's height. Seen from the side, the figure faces
right and its first value of a pair is the near limb; from the front it is the left of the picture.

Source: ranges of comfortable joint movement as the exercises were designed; a value beyond them is
a slip of the pen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Pair = tuple[float, float]
Range = tuple[float, float]
View = Literal["side", "front", "top"]

RANGES: Mapping[View, Mapping[str, Range]] = {
    "side": {
        "trunk": (-120, 100),  # lean from upright; -90 lies on the back
        "spine": (-30, 40),  # the upper trunk's own bend; + rounded
        "neck": (-20, 40),  # + chin down
        "head": (-1, 1),  # slide to the front, in head radii
        "shoulder": (-60, 185),  # 0 hangs, + forward
        "elbow": (0, 150),
        "wrist": (-90, 95),  # + to the back of the hand
        "hip": (-25, 155),  # + thigh forward
        "knee": (0, 150),
        "ankle": (-95, 40),  # + toes up
        "toe": (0, 60),  # toes bent up from the ball of the foot
        "belly": (0, 1),
        "grip": (0, 1),  # the hand is at what `grip` names
    },
    "front": {
        "trunk_side": (-25, 25),  # + leans to the right of the picture
        "trunk_turn": (-50, 50),  # + turns to the right of the picture
        "neck_side": (-35, 35),
        "head_turn": (-70, 70),
        "shrug": (-4, 9),
        "wide": (-3, 3),  # shoulder blades drawn back and apart
        "abd": (-40, 180),  # arm away from the side
        "reach": (0, 1),  # how much of the upper arm is seen; the rest points to the viewer
        "felbow": (-160, 150),  # + forearm outward or up, - across the body
        "freach": (0, 1),
        "hip_abd": (0, 30),
        "hand": (0, 1),  # 0 fist, 1 spread
        "gaze": (-1, 1),  # -1 closed, 0 down at a screen, 1 ahead
    },
    "top": {"knees": (-50, 50)},  # + roll to the right of the picture
}
"""The angles of each view, with their limits."""

PAIRED = frozenset(
    {"shoulder", "elbow", "wrist", "hip", "knee", "ankle", "toe", "grip"}
    | {"shrug", "wide", "abd", "reach", "felbow", "freach", "hip_abd", "hand"}
)
"""Angles that the two sides may have of their own."""

MIRRORED = frozenset({"trunk_side", "trunk_turn", "neck_side", "head_turn", "knees"})
"""Angles that change their sign where the other side has its turn."""

BASES: Mapping[View, Mapping[str, tuple[str, ...]]] = {
    "side": {
        "stand": ("foot",),
        "sit": ("hip", "foot"),
        "hook": ("hip", "back", "foot"),
        "all4": ("knee", "foot"),
    },
    "front": {"stand": ("foot",), "sit": ("foot",)},
    "top": {"hook": ("hip",)},
}
"""The base poses of each view, each with the points that may be kept in place, the usual one first."""

SIDES: Mapping[View, tuple[str, str]] = {
    "side": ("near", "far"),
    "front": ("left", "right"),
    "top": ("left", "right"),
}
PARTS = ("head", "neck", "trunk", "shoulders", "belly", "arm", "hand", "thigh", "shin", "foot")
"""Parts that may bear the accent; "near arm" is one arm, "arm" are both."""

PROPS: Mapping[View, tuple[str, ...]] = {
    "side": ("chair", "chair-edge", "wall", "mat", "pillow", "worktop"),
    "front": ("chair", "wall", "window", "desk"),
    "top": ("mat", "pillow"),
}
PLANTED = ("foot", "hand")
GRIPS = ("knee", "thigh", "hips", "back", "head", "belly", "hand")


@dataclass(frozen=True, slots=True)
class Frame:
    """A key frame.

    Attributes:
        angles: What differs from the base pose.
        move: Seconds on the way to it.
        hold: Seconds that it is held; 0: not at all.
        stands_on: The foot that carries on the way to it; "" where both do.
    """

    angles: Mapping[str, Pair]
    move: float
    hold: float = 0.0
    stands_on: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """One film.

    Attributes:
        base: The pose that the frames change.
        accent: Parts that move, drawn in the accent colour.
        props: What stands around the figure.
        planted: Hands and feet that stay where the first frame has them.
        anchor: The point that everything else moves around.
        grip: Where a hand is whose grip is 1.
        flowing: Frames are passed through without a stop.
        travels: The figure walks; the floor moves under it.
        close: From the hips up, 1 or more times as large as that; 0: the whole figure.
        both: Both sides have their turn, though the dose does not count them apart.
        poster: Number of the frame that stands for the film.
    """

    view: View
    base: str
    accent: tuple[str, ...]
    props: tuple[str, ...]
    planted: tuple[str, ...]
    anchor: str
    grip: str
    frames: tuple[Frame, ...]
    flowing: bool = False
    travels: bool = False
    close: float = 0.0
    both: bool = False
    poster: int = 0


def sided(word: str, view: View) -> tuple[str, tuple[int, ...]]:
    """Return a part and which of its sides are meant: "far foot" is ("foot", (1,))."""
    side, _, part = word.rpartition(" ")
    return (part, (SIDES[view].index(side),)) if side else (part, (0, 1))
