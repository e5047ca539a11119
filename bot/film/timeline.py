"""When the figure is in which pose: key frames, eased between, held, and round again without a seam."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, pi

from bot.film.pose import Pose

REST_SECONDS = 0.35
"""A breath at each key frame that is not held, so that it does not look driven by a machine."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key frame.

    Attributes:
        move: Seconds on the way to it.
        hold: Seconds that it is held, counted down in the ring; 0: a short rest.
    """

    pose: Pose
    move: float
    hold: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What a picture shows.

    Attributes:
        held: Seconds of a hold that are over.
        hold: Seconds of the whole hold; 0 outside of one.
    """

    pose: Pose
    held: float = 0.0
    hold: float = 0.0


class Timeline:
    """A film without end: after the last key frame comes the way to the first."""

    def __init__(self, keys: Sequence[Key], *, flowing: bool = False) -> None:
        """Take at least two key frames; ``flowing`` ones are passed through without a stop."""
        self._keys, self._flowing = tuple(keys), flowing
        self._ends = tuple(accumulate(self._length(key) for key in keys))

    @property
    def seconds(self) -> float:
        """Length of one round."""
        return self._ends[-1]

    def _length(self, key: Key) -> float:
        return key.move + (0.0 if self._flowing else key.hold or REST_SECONDS)

    def at(self, second: float) -> Moment:
        """Return what is seen at a second from 0 to the end of the round."""
        starts = (0.0, *self._ends[:-1])
        number = max(n for n, start in enumerate(starts) if start <= second)
        key, passed = self._keys[number], second - starts[number]
        if passed >= key.move:
            return Moment(key.pose, passed - key.move if key.hold else 0.0, key.hold)
        share = passed / key.move
        before = self._keys[number - 1].pose
        if self._flowing:
            return Moment(self._curve(number, share))
        return Moment(before.towards(key.pose, eased(share)))

    def _curve(self, number: int, share: float) -> Pose:
        """Return a pose on the smooth closed curve through all key frames (Catmull-Rom)."""
        count = len(self._keys)
        four = [self._keys[(number + n) % count].pose for n in (-2, -1, 0, 1)]
        angles = {}
        for name in four[0].angles:
            sides = zip(*(pose[name] for pose in four), strict=True)
            one, other = (_spline(*values, share) for values in sides)
            angles[name] = (one, other)
        return Pose(angles)


def eased(share: float) -> float:
    """Return how far a movement is that starts and ends gently."""
    return (1 - cos(pi * share)) / 2


def _spline(before: float, start: float, end: float, after: float, share: float) -> float:
    slope_in, slope_out = (end - before) / 2, (after - start) / 2
    square, cube = share**2, share**3
    return (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + share) * slope_in
        + (3 * square - 2 * cube) * end
        + (cube - square) * slope_out
    )


def both_sides(keys: Sequence[Key]) -> list[Key]:
    """Return the key frames, then the same with the other arm and leg."""
    return [*keys, *(Key(key.pose.swapped(), key.move, key.hold) for key in keys)]


__all__ = ["Key", "Moment", "Timeline", "both_sides", "eased", "pairwise"]
