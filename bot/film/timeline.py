"""When the figure is in which pose: key frames, eased between, held, and round again without a seam."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import cos, pi

from bot.film.pose import Pose

REST = 0.35
"""Seconds at a key frame that is not held, so that it does not look driven by a machine."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key frame.

    Attributes:
        move: Seconds on the way to it.
        hold: Seconds that it is held, counted in the ring; 0: a short rest.
        stands_on: The foot that carries on the way to it (0 or 1); None where both do.
        other: It belongs to the turn of the other side.
    """

    pose: Pose
    move: float
    hold: float = 0.0
    stands_on: int | None = None
    other: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """What a picture shows.

    Attributes:
        key: Number of the key frame that is reached, or being reached.
        held: Seconds of its hold that are over.
    """

    pose: Pose
    key: int
    held: float = 0.0


class Timeline:
    """A film without end: after the last key frame comes the way to the first."""

    def __init__(self, keys: Sequence[Key], *, flowing: bool = False) -> None:
        """Take at least two key frames; ``flowing`` ones are passed through without a stop."""
        self.keys, self._flowing = tuple(keys), flowing
        self._ends = tuple(accumulate(self._length(key) for key in keys))

    @property
    def seconds(self) -> float:
        """Length of one round."""
        return self._ends[-1]

    def begins(self, number: int) -> float:
        """Return the second at which the hold or rest of a key frame begins."""
        return self._ends[number] - self._length(self.keys[number]) + self.keys[number].move

    def _length(self, key: Key) -> float:
        return key.move + (key.hold or (0.0 if self._flowing else REST))

    def at(self, second: float) -> Moment:
        """Return what is seen at a second from 0 to the end of the round."""
        number = next((n for n, end in enumerate(self._ends) if second < end), len(self.keys) - 1)
        key = self.keys[number]
        passed = second - self.begins(number) + key.move
        if passed >= key.move:
            return Moment(key.pose, number, passed - key.move)
        share = passed / key.move
        if self._flowing:
            return Moment(self._curve(number, share), number)
        return Moment(self.keys[number - 1].pose.towards(key.pose, eased(share)), number)

    def _curve(self, number: int, share: float) -> Pose:
        """Return a pose on the smooth closed curve through all key frames (monotone cubic)."""
        count = len(self.keys)
        four = [self.keys[(number + n) % count].pose for n in (-2, -1, 0, 1)]
        angles = {
            name: (
                _spline([p[name][0] for p in four], share),
                _spline([p[name][1] for p in four], share),
            )
            for name in four[0].angles
        }
        return Pose(angles)


def eased(share: float) -> float:
    """Return how far a movement is that starts and ends gently."""
    return (1 - cos(pi * share)) / 2


def _spline(four: Sequence[float], share: float) -> float:
    before, start, end, after = four
    slope_in, slope_out = _slope(start - before, end - start), _slope(end - start, after - end)
    square, cube = share**2, share**3
    return (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + share) * slope_in
        + (3 * square - 2 * cube) * end
        + (cube - square) * slope_out
    )


def _slope(before: float, after: float) -> float:
    """Return a slope that never overshoots: none where the movement turns (harmonic mean)."""
    return 2 * before * after / (before + after) if before * after > 0 else 0.0


def both_sides(keys: Sequence[Key]) -> list[Key]:
    """Return the key frames, then the same with the other side doing the work."""
    return [*keys, *(_swapped(key) for key in keys)]


def _swapped(key: Key) -> Key:
    foot = None if key.stands_on is None else 1 - key.stands_on
    return replace(key, pose=key.pose.swapped(), stands_on=foot, other=True)
