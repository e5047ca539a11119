"""What lies behind everything: paper, floor, shadow, and the marks that a walk passes."""

from bot.core.film import Script
from bot.film.canvas import SIZE, Canvas
from bot.film.geometry import Joints
from bot.film.look import GROUND, SHADOW
from bot.film.props import Room

MARKS = 12.0
"""Body units between the marks on the floor that a walk passes, about."""
LEAST = 4.0
"""Body units: a walk that leads less far on passes no marks."""
NEAR_FLOOR = 8.0
"""What is lower than this throws the shadow."""

Walk = tuple[float, float]


def paint_backdrop(canvas: Canvas, script: Script, room: Room, body: Joints, walk: Walk) -> None:
    """Draw it.

    Args:
        canvas: Where to draw.
        script: Says what is seen of the floor.
        room: The edges of the picture.
        body: What throws the shadow.
        walk: How far a walk has gone, and how far one round of it leads.
    """
    if script.close:
        canvas.add(f'<circle cx="{SIZE / 2:.0f}" cy="270" r="205" fill="{GROUND}"/>')
    elif script.view == "top":
        canvas.add(f'<rect width="{SIZE}" height="{SIZE}" fill="{GROUND}"/>')
    else:
        canvas.box((room.left - 5, -60), (room.right - room.left + 10, 60), GROUND, 0)
        if script.travels and abs(walk[1]) > LEAST:
            _passing(canvas, room, *walk)
        if "mat" not in script.props:
            _shadow(canvas, body)


def _shadow(canvas: Canvas, body: Joints) -> None:
    low = [x for x, y in body.values() if y < NEAR_FLOOR]
    if not low:
        return  # nothing of it is near the floor
    canvas.oval(((min(low) + max(low)) / 2, -0.4), (max(low) - min(low)) / 2 + 4, 1.5, SHADOW)


def _passing(canvas: Canvas, room: Room, passed: float, way: float) -> None:
    """Draw marks that go by as fast as the walk, a whole number of them in one round."""
    gap = abs(way) / max(1, round(abs(way) / MARKS))
    x = room.left - gap - passed % gap
    while x < room.right + gap:
        canvas.box((x, -5.5), (5.0, 0.9), SHADOW, 0.4)
        x += gap
