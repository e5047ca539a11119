"""Shapes become an SVG picture."""

from collections.abc import Sequence
from math import acos, atan2, cos, hypot, pi, radians, sin

from bot.film.shapes import Head, Limb, Plate, Point, Shape

SIZE = 480
PAPER, FLOOR, SHADOW = "#eef0ea", "#c9cfc6", "#dcE1d8"
ACCENT, FAR_ACCENT = "#e4643c", "#f0a78c"
TONES = {"top": "#5b83a3", "legs": "#344c62", "skin": "#c98f6b", "shoe": "#22303c"}
FAR = {"top": "#9db4c6", "legs": "#8696a5", "skin": "#e0bda6", "shoe": "#7c8790"}
HAIR, INK = "#3a2c26", "#2a211d"


class Canvas:
    """Turns body units (y upwards) into pixels and collects SVG elements."""

    def __init__(self, scale: float, shift: Point) -> None:
        self.scale, self.shift = scale, shift
        self.parts: list[str] = []

    def at(self, point: Point) -> Point:
        """Return the pixel of a point."""
        return self.shift[0] + point[0] * self.scale, self.shift[1] - point[1] * self.scale

    def add(self, element: str) -> None:
        """Draw on top."""
        self.parts.append(element)

    def svg(self) -> str:
        """Return the whole picture."""
        body = "".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" '
            f'viewBox="0 0 {SIZE} {SIZE}"><rect width="{SIZE}" height="{SIZE}" fill="{PAPER}"/>{body}</svg>'
        )


def paint(canvas: Canvas, shapes: Sequence[Shape], accents: frozenset[str]) -> None:
    """Draw the figure."""
    for shape in shapes:
        if isinstance(shape, Limb):
            _limb(canvas, shape, accents)
        elif isinstance(shape, Plate):
            _plate(canvas, shape, accents)
        else:
            _head(canvas, shape, "head" in accents)


def _fill(part: str, tone: str, far: bool, accents: frozenset[str]) -> str:
    if part in accents and tone != "skin":
        return FAR_ACCENT if far else ACCENT
    if part in accents:
        return FAR_ACCENT if far else ACCENT
    return (FAR if far else TONES)[tone]


def _limb(canvas: Canvas, limb: Limb, accents: frozenset[str]) -> None:
    fill = _fill(limb.part, limb.tone, limb.far, accents)
    pairs = list(zip(limb.points, limb.widths, strict=True))
    path = " ".join(
        capsule(canvas.at(a), canvas.at(b), wa * canvas.scale, wb * canvas.scale)
        for (a, wa), (b, wb) in zip(pairs, pairs[1:], strict=False)
    )
    canvas.add(f'<path d="{path}" fill="{fill}"/>')


def _plate(canvas: Canvas, plate: Plate, accents: frozenset[str]) -> None:
    fill = _fill(plate.part, plate.tone, False, accents)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(canvas.at, plate.corners))
    width = 2 * plate.rounding * canvas.scale
    canvas.add(
        f'<polygon points="{points}" fill="{fill}" stroke="{fill}" stroke-width="{width:.1f}" stroke-linejoin="round"/>'
    )


def _head(canvas: Canvas, head: Head, accent: bool) -> None:
    x, y = canvas.at(head.centre)
    r = 5.5 * canvas.scale
    turn = sin(radians(head.turn))
    parts = [f'<circle r="{r:.1f}" fill="{TONES["skin"]}"/>']
    if abs(head.turn) == 90:
        parts = [
            f'<circle cx="{r * 0.98:.1f}" cy="{r * 0.12:.1f}" r="{r * 0.17:.1f}" fill="{TONES["skin"]}"/>',  # nose
            *parts,
            f'<path d="M{r * 0.35:.1f},{-r * 0.98:.1f} A{r:.1f},{r:.1f} 0 1,0 {-r * 0.55:.1f},{r * 0.86:.1f} '
            f'Q{-r * 0.2:.1f},{r * 0.1:.1f} {r * 0.1:.1f},{-r * 0.1:.1f} Q{r * 0.45:.1f},{-r * 0.5:.1f} {r * 0.35:.1f},{-r * 0.98:.1f}Z" fill="{HAIR}"/>',
            f'<circle cx="{r * 0.58:.1f}" cy="{-r * 0.08:.1f}" r="{r * 0.11:.1f}" fill="{INK}"/>',
            f'<path d="M{r * 0.5:.1f},{r * 0.48:.1f} q{r * 0.18:.1f},{r * 0.1:.1f} {r * 0.32:.1f},{-r * 0.03:.1f}" '
            f'stroke="{INK}" stroke-width="{r * 0.09:.1f}" fill="none" stroke-linecap="round"/>',
        ]
    else:
        dx = turn * r * 0.62
        squeeze = max(cos(radians(head.turn)), 0.45)
        parts.append(
            f'<path d="M{-r:.1f},{r * 0.05:.1f} A{r:.1f},{r:.1f} 0 0,1 {r:.1f},{r * 0.05:.1f} '
            f'Q{dx + r * 0.55:.1f},{-r * 0.62:.1f} {dx:.1f},{-r * 0.5:.1f} Q{dx - r * 0.55:.1f},{-r * 0.62:.1f} {-r:.1f},{r * 0.05:.1f}Z" fill="{HAIR}"/>'
        )
        away = max(head.gaze, 0) * r * 0.12
        for side in (-1, 1):
            ex = dx + side * r * 0.34 * squeeze
            if head.gaze <= -0.5:
                parts.append(
                    f'<path d="M{ex - r * 0.13:.1f},{r * 0.02:.1f} q{r * 0.13:.1f},{r * 0.12:.1f} {r * 0.26:.1f},0" '
                    f'stroke="{INK}" stroke-width="{r * 0.09:.1f}" fill="none" stroke-linecap="round"/>'
                )
            else:
                parts.append(f'<circle cx="{ex + away:.1f}" cy="{r * 0.02:.1f}" r="{r * 0.11:.1f}" fill="{INK}"/>')
        parts.append(f'<circle cx="{dx * 1.25:.1f}" cy="{r * 0.22:.1f}" r="{r * 0.09:.1f}" fill="#a86f4f"/>')
        parts.append(
            f'<path d="M{dx - r * 0.2 * squeeze:.1f},{r * 0.46:.1f} q{r * 0.2 * squeeze:.1f},{r * 0.14:.1f} {r * 0.4 * squeeze:.1f},0" '
            f'stroke="{INK}" stroke-width="{r * 0.09:.1f}" fill="none" stroke-linecap="round"/>'
        )
    if accent:
        parts.insert(0, f'<circle r="{r * 1.16:.1f}" fill="{ACCENT}"/>')
    canvas.add(f'<g transform="translate({x:.1f},{y:.1f}) rotate({head.tilt:.1f})">{"".join(parts)}</g>')


def capsule(a: Point, b: Point, ra: float, rb: float) -> str:
    """Return the outline of two circles and the straight edges that touch both."""
    distance = hypot(b[0] - a[0], b[1] - a[1])
    if distance <= abs(ra - rb):
        x, y, r = (*a, ra) if ra > rb else (*b, rb)
        return f"M{x - r:.1f},{y:.1f} a{r:.1f},{r:.1f} 0 1,0 {2 * r:.1f},0 a{r:.1f},{r:.1f} 0 1,0 {-2 * r:.1f},0Z"
    base = atan2(b[1] - a[1], b[0] - a[0])
    lift = acos((ra - rb) / distance)
    first, second = base + lift, base - lift
    p, q = _on(a, ra, first), _on(b, rb, first)
    s, t = _on(b, rb, second), _on(a, ra, second)
    big_a = int(2 * pi - 2 * lift > pi)
    big_b = int(2 * lift > pi)
    return (
        f"M{p[0]:.1f},{p[1]:.1f} L{q[0]:.1f},{q[1]:.1f} A{rb:.1f},{rb:.1f} 0 {big_b},0 {s[0]:.1f},{s[1]:.1f} "
        f"L{t[0]:.1f},{t[1]:.1f} A{ra:.1f},{ra:.1f} 0 {big_a},0 {p[0]:.1f},{p[1]:.1f}Z"
    )


def _on(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)
