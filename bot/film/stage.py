"""Where the figure stands: its lowest point on the floor, one point of it kept in place, hands and feet that stay."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import acos, atan2, degrees, hypot

from bot.film.pose import Pose
from bot.film.shapes import Head, Limb, Plate, Point, Shape

HEAD = 5.5


def moved(shapes: Sequence[Shape], by: Point) -> list[Shape]:
    """Return the shapes, all moved."""
    return [_moved(shape, by) for shape in shapes]


def _moved(shape: Shape, by: Point) -> Shape:
    if isinstance(shape, Head):
        return replace(shape, centre=_add(shape.centre, by))
    if isinstance(shape, Plate):
        return replace(shape, corners=tuple(_add(c, by) for c in shape.corners))
    return replace(shape, points=tuple(_add(p, by) for p in shape.points))


def _add(a: Point, b: Point) -> Point:
    return a[0] + b[0], a[1] + b[1]


def lowest(shapes: Sequence[Shape]) -> float:
    """Return the height of the lowest point of the figure."""
    return min(low for shape in shapes for low in _lows(shape))


def _lows(shape: Shape) -> list[float]:
    if isinstance(shape, Head):
        return [shape.centre[1] - HEAD]
    if isinstance(shape, Plate):
        return [y - shape.rounding for _, y in shape.corners]
    return [y - w for (_, y), w in zip(shape.points, shape.widths, strict=True)]


def box(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    """Return the least and greatest x, then y, of the figure."""
    spots: list[tuple[Point, float]] = []
    for shape in shapes:
        if isinstance(shape, Head):
            spots.append((shape.centre, HEAD))
        elif isinstance(shape, Plate):
            spots += [(corner, shape.rounding) for corner in shape.corners]
        else:
            spots += list(zip(shape.points, shape.widths, strict=True))
    xs = [x + s * r for (x, _), r in spots for s in (-1, 1)]
    ys = [y + s * r for (_, y), r in spots for s in (-1, 1)]
    return min(xs), max(xs), min(ys), max(ys)


def joint(shapes: Sequence[Shape], part: str, far: bool, end: int) -> Point:
    """Return one end of a limb."""
    return next(s.points[end] for s in shapes if isinstance(s, Limb) and s.part == part and s.far == far)
