"""What ships, piece by piece, and whether both languages agree in it."""

import re
from collections.abc import Iterable

from bot.catalog.editing.shelf import (
    Piece,
    answers,
    bodies,
    complete,
    everything,
    exercises,
    plain,
    prose,
    short_lines,
    standard_texts,
)

__all__ = [
    "LANGUAGES",
    "Piece",
    "answers",
    "bodies",
    "complete",
    "everything",
    "exercises",
    "plain",
    "prose",
    "short_lines",
    "standard_texts",
    "unlike",
]

LANGUAGES = ("en", "ru")


def unlike(pieces: Iterable[Piece], seen: re.Pattern[str]) -> list[str]:
    """Return where the two languages differ in what ``seen`` finds, in any order."""
    found: dict[str, list[list[str]]] = {}
    for piece in pieces:
        place = piece.where.rsplit("/", 1)[0]
        found.setdefault(place, []).append(sorted(seen.findall(piece.text)))
    return [place for place, (one, other) in found.items() if one != other]
