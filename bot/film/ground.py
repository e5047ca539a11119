"""Where the body is: one point of it kept in place, planted hands and feet, nothing below the floor."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.film import Script, sided
from bot.film.front import front_joints
from bot.film.geometry import Joints, Point, plus
from bot.film.grip import gripping
from bot.film.plant import LIMBS, grounded, lifted, lowest, put
from bot.film.pose import Pose
from bot.film.side import KNEEL, LIE, SHIN, SOLE, side_joints
from bot.film.timeline import Moment, Timeline
from bot.film.top import top_joints

SEAT = SOLE + SHIN
"""Height of the hips over the floor of somebody who sits."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of the body that stays: its name and its height over the floor."""

    joint: str
    height: float


class Ground:
    """Places the body of one film."""

    def __init__(self, script: Script, line: Timeline) -> None:
        """Walk once through the key frames, to know where each leaves the body."""
        self._script, self._line = script, line
        self._anchors = [self._anchor(number) for number in range(len(line.keys))]
        self._starts: list[float] = []
        self._roots: list[Point] = []
        spot: Point = (0.0, 0.0)
        for number, key in enumerate(line.keys):
            before = self._body(line.keys[number - 1].pose)
            self._starts.append(spot[0] + before[self._anchors[number].joint][0])
            spot = self._root(self._body(key.pose), number)
            self._roots.append(spot)
        self._held: dict[int, Joints] = {}
        self._planted = {key.other: self._first(other=key.other) for key in line.keys}

    @property
    def travelled(self) -> float:
        """Return how far one round leads to the right."""
        return self._roots[-1][0]

    def at(self, moment: Moment) -> Mapping[str, Point]:
        """Return the joints at a moment; the floor is y = 0."""
        if not moment.held:
            return self._placed(moment)
        if moment.key not in self._held:  # half of a film is held, and nothing moves there
            self._held[moment.key] = self._placed(moment)
        return self._held[moment.key]

    def _placed(self, moment: Moment) -> Joints:
        body = self._body(moment.pose)
        joints = _moved(body, self._root(body, moment.key))
        if self._script.view != "side":
            return joints
        self._stand(joints, moment.key)
        return gripping(joints, self._script.grip, moment.pose["grip"])

    def _body(self, pose: Pose) -> Joints:
        if self._script.view == "side":
            return side_joints(pose)
        if self._script.view == "front":
            return front_joints(pose, seated=self._script.base == "sit")
        return top_joints(pose)

    def _anchor(self, number: int) -> Anchor:
        key = self._line.keys[number]
        other = self._line.keys[number - 1].other
        part, sides = sided(self._script.anchor, self._script.view)
        side = (1 - sides[0]) if other and len(sides) == 1 else sides[0]
        side = side if key.stands_on is None else key.stands_on
        if part == "hip":
            return Anchor("hip", SEAT if self._script.base == "sit" else LIE)
        if part == "back":
            return Anchor("chest", LIE)
        if part == "knee":
            return Anchor(f"knee{side}", KNEEL)
        return Anchor(f"ball{side}", 0.0)

    def _root(self, body: Joints, number: int) -> Point:
        """Return where the hip is on the way to a key frame, so that the anchor stays."""
        anchor = self._anchors[number]
        x, y = body[anchor.joint]
        foot = anchor.joint.startswith("ball")
        low = lowest(body, anchor.joint[-1], self._script.view) if foot else y
        return self._starts[number] - x, anchor.height - low

    def _first(self, *, other: bool) -> dict[tuple[str, int], Joints]:
        """Return where the planted hands and feet of a turn are in its first key frame."""
        keys = self._line.keys
        number = next(n for n, key in enumerate(keys) if key.other == other)
        joints = _moved(self._body(keys[number].pose), self._roots[number])
        found = {}
        for word in self._script.planted:
            part, sides = sided(word, self._script.view)
            for side in (1 - s if other and len(sides) == 1 else s for s in sides):
                limb = {name: joints[f"{name}{side}"] for name in LIMBS[part]}
                found[part, side] = grounded(limb, part)
        return found

    def _stand(self, joints: Joints, number: int) -> None:
        planted = self._planted[self._line.keys[number - 1].other]
        for part, names in LIMBS.items():
            for side in (0, 1):
                now = {name: joints[f"{name}{side}"] for name in names}
                if (part, side) in planted:
                    now = planted[part, side]
                elif part == "hand" or self._anchors[number].joint != f"ball{side}":
                    now = lifted(now, part)
                put(joints, part, side, now)


def _moved(body: Joints, by: Point) -> Joints:
    return {name: plus(point, by) for name, point in body.items()}
