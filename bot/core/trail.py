"""Where a person came from, short enough to travel in a button. Pure.

A trail is a string of places, the newest last: three characters stand for a topic or an entry, a
dot and three for an entry's sources, a capital letter or "_" and one character for a fixed screen,
"~" and nine characters for a list of found entries.
"""

import re
from zlib import crc32

LONGEST = 24
FOUND = "~"
SOURCES = "."
_NO_CODE = "---"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODE_LENGTH = 3
_MOST_FOUND = 3
_BUTTON = 49  # characters of a button that a name and its trail share, in any language
_FOUND_PLACE = r"~(?:[0-9a-z]{9}|[0-9a-z]{6}---|[0-9a-z]{3}------)"
_PLACE = re.compile(rf"{_FOUND_PLACE}|\.?[0-9a-z]{{3}}|_[0-9a-z]|[A-Z]")

PATTERN = re.compile(rf"(?=.{{1,{LONGEST}}}\Z)(?:{_PLACE.pattern})+")
"""A trail as a button may carry it."""
FOUND_PATTERN = re.compile(_FOUND_PLACE)
"""The place of a list of found entries."""


def code(name: str) -> str:
    """Return the three characters that stand for a name; they never change."""
    number = crc32(name.encode())
    signs = []
    for _ in range(_CODE_LENGTH):
        number, sign = divmod(number, len(_DIGITS))
        signs.append(_DIGITS[sign])
    return "".join(signs)


def topic_place(topic: str) -> str:
    """Return the place of a topic; an entry may have the same name and still another place."""
    return code(f"topic {topic}")


def sources_place(entry: str) -> str:
    """Return the place of the screen that shows an entry's sources."""
    return SOURCES + code(entry)


def found_place(entries: tuple[str, ...]) -> str:
    """Return the place of a list of at most three found entries."""
    codes = [code(entry) for entry in entries[:_MOST_FOUND]]
    return FOUND + "".join(codes + [_NO_CODE] * (_MOST_FOUND - len(codes)))


def found_codes(place: str) -> tuple[str, ...]:
    """Return the codes of the entries in a place that `found_place` made, in its order."""
    return tuple(re.findall(r"[0-9a-z]{3}", place))


def pushed(trail: str, place: str) -> str:
    """Return the trail with one more place; the oldest are forgotten where it grows too long."""
    return fitted(trail + place)


def fitted(trail: str, name: str = "") -> str:
    """Return the newest part of the trail that fits into a button beside ``name``."""
    room = min(LONGEST, _BUTTON - len(name))
    places = _PLACE.findall(trail)
    while places and len("".join(places)) > room:
        places.pop(0)
    return "".join(places)


def popped(trail: str) -> tuple[str, str]:
    """Return the newest place and the trail before it; two empty strings where there is none."""
    places = _PLACE.findall(trail)
    return (places[-1], "".join(places[:-1])) if places else ("", "")
