"""The ring of a hold with its seconds, and how often a movement is done: figures as paths of our own.

Everything here is in pixels. A font would be drawn differently on every machine.
"""

from math import cos, pi, sin

from bot.film.canvas import Canvas

INK, TRACK, FILL, PILL = "#2c4052", "#d3d9cd", "#41698c", "#e2e6dc"
SIGNS = {
    "0": "M3,0C1,0 0,2 0,5C0,8 1,10 3,10C5,10 6,8 6,5C6,2 5,0 3,0Z",
    "1": "M1.2,2.2L3.8,0V10",
    "2": "M.3,2.6C.5,.9 1.6,0 3,0C4.7,0 5.8,1.1 5.8,2.7C5.8,4.2 4.8,5.2 3.4,6.5L.2,10H6",
    "3": "M.5,1.4C1.1,.5 2,0 3,0C4.6,0 5.7,1 5.7,2.5C5.7,4 4.6,4.8 3,4.8C4.8,4.8 6,5.8 6,7.4C6,9 4.7,10 3,10C1.7,10 .6,9.4 0,8.4",
    "4": "M4.4,10V0L0,7.2H6",
    "5": "M5.5,0H1L.6,4.5C1.2,3.9 2,3.6 3,3.6C4.8,3.6 6,4.9 6,6.8C6,8.7 4.7,10 3,10C1.7,10 .7,9.5 0,8.6",
    "6": "M4.9,0C2,1 0,3.5 0,6.7C0,8.7 1.2,10 3,10C4.8,10 6,8.7 6,6.8C6,4.9 4.8,3.7 3,3.7C1.5,3.7 .3,4.8 0,6.6",
    "7": "M0,0H6L2.2,10",
    "8": "M3,4.7C1.4,4.7 .4,3.8 .4,2.4C.4,1 1.4,0 3,0C4.6,0 5.6,1 5.6,2.4C5.6,3.8 4.6,4.7 3,4.7C1.2,4.7 0,5.7 0,7.3C0,9 1.3,10 3,10C4.7,10 6,9 6,7.3C6,5.7 4.8,4.7 3,4.7Z",
    "9": "M1.1,10C4,9 6,6.5 6,3.3C6,1.3 4.8,0 3,0C1.2,0 0,1.3 0,3.2C0,5.1 1.2,6.3 3,6.3C4.5,6.3 5.7,5.2 6,3.4",
    "x": "M.8,4L5.2,9M5.2,4L.8,9",
    "<": "M9,7H0M3,4L0,7L3,10",
    ">": "M0,7H9M6,4L9,7L6,10",
    "c": "M5,1.2A4.4,4.4 0 1 1 4.9,1.2ZM5,3.2V5.6L6.6,6.6M4,-.6H6",
}
"""Signs on a field 10 high: figures, times, arrows to both sides, a clock."""
WIDE = {"<": 9.0, ">": 9.0, "c": 10.0}
GAP = 2.2


def badge(canvas: Canvas, signs: str) -> None:
    """Draw signs in the upper left corner."""
    size = 2.1
    wide = _width(signs) * size
    canvas.add(f'<rect x="18" y="20" width="{wide + 30:.1f}" height="44" rx="22" fill="{PILL}"/>')
    _write(canvas, signs, 33.0, 42 - 5 * size, size)


def ring(canvas: Canvas, hold: float, held: float) -> None:
    """Draw the seconds of a hold that are left, and a ring that fills meanwhile.

    Args:
        canvas: Where to draw.
        hold: Seconds of the whole hold.
        held: Seconds that are over.
    """
    x, y, r = 434.0, 48.0, 27.0
    canvas.add(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="{PILL}" stroke="{TRACK}" stroke-width="7"/>'
    )
    share = held / hold
    if share > 0:
        canvas.add(
            f'<path d="{_arc(x, y, r, share)}" fill="none" stroke="{FILL}" stroke-width="7" stroke-linecap="round"/>'
        )
    left = str(int(hold - held + 0.999))
    size = 2.0 if len(left) == 1 else 1.7
    _write(canvas, left, x - _width(left) * size / 2, y - 5 * size, size)


def _arc(x: float, y: float, r: float, share: float) -> str:
    if share > 0.995:
        return f"M{x},{y - r} A{r},{r} 0 1 1 {x - 0.1:.1f},{y - r}Z"
    angle = 2 * pi * share
    end = f"{x + r * sin(angle):.1f},{y - r * cos(angle):.1f}"
    return f"M{x},{y - r} A{r},{r} 0 {int(share > 0.5)} 1 {end}"


def _width(signs: str) -> float:
    return sum(WIDE.get(sign, 6.0) for sign in signs) + GAP * (len(signs) - 1)


def _write(canvas: Canvas, signs: str, x: float, y: float, size: float) -> None:
    for sign in signs:
        canvas.add(
            f'<path transform="translate({x:.1f},{y:.1f}) scale({size})" d="{SIGNS[sign]}" fill="none" '
            f'stroke="{INK}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>'
        )
        x += (WIDE.get(sign, 6.0) + GAP) * size
