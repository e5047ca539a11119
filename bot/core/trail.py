"""Where a person came from, short enough to travel in a button. Pure.

A trail is a string of places, the newest last: three characters stand for a topic or an entry, a
capital letter for a fixed screen, "~" and nine characters for a list of found entries.
"""

import re
from zlib import crc32

LONGEST = 24
NO_CODE = "---"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODE_LENGTH = 3
_FOUND = 3
_BUTTON = 49  # characters of a button that a name and its trail share, both languages alike
_PLACE = re.compile(r"~[0-9a-z-]{9}|[0-9a-z]{3}|[A-Z]")

PATTERN = re.compile(rf"(?=.{{1,{LONGEST}}}\Z)(?:{_PLACE.pattern})+")
"""What a button may carry."""


def code(name: str) -> str:
    """Return the three characters that stand for a topic or an entry; they never change."""
    number = crc32(name.encode())
    signs = []
    for _ in range(_CODE_LENGTH):
        number, sign = divmod(number, len(_DIGITS))
        signs.append(_DIGITS[sign])
    return "".join(signs)


def found_place(names: tuple[str, ...]) -> str:
    """Return the place of a list of at most three found entries."""
    codes = [code(name) for name in names[:_FOUND]]
    return "~" + "".join(codes + [NO_CODE] * (_FOUND - len(codes)))


def found_codes(place: str) -> tuple[str, ...]:
    """Return the codes of the entries in a place that `found_place` made."""
    codes = re.findall(r"[0-9a-z]{3}", place.removeprefix("~"))
    return tuple(codes)


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
