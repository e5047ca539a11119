"""JSON as it comes over the wire: what is odd in one update must not cost those beside it."""

import json
import re

import orjson

MOST_DEEP = 100  # an update of Telegram's has not a fifth of it
MOST_DIGITS = 20  # more are no number of 64 bits
# a string is one mark, also one that never ends: so no text takes more than one look
MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def read_json(payload: bytes) -> object:
    """Return what a JSON text says, as far as that can be told.

    A whole number of more than 64 bits is a float, be it infinite. Where the text is not strictly
    JSON in UTF-8, what lies too deep is None, and a byte that is no letter is U+FFFD.

    Raises:
        ValueError: It is no JSON all the same.
    """
    try:
        return orjson.loads(payload)
    except ValueError:
        text = _shallow(payload.decode("utf-8", "replace"))
    return json.loads(text, strict=False, parse_int=_whole)


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= MOST_DIGITS else float(digits)


def _shallow(text: str) -> str:
    """Return a text with null in place of each object and array that lies too deep to be read."""
    kept: list[str] = []
    depth = begin = 0
    for mark in MARKS.finditer(text):
        if mark[0] in {"{", "["}:
            depth += 1
            if depth == MOST_DEEP + 1:
                kept.append(text[begin : mark.start()])
        elif mark[0] in {"}", "]"}:
            if depth == MOST_DEEP + 1:
                kept.append("null")
                begin = mark.end()
            depth -= 1
    if depth <= MOST_DEEP:  # else the rest is cut off
        kept.append(text[begin:])
    return "".join(kept)
