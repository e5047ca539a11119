"""A pose: the angles of a figure at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.film import MIRRORED, RANGES, Pair, View

POSES: Mapping[tuple[str, str], Mapping[str, Pair]] = {
    ("side", "stand"): {"shoulder": (5, -5), "elbow": (8, 8)},
    ("side", "sit"): {"shoulder": (15, 15), "elbow": (45, 45), "hip": (90, 90), "knee": (90, 90)},
    ("side", "hook"): {
        "trunk": (-90, -90), "neck": (15, 15), "shoulder": (-5, -5), "hip": (50, 50), "knee": (100, 100),
        "ankle": (-40, -40),
    },
    ("side", "all4"): {
        "trunk": (82, 82), "neck": (-5, -5), "shoulder": (82, 82), "wrist": (90, 90), "hip": (82, 82),
        "knee": (90, 90), "ankle": (-90, -90),
    },
    ("front", "stand"): {"abd": (9, 9), "felbow": (-4, -4), "hip_abd": (3, 3), "gaze": (1, 1)},
    ("front", "sit"): {"abd": (12, 12), "felbow": (-28, -28), "freach": (0.9, 0.9), "gaze": (1, 1)},
    ("top", "hook"): {},
}  # fmt: skip
"""By view and base, the angles that are not 0."""
WHOLE = frozenset({"reach", "freach"})
"""Shares that are 1 where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Pose:
    """All angles of one moment, each with its two sides."""

    angles: Mapping[str, Pair]

    def __getitem__(self, name: str) -> Pair:
        return self.angles[name]

    def one(self, name: str) -> float:
        """Return a value that has no sides."""
        return self.angles[name][0]

    def towards(self, other: "Pose", share: float) -> "Pose":
        """Return the pose that lies ``share`` (0-1) of the way to another."""
        mixed = {
            name: (near + (other[name][0] - near) * share, far + (other[name][1] - far) * share)
            for name, (near, far) in self.angles.items()
        }
        return Pose(mixed)

    def swapped(self) -> "Pose":
        """Return the pose with the other side doing the work."""
        return Pose({name: _swapped(name, pair) for name, pair in self.angles.items()})


def pose_of(view: View, base: str, changes: Mapping[str, Pair]) -> Pose:
    """Return a base pose with some angles changed."""
    still = {name: (1.0, 1.0) if name in WHOLE else (0.0, 0.0) for name in RANGES[view]}
    return Pose({**still, **POSES[view, base], **changes})


def _swapped(name: str, pair: Pair) -> Pair:
    sign = -1 if name in MIRRORED else 1
    return sign * pair[1], sign * pair[0]
