"""Where the body is: one point of it kept in place, planted hands and feet, nothing below the floor."""

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
        keys = line.keys
        self._roots: list[Point] = []
        before = keys[-1]
        spot: Point = (0.0, 0.0)
        for number, key in enumerate(keys):
            anchor = self._anchor(number)
            start = plus(spot, self._body(before.pose)[anchor.joint])
            spot = self._root(self._body(key.pose), anchor, start[0])
            self._roots.append(spot)
            before = key
        self._planted = {key.other: self._first(other=key.other) for key in keys}

    @property
    def travelled(self) -> float:
        """Return how far one round leads to the right."""
        return self._roots[-1][0]

    def at(self, moment: Moment) -> Joints:
        """Return the joints at a moment; the floor is y = 0."""
        number = moment.key
        anchor = self._anchor(number)
        before = self._line.keys[number - 1]
        spot = self._roots[number - 1] if number else (0.0, 0.0)
        start = plus(spot, self._body(before.pose)[anchor.joint])
        body = self._body(moment.pose)
        root = self._root(body, anchor, start[0])
        joints = {name: plus(point, root) for name, point in body.items()}
        if self._script.view != "side":
            return joints
        self._stand(joints, number)
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

    def _root(self, body: Joints, anchor: Anchor, x: float) -> Point:
        point = body[anchor.joint]
        foot = anchor.joint.startswith("ball")
        low = lowest(body, anchor.joint[-1], self._script.view) if foot else point[1]
        return x - point[0], anchor.height - low

    def _first(self, *, other: bool) -> dict[tuple[str, int], Joints]:
        """Return where the planted hands and feet of a turn are in its first key frame."""
        keys = self._line.keys
        number = next(n for n, key in enumerate(keys) if key.other == other)
        root = self._roots[number]
        joints = {name: plus(p, root) for name, p in self._body(keys[number].pose).items()}
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
                elif not self._carries(number, part, side):
                    now = lifted(now, part)
                put(joints, part, side, now)

    def _carries(self, number: int, part: str, side: int) -> bool:
        return part == "foot" and self._anchor(number).joint == f"ball{side}"
