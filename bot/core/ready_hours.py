"""Ready hours to choose from, around one time or in place of hours that cannot be. Pure."""

from collections.abc import Sequence
from datetime import time

from bot.core.breaks import Window
from bot.core.spoken_window import LAST_MINUTE, Edge

WORK_MINUTES = (540, 480, 360, 300, 240)
LUNCH_MINUTES = (60, 45, 30)
_DAY = 24 * 60


def around(edge: Edge, minutes: Sequence[int]) -> tuple[Window, ...]:
    """Return windows of these lengths that begin or end at the edge; the day's ends cut them."""
    if edge.is_end:
        ends = [(_shown(_minute_after(edge.at) - length), edge.at) for length in minutes]
    else:
        ends = [(edge.at, _shown(_minute(edge.at) + length)) for length in minutes]
    return tuple(Window(*both) for both in dict.fromkeys(ends) if both[0] < both[1])


def like(usual: Window, edge: Edge) -> tuple[Window, ...]:
    """Return working hours that begin or end at the edge, the likest to the usual ones first."""
    whole = (usual.start, edge.at) if edge.is_end else (edge.at, usual.end)
    kept = (Window(*whole),) if whole[0] < whole[1] else ()
    return tuple(
        sorted(dict.fromkeys((*kept, *around(edge, WORK_MINUTES))), key=lambda w: _apart(w, usual))
    )


def roomier(start: time, every: int) -> Window:
    """Return hours from this start, or a little earlier, with room for a break in their middle."""
    first = min(_minute(start), _minute(LAST_MINUTE) - 2 * every)
    return Window(_shown(first), _shown(first + 2 * every))


def both_ways(start: time, end: time) -> tuple[Window, ...]:
    """Return what may have been meant by hours that end before they start."""
    offers = [(end, start), (start, LAST_MINUTE)]
    return tuple(Window(*offer) for offer in offers if offer[0] < offer[1])


def minutes_of(start: time, end: time) -> int:
    """Return how long these hours are."""
    return _minute(end) - _minute(start)


def _apart(window: Window, usual: Window) -> int:
    return abs(minutes_of(usual.start, window.start)) + abs(minutes_of(usual.end, window.end))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _minute_after(end: time) -> int:
    return _DAY if end == LAST_MINUTE else _minute(end)


def _shown(minute: int) -> time:
    """Return the time of a minute of the day; what lies beyond it is its first or last."""
    return time(*divmod(min(max(minute, 0), _DAY - 1), 60))
