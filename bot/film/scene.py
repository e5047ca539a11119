"""A film as pictures: who stands where at a second, in which room, how large."""

from collections.abc import Iterator
from math import inf

from bot.core.exercises import Dose
from bot.core.film import SIDES, Script
from bot.film.backdrop import paint_backdrop
from bot.film.body_front import paint_front, paint_legs_last
from bot.film.body_side import paint_side
from bot.film.canvas import SIZE, Canvas
from bot.film.framing import framed
from bot.film.geometry import Joints
from bot.film.ground import Ground
from bot.film.look import PAPER, look_of
from bot.film.marks import badge, ring
from bot.film.pose import pose_of
from bot.film.props import Room, paint_desk, paint_props
from bot.film.timeline import Key, Moment, Timeline, both_sides

PACES = ((20.0, 20), (40.0, 15), (inf, 12))
"""Pictures a second of films of so many seconds: a long one would be too large."""
STEP = 0.25
"""Seconds between the moments at which a film is measured."""
TICKS = 8.0
"""Seconds of a hold from which on its ring goes by seconds."""


class Scene:
    """One film, ready to be drawn at any second."""

    def __init__(self, script: Script, dose: Dose) -> None:
        """Measure the film, so that all of it fits into the picture."""
        self.script, self.dose = script, dose
        self.line = Timeline(_keys(script, dose), flowing=script.flowing)
        self.ground = Ground(script, self.line)
        self.first = self.joints(self.line.begins(0))
        self.scale, self.shift = framed(script, [self.first, *self._measured()])
        left, top = -self.shift[0] / self.scale, self.shift[1] / self.scale
        self._room = Room(script.view, self.first, left, left + SIZE / self.scale, top)

    @property
    def fps(self) -> int:
        """Return the pictures a second."""
        return next(fps for seconds, fps in PACES if self.line.seconds <= seconds)

    @property
    def frames(self) -> int:
        """Return the number of pictures of one round."""
        return round(self.line.seconds * self.fps)

    @property
    def poster(self) -> float:
        """Return the second that stands for the film."""
        key = self.line.keys[self.script.poster]
        return self.line.begins(self.script.poster) + key.hold * 0.4

    def joints(self, second: float) -> Joints:
        """Return where the body is; one that travels is followed."""
        gone = self.passed(second)
        return {
            name: (x - gone, y) for name, (x, y) in self.ground.at(self.line.at(second)).items()
        }

    def passed(self, second: float) -> float:
        """Return how far the floor has gone by to the left."""
        share = second / self.line.seconds
        return self.ground.travelled * share if self.script.travels else 0.0

    def pictures(self) -> Iterator[str]:
        """Yield every picture of the film as SVG."""
        return (self.svg(number / self.fps) for number in range(self.frames))

    def svg(self, second: float) -> str:
        """Return the picture at a second."""
        moment, joints = self.line.at(second), self.joints(second)
        canvas = Canvas(self.scale, self.shift)
        shade = joints if self.script.view == "front" else self.first
        walk = self.passed(second), self.ground.travelled
        paint_backdrop(canvas, self.script, self._room, shade, walk)
        paint_props(canvas, self.script.props, self._room)
        self._body(canvas, joints, moment)
        if "desk" in self.script.props:
            paint_desk(canvas, self._room)
        badge(canvas, self._signs())
        self._ring(canvas, moment)
        return canvas.svg(PAPER)

    def _measured(self) -> list[Joints]:
        return [self.joints(n * STEP) for n in range(int(self.line.seconds / STEP) + 1)]

    def _body(self, canvas: Canvas, joints: Joints, moment: Moment) -> None:
        other = self.line.keys[moment.key if moment.held else moment.key - 1].other
        look = look_of(self.script.accent, self.script.view, other=other)
        if self.script.view == "side":
            paint_side(canvas, joints, look, moment.pose.one("belly"))
            return
        seated = self.script.base == "sit"
        paint_front(canvas, joints, look, moment.pose, seated=seated, last=0 if other else 1)
        if self.script.view == "top":
            paint_legs_last(canvas, joints, look)

    def _signs(self) -> str:
        """Return what the corner says: how often, and whether each side; or the seconds of it all."""
        if self.dose.times == 1 and not self.dose.hold:
            return f"c{self.dose.seconds}"
        return f"{self.dose.times}x" + ("<>" if self.dose.both_sides else "")

    def _ring(self, canvas: Canvas, moment: Moment) -> None:
        """Draw the hold that is going on, or an empty ring with the seconds of the next one."""
        key = self.line.keys[moment.key]
        coming = [*self.line.keys[moment.key :], *self.line.keys]
        hold = next((key.hold for key in coming if key.hold), 0.0)
        if hold:
            ring(canvas, hold, _ticked(moment.held, hold) if key.hold else 0.0)


def _keys(script: Script, dose: Dose) -> list[Key]:
    feet = SIDES[script.view]
    keys = [
        Key(
            pose_of(script.view, script.base, frame.angles),
            frame.move,
            frame.hold,
            feet.index(frame.stands_on) if frame.stands_on else None,
        )
        for frame in script.frames
    ]
    return both_sides(keys) if dose.both_sides or script.both else keys


def _ticked(held: float, hold: float) -> float:
    """Return seconds in steps: a ring that creeps would be most of a long film's bytes."""
    step = 0.1 if hold < TICKS else 1.0
    return int(held / step + 1e-6) * step
