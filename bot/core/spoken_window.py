"""A stretch of the day as people type it: "9-18", "с 9 до 18", "9am to 5pm", "13:00–14:00"."""

import re
from dataclasses import dataclass
from datetime import time

from bot.core.near_time import near_times
from bot.core.spoken_time import parse_time
from bot.core.spoken_words import BENT, PLAIN

_LONGEST = 60
_SEPARATOR = re.compile(r"\s*[-–—]\s*|\s+(?:to|till|until|до|по)\s+|\s+and\s+")
_OPENING = re.compile(r"^\s*(?:from|between|с|со|от)\s+", re.IGNORECASE)
_CLOSING = re.compile(r"^\s*(?:to|till|until|до|по)\s+", re.IGNORECASE)
_RANGE = re.compile(r"\d\s*[-–—]\s*\d")
_DAY_S_END = re.compile(r"24(?:[:.]00)?")
_BARE = re.compile(r"(?!0)\d\d?(?:[:.]\d\d)?")
_NOON, _ONE = 12, time(13)
MIDNIGHT, LAST_MINUTE = time(0), time(23, 59)


@dataclass(frozen=True, slots=True)
class Edge:
    """One time alone where two are needed."""

    at: time
    is_end: bool = False


def parse_edge(text: str, start: time) -> Edge | None:
    """Return the one time that was said, or the only one that may have been; None: there is none.

    ``start`` helps to read an end: "until 5" after a start at 09:00 is 17:00.
    """
    if len(text) > _LONGEST or _RANGE.search(text):
        return None  # "9-25" is meant as two times
    if closing := _CLOSING.match(text):
        window = parse_window(f"{start:%H:%M} - {text[closing.end() :]}")
        return Edge(window[1], is_end=True) if window else None
    at = parse_time(_OPENING.sub("", text))
    near = near_times(text) if at is None else (at,)
    return Edge(near[0]) if len(near) == 1 else None


def parse_window(text: str) -> tuple[time, time] | None:
    """Return start and end as they were said; None if it is not surely two times.

    Midnight as an end is the last minute of the day.
    The end may be the earlier one: who asks decides what that means. "9-5" is an office day and
    "12:30-1:30" a lunch, so a bare end that would lie before the start is taken in the afternoon.
    """
    if len(text) > _LONGEST:
        return None
    halves = _SEPARATOR.split(_OPENING.sub("", text.casefold()).replace("ё", "е"))
    if len(halves) != len(("start", "end")):
        return None
    start, end = parse_time(halves[0]), _end(halves[1].strip())
    if start is None or end is None:
        return None
    if end == MIDNIGHT:
        return start, LAST_MINUTE
    if end <= start < _ONE and end.hour < _NOON and _is_bare(halves[1].strip()):
        return start, end.replace(hour=end.hour + _NOON)
    return start, end


def _end(half: str) -> time | None:
    return MIDNIGHT if _DAY_S_END.fullmatch(half) else parse_time(half)


def _is_bare(half: str) -> bool:
    """Whether a time is only a number, so that it may be one of the afternoon; "05:00" is not."""
    return bool(_BARE.fullmatch(half)) or half in PLAIN or half in BENT
