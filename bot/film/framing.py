"""How large a film is drawn and where, so that all of it is in the picture all the time."""

from collections.abc import Sequence

from bot.core.film import Script
from bot.film.canvas import SIZE
from bot.film.geometry import Joints, Point

LARGEST, LARGEST_CLOSE = 5.0, 6.2
"""Pixels a hundredth of the body's height, at most."""
MARGIN, TOP, FLOOR = 24, 34, 436
"""Pixels: free at the sides and above; the lowest floor."""
NUDGE = 0.0137
"""Pixels off round numbers: machines whose sines differ in the last digit round alike, all the same."""
MIDDLE = 262
"""Pixels: the middle of a figure that is not tall."""
BEHIND, AHEAD = 17, 10
"""Room for a chair behind the hips, for a worktop or wall before the hands."""


def framed(script: Script, bodies: Sequence[Joints]) -> tuple[float, Point]:
    """Return pixels a unit and the pixel of (0, 0), given the body at many moments."""
    left, right, low, high = _box(bodies, close=script.close > 0)
    if {"chair", "chair-edge"} & set(script.props) and not script.close:
        left = min(left, bodies[0]["hip"][0] - BEHIND)
    if {"worktop", "wall"} & set(script.props):
        right += AHEAD
    most = LARGEST_CLOSE * script.close if script.close else LARGEST
    scale = min(most, (SIZE - 2 * MARGIN) / (right - left), (FLOOR - TOP) / (high - low))
    middle, floor = SIZE / 2 - (left + right) / 2 * scale, _floor(script, scale, low, high)
    return scale, (middle + NUDGE, floor + NUDGE)


def _box(bodies: Sequence[Joints], *, close: bool) -> tuple[float, float, float, float]:
    least = min(body["hip"][1] for body in bodies) - 5 if close else -1000.0
    points = [(x, y) for body in bodies for x, y in body.values() if y >= least]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - 4, max(xs) + 4, least if close else min(0.0, *ys), max(ys) + 1.5


def _floor(script: Script, scale: float, low: float, high: float) -> float:
    if script.close:
        return 62 + high * scale
    if script.view == "top":
        return SIZE / 2 + 14 + (low + high) / 2 * scale
    return min(FLOOR, MIDDLE + (high - low) * scale / 2)
