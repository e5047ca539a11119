"""A pose: the angles of a figure, each joint with a near and a far (or left and right) value.

Names, units and directions: content/README.md, "Films". Angles are degrees.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Pair = tuple[float, float]
Angles = Mapping[str, Pair]

_SIDE: dict[str, Pair] = dict.fromkeys(
    ("trunk", "spine", "neck", "head", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "belly"),
    (0.0, 0.0),
)
_FRONT: dict[str, Pair] = dict.fromkeys(
    (
        "trunk_side", "trunk_turn", "neck_side", "head_turn", "shrug", "abd", "felbow", "hip_abd",
        "fknee", "seated", "hand", "gaze",
    ),
    (0.0, 0.0),
)  # fmt: skip

BASES: Mapping[tuple[str, str], Angles] = {
    ("side", "stand"): _SIDE | {"shoulder": (5, -5), "elbow": (8, 8)},
    ("side", "sit"): _SIDE | {"shoulder": (15, 15), "elbow": (45, 45), "hip": (90, 90), "knee": (90, 90)},
    ("side", "hook"): _SIDE
    | {
        "trunk": (-90, -90), "neck": (8, 8), "shoulder": (-5, -5), "hip": (50, 50),
        "knee": (100, 100), "ankle": (-40, -40),
    },
    ("side", "all4"): _SIDE
    | {
        "trunk": (79, 79), "neck": (-5, -5), "shoulder": (79, 79), "wrist": (90, 90),
        "hip": (79, 79), "knee": (90, 90), "ankle": (-90, -90),
    },
    ("front", "stand"): _FRONT | {"abd": (8, 8), "hip_abd": (4, 4)},
    ("front", "sit"): _FRONT | {"abd": (10, 10), "felbow": (-35, -35), "seated": (1, 1)},
    ("top", "hook"): {"knees": (0, 0)},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pose:
    """All angles of one moment."""

    angles: Angles

    def __getitem__(self, name: str) -> Pair:
        return self.angles[name]

    def one(self, name: str) -> float:
        """Return a value that has no sides."""
        return self.angles[name][0]

    def towards(self, other: "Pose", share: float) -> "Pose":
        """Return the pose that lies ``share`` (0-1) of the way to another."""
        mixed = {
            name: (
                near + (other.angles[name][0] - near) * share,
                far + (other.angles[name][1] - far) * share,
            )
            for name, (near, far) in self.angles.items()
        }
        return Pose(mixed)

    def swapped(self) -> "Pose":
        """Return the pose with the other arm and leg doing the work."""
        return Pose({name: (far, near) for name, (near, far) in self.angles.items()})
