"""What is around the figure: chair, wall, mat, worktop, window; drawn behind it, in floor units."""

from collections.abc import Callable, Mapping, Sequence

from bot.film.paint import Canvas

WOOD, WOOD_DARK, STEEL = "#b9a58c", "#9d8a72", "#a9b1ac"
CLOTH, WALL, WALL_EDGE = "#b7c9bf", "#dde1d8", "#c3c9bf"


def rect(canvas: Canvas, x: float, y: float, width: float, height: float, fill: str, round_by: float = 1.0) -> None:
    """Draw a rectangle whose lower left corner is (x, y)."""
    left, top = canvas.at((x, y + height))
    s = canvas.scale
    canvas.add(
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width * s:.1f}" height="{height * s:.1f}" rx="{round_by * s:.1f}" fill="{fill}"/>'
    )
