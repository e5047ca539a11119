"""The head and its face, aside and from the front. Paths are in head radii, x to the right, y down."""

from math import cos, radians, sin

from bot.film.canvas import Canvas
from bot.film.framing import NUDGE
from bot.film.geometry import Joints, direction
from bot.film.look import ACCENT, BLUSH, HAIR, INK, TONES

RADIUS = 6.2
SKIN = TONES["skin"]
ROUND = 'fill="none" stroke-linecap="round"'


def head_aside(canvas: Canvas, joints: Joints, *, accent: bool) -> None:
    """Draw a head that faces right."""
    _put(
        canvas,
        joints,
        f'<path d="M.8,-.12 Q1.22,.2 1.12,.3 Q1.05,.38 .85,.34Z" fill="{SKIN}"/>'
        f'<path d="M-.1,-1 A1,1 0 0 1 .98,.1 Q1,.62 .78,.86 Q.55,1.06 .1,1 A1,1 0 0 1 -.1,-1Z" fill="{SKIN}"/>'
        f'<path d="M.84,-.56 Q.5,-1.12 -.1,-1.1 A1.1,1.1 0 0 0 -.5,.98 Q-.3,.72 -.28,.3 Q-.3,-.1 -.02,-.14 '
        f'Q.2,-.12 .2,-.36 Q.52,-.4 .84,-.56Z" fill="{HAIR}"/>'
        f'<path d="M-.2,.12 a.2,.24 0 1 1 .3,.2 a.2,.2 0 0 1 -.24,.02Z" fill="{SKIN}" stroke="{BLUSH}" stroke-width=".05"/>'
        f'<circle cx=".6" cy="-.06" r=".105" fill="{INK}"/><path d="M.56,.58 q.14,.08 .3,-.02" stroke="{INK}" stroke-width=".08" {ROUND}/>'
        + (
            f'<path d="M.9,-.5 Q.3,-.62 -1.08,.06" stroke="{ACCENT}" stroke-width=".3" {ROUND}/>'
            if accent
            else ""
        ),
    )


def head_front(canvas: Canvas, joints: Joints, turn: float, gaze: float, *, accent: bool) -> None:
    """Draw a head that faces the viewer, turned by degrees to the right of the picture."""
    far = abs(turn)
    nape = 0.1 + 0.5 * _x(far)
    parts = [
        f'<path d="M-1.05,{nape:.2f} L-1.06,-.05 A1.06,1.06 0 0 1 1.06,-.05 L.9,.2 L-.8,{nape + 0.1:.2f}Z" fill="{HAIR}"/>',
        _nose_aside(far),
        f'<path d="M-.92,-.3 Q-.97,.98 {_x(far) * 0.22:.2f},1.03 Q.97,.98 .92,-.3Z" fill="{SKIN}"/>',
        _hair(far, nape),
        _ear(-_x(90 - far) * 0.98),
        f'<ellipse cx=".98" cy=".1" rx=".14" ry=".22" fill="{SKIN}"/>' if far < 12 else "",
        *(_eye(far + azimuth, gaze) for azimuth in (-22, 22)),
        f'<path d="M{_x(far) * 0.9 - 0.03:.2f},.14 q.12,.14 -.04,.18" stroke="{BLUSH}" stroke-width=".09" {ROUND}/>',
        _mouth(far),
    ]
    if accent:
        parts.append(
            f'<path d="M-1.03,-.28 Q{_x(far) * 0.5:.2f},-.62 1.03,-.28" stroke="{ACCENT}" stroke-width=".28" {ROUND}/>'
        )
    _put(canvas, joints, "".join(parts), -1 if turn < 0 else 1)


def _x(azimuth: float) -> float:
    """Return how far to the right something on the round head is seen."""
    return sin(radians(azimuth))


def _nose_aside(far: float) -> str:
    """Return the nose that stands out of a face turned far to the side."""
    out = _x(far) * 0.9 + 0.2
    return f'<path d="M.8,-.12 L{out:.2f},.28 L.8,.42Z" fill="{SKIN}"/>' if out > 0.85 else ""


def _ear(x: float) -> str:
    return f'<ellipse cx="{x:.2f}" cy=".1" rx=".16" ry=".23" fill="{SKIN}" stroke="{BLUSH}" stroke-width=".04"/>'


def _hair(far: float, nape: float) -> str:
    """Return the hair around the face; behind the ear that turns to the viewer it reaches lower."""
    left, right = _x(far - 66), _x(min(far + 66, 90))
    middle = (left + right) / 2
    return (
        f'<path d="M-1.05,{nape:.2f} L-1.06,-.05 A1.06,1.06 0 0 1 1.06,-.05 L1.0,.06 L{right:.2f},-.34 '
        f"Q{middle:.2f},-.66 {left:.2f},-.34 L{left - 0.02:.2f},.0 Q{left - 0.1:.2f},{nape:.2f} "
        f'{max(left - 0.25, -0.98):.2f},{nape + 0.12:.2f}Z" fill="{HAIR}"/>'
    )


def _eye(azimuth: float, gaze: float) -> str:
    x, wide = 0.92 * _x(azimuth), 0.35 + 0.65 * cos(radians(azimuth))
    if azimuth > 80:
        return ""
    if gaze < -0.5:
        return f'<path d="M{x - 0.13 * wide:.2f},0 q{0.13 * wide:.2f},.11 {0.26 * wide:.2f},0" stroke="{INK}" stroke-width=".09" {ROUND}/>'
    down = 0.12 * (1 - max(gaze, 0.0))
    lid = 1 + gaze * 1.6 if gaze < 0 else 1.0
    return f'<ellipse cx="{x:.2f}" cy="{down:.2f}" rx="{0.105 * wide:.3f}" ry="{0.12 * max(lid, 0.2):.3f}" fill="{INK}"/>'


def _mouth(far: float) -> str:
    x, width = 0.8 * _x(far), 0.23 * (0.4 + 0.6 * cos(radians(far)))
    return f'<path d="M{x - width:.2f},.55 q{width:.2f},.16 {2 * width:.2f},0" stroke="{INK}" stroke-width=".08" {ROUND}/>'


def _put(canvas: Canvas, joints: Joints, drawing: str, side: int = 1) -> None:
    x, y = canvas.at(joints["skull"])
    tilt = 90 - direction(joints["skull"], joints["crown"]) + NUDGE
    size = RADIUS * canvas.scale
    place = f"translate({x:.1f},{y:.1f}) rotate({tilt:.1f}) scale({side * size:.2f},{size:.2f})"
    canvas.add(f'<g transform="{place}">{drawing}</g>')
