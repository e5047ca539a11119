"""What stands around the figure: chair, wall, mat, worktop, window. Drawn behind it, in body units."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.film.canvas import Canvas
from bot.film.geometry import Joints

WOOD, WOOD_DARK, WOOD_PALE = "#c8a980", "#a98a63", "#dcc6a6"
MAT, PILLOW = "#9fc0ac", "#cbd8e2"
WALL, WALL_LINE, SKIRTING = "#dcd8cb", "#cbc6b6", "#bdb7a5"
GLASS, HILL, FRAME, METAL = "#cfe3ee", "#a9c7a4", "#fbfbf8", "#8d979d"

EDGE = 5.0
"""How much nearer to the front somebody sits on a chair's edge."""


@dataclass(frozen=True, slots=True)
class Room:
    """What the props go by.

    Attributes:
        joints: The body in its first key frame.
        left, right, top: Edges of the picture in body units.
    """

    view: str
    joints: Joints
    left: float
    right: float
    top: float


def paint_props(canvas: Canvas, names: tuple[str, ...], room: Room) -> None:
    """Draw what is behind the figure."""
    for name in names:
        _BEHIND[room.view, name](canvas, room)


def paint_desk(canvas: Canvas, room: Room) -> None:
    """Draw a desk with the back of a laptop in front of a figure that faces the viewer."""
    y = room.joints["hip"][1] + 1.5
    canvas.plate([(-9.0, y + 9.5), (9.0, y + 9.5), (10.0, y), (-10.0, y)], 0.8, METAL)
    canvas.oval((0.0, y + 4.8), 1.2, 1.2, "#a7b0b5")
    canvas.box((room.left - 2, y - 3.0), (room.right - room.left + 4, 3.0), WOOD, 0.3)
    canvas.box((room.left - 2, y - 60), (room.right - room.left + 4, 57.0), WOOD_DARK, 0)


def _chair(canvas: Canvas, room: Room, back: float = 0.0) -> None:
    x, seat = room.joints["hip"][0] - back, seat_top(room.joints)
    for leg in (x - 7.0, x + 8.4):
        canvas.line([(leg, seat - 1), (leg + (leg - x) * 0.08, 0.8)], 1.7, WOOD_DARK)
    canvas.line([(x - 7.6, seat - 1), (x - 10.2, seat + 27)], 1.9, WOOD_DARK)
    canvas.line([(x - 9.4, seat + 15), (x - 10.6, seat + 27)], 3.2, WOOD)
    canvas.box((x - 8.8, seat - 2.6), (19.0, 2.6), WOOD, 1.2)


def _chair_edge(canvas: Canvas, room: Room) -> None:
    """Draw a chair on whose front edge the figure sits."""
    _chair(canvas, room, EDGE)


def seat_top(joints: Joints) -> float:
    """Return the height of the seat."""
    return joints["hip"][1] - 5.5


def _chair_front(canvas: Canvas, room: Room) -> None:
    hip = room.joints["hip"][1]
    for side in (-1, 1):
        canvas.line([(side * 10.4, hip - 5), (side * 11.2, 0.9)], 1.9, WOOD_DARK)
    canvas.box((-12.6, hip - 6.6), (25.2, 4.6), WOOD, 1.8)


def _wall(canvas: Canvas, room: Room) -> None:
    x = max(room.joints["tip0"][0], room.joints["wrist0"][0]) + 1.6
    canvas.box((x, 0.0), (room.right - x + 3, room.top + 3), WALL, 0)
    canvas.box((x, 0.0), (room.right - x + 3, 4.0), SKIRTING, 0)


def _wall_front(canvas: Canvas, room: Room) -> None:
    canvas.box((room.left - 3, 0.0), (room.right - room.left + 6, room.top + 3), WALL, 0)
    for row in range(1, int(room.top / 12) + 1):
        canvas.box((room.left - 3, row * 12.0), (room.right - room.left + 6, 0.35), WALL_LINE, 0)
    canvas.box((room.left - 3, 0.0), (room.right - room.left + 6, 4.0), SKIRTING, 0)


def _mat(canvas: Canvas, room: Room) -> None:
    joints = room.joints.values()
    spots = [x for x, y in joints if y < 9] or [x for x, _ in joints]
    left, right = min(spots) - 5, max(spots) + 5
    canvas.box((left, -1.8), (right - left, 1.9), MAT, 0.9)


def _mat_top(canvas: Canvas, room: Room) -> None:
    low = min(y for _, y in room.joints.values()) - 7
    canvas.box((-19, low), (38, room.joints["crown"][1] + 6 - low), MAT, 2.0)
    canvas.box((-17.4, low + 1.6), (34.8, room.joints["crown"][1] + 2.8 - low), "#a9c8b5", 1.4)


def _pillow(canvas: Canvas, room: Room) -> None:
    x, y = room.joints["skull"]
    high = max(y - 5.4, 1.4)
    canvas.box((x - 7.0, 0.0), (14.5, high + 1.0), PILLOW, min(high / 2, 1.6))


def _pillow_top(canvas: Canvas, room: Room) -> None:
    x, y = room.joints["skull"]
    canvas.box((x - 9.5, y - 6), (19.0, 12.5), PILLOW, 3.2)


def _worktop(canvas: Canvas, room: Room) -> None:
    x, y = max(room.joints["tip0"], room.joints["tip1"])
    top = y - 1.8
    canvas.box((x - 4.0, 0.0), (17.0, top), WOOD_PALE, 0.4)
    canvas.box((x - 2.0, top * 0.12), (13.0, top * 0.72), WOOD, 0.8)
    canvas.box((x - 5.4, top - 2.6), (20.0, 2.6), WOOD_DARK, 0.8)


def _window(canvas: Canvas, room: Room) -> None:
    y = room.joints["hip"][1] + 14
    x = room.right - 22
    canvas.box((x, y), (19.5, 30.0), FRAME, 1.0)
    canvas.box((x + 1.4, y + 1.4), (16.7, 27.2), GLASS, 0.4)
    canvas.plate(
        [
            (x + 2.4, y + 2.4),
            (x + 17.1, y + 2.4),
            (x + 17.1, y + 7),
            (x + 11, y + 10),
            (x + 2.4, y + 5),
        ],
        1.0,
        HILL,
    )
    canvas.oval((x + 6.4, y + 22), 2.6, 2.6, "#f6e3a8")
    canvas.box((x + 9.3, y + 1.4), (0.9, 27.2), FRAME, 0)


def _none(canvas: Canvas, room: Room) -> None:
    """Draw nothing: it is painted in front of the figure."""


Painter = Callable[[Canvas, Room], None]
_BEHIND: Mapping[tuple[str, str], Painter] = {
    ("side", "chair"): _chair,
    ("side", "chair-edge"): _chair_edge,
    ("front", "chair"): _chair_front,
    ("side", "wall"): _wall,
    ("front", "wall"): _wall_front,
    ("side", "mat"): _mat,
    ("top", "mat"): _mat_top,
    ("side", "pillow"): _pillow,
    ("top", "pillow"): _pillow_top,
    ("side", "worktop"): _worktop,
    ("front", "window"): _window,
    ("front", "desk"): _none,
}
STANDS = frozenset(_BEHIND)
"""The props that each view has."""
