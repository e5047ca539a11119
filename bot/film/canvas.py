"""An SVG picture that is drawn in body units."""

from collections.abc import Sequence
from itertools import pairwise
from math import acos, atan2, cos, hypot, pi, sin

from bot.film.geometry import Point

SIZE = 480
"""Width and height of a film in pixels."""

Bead = tuple[Point, float]
"""A point of a limb and its half thickness there."""


class Canvas:
    """Turns body units (y upwards) into pixels and collects SVG elements."""

    def __init__(self, scale: float, shift: Point) -> None:
        """Take pixels a unit, and the pixel of (0, 0)."""
        self.scale, self.shift = scale, shift
        self.parts: list[str] = []

    def at(self, point: Point) -> Point:
        """Return the pixel of a point."""
        return self.shift[0] + point[0] * self.scale, self.shift[1] - point[1] * self.scale

    def add(self, element: str) -> None:
        """Draw an element on top."""
        self.parts.append(element)

    def limb(self, beads: Sequence[Bead], fill: str, edge: str = "") -> None:
        """Draw a rounded, tapering chain, with a thin line around it where ``edge`` is a colour."""
        path = " ".join(
            capsule(self.at(a), self.at(b), ra * self.scale, rb * self.scale)
            for (a, ra), (b, rb) in pairwise(beads)
        )
        line = f' stroke="{edge}" stroke-width="{0.7 * self.scale:.1f}"' if edge else ""
        self.add(f'<path d="{path}" fill="{fill}"{line}/>')

    def plate(self, corners: Sequence[Point], rounding: float, fill: str) -> None:
        """Draw an area with rounded corners."""
        line = f'stroke="{fill}" stroke-width="{2 * rounding * self.scale:.1f}" stroke-linejoin="round"'
        self.add(f'<path d="{self.outline(corners)}" fill="{fill}" {line}/>')

    def line(self, points: Sequence[Point], width: float, colour: str) -> None:
        """Draw a line with round ends."""
        path = self.outline(points)[:-1]
        self.add(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width * self.scale:.1f}" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def box(self, corner: Point, size: Point, fill: str, round_by: float = 0.8) -> None:
        """Draw a rectangle by its lower left corner, its width and its height."""
        x, y = self.at((corner[0], corner[1] + size[1]))
        s = self.scale
        self.add(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{size[0] * s:.1f}" height="{size[1] * s:.1f}" '
            f'rx="{round_by * s:.1f}" fill="{fill}"/>'
        )

    def oval(self, centre: Point, wide: float, high: float, fill: str) -> None:
        """Draw an ellipse by its half width and height."""
        x, y = self.at(centre)
        s = self.scale
        self.add(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{wide * s:.1f}" ry="{high * s:.1f}" fill="{fill}"/>'
        )

    def outline(self, points: Sequence[Point]) -> str:
        """Return a closed path through points."""
        return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in map(self.at, points)) + "Z"

    def svg(self, paper: str) -> str:
        """Return the whole picture."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" '
            f'viewBox="0 0 {SIZE} {SIZE}"><rect width="{SIZE}" height="{SIZE}" fill="{paper}"/>'
            f"{''.join(self.parts)}</svg>"
        )


def capsule(a: Point, b: Point, ra: float, rb: float) -> str:
    """Return the outline of two circles and the straight edges that touch both."""
    distance = hypot(b[0] - a[0], b[1] - a[1])
    if distance <= abs(ra - rb) + 0.01:
        (x, y), r = (a, ra) if ra > rb else (b, rb)
        half = f"a{r:.1f},{r:.1f} 0 1,0"
        return f"M{x - r:.1f},{y:.1f} {half} {2 * r:.1f},0 {half} {-2 * r:.1f},0Z"
    base = atan2(b[1] - a[1], b[0] - a[0])
    lift = acos((ra - rb) / distance)
    p, q = _on(a, ra, base + lift), _on(b, rb, base + lift)
    s, t = _on(b, rb, base - lift), _on(a, ra, base - lift)
    big_a, big_b = int(2 * pi - 2 * lift > pi), int(2 * lift > pi)
    return (
        f"M{p[0]:.1f},{p[1]:.1f} L{q[0]:.1f},{q[1]:.1f} A{rb:.1f},{rb:.1f} 0 {big_b},0 {s[0]:.1f},{s[1]:.1f} "
        f"L{t[0]:.1f},{t[1]:.1f} A{ra:.1f},{ra:.1f} 0 {big_a},0 {p[0]:.1f},{p[1]:.1f}Z"
    )


def _on(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)
