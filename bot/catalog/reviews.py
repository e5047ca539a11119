"""Who has read a text and when, and whether it still says what was read."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from bot.catalog.tables import Table
from bot.core.content import Wording
from bot.core.exercises import Exercise

KEYS = ("reviewer", "reviewed", "reviewed_text")
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Review:
    """A review that counts; without one, both are "".

    Attributes:
        by: Who has read it.
        on: ISO date.
    """

    by: str = ""
    on: str = ""


def of_answer(wording: Mapping[str, Wording]) -> str:
    """Return the digest of what a person reads of an answer; search words may change freely."""
    return _digest({language: replace(words, keywords=()) for language, words in wording.items()})


def of_exercise(exercise: Exercise) -> str:
    """Return the digest of an exercise: its words, places and dose."""
    words = {language: asdict(words) for language, words in exercise.wording.items()}
    return _digest({"words": words, "places": exercise.places, "dose": exercise.dose})


def _digest(said: Mapping[str, object]) -> str:
    text = json.dumps(said, default=asdict, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def read_review(table: Table, status: str, digest: str) -> Review:
    """Return the review of a table whose status is ``reviewed``, unless the wording has changed.

    ``digest`` is that of the wording as it is now.
    """
    if status != "reviewed":
        _check_none(table, status)
        return Review()
    review = Review(table.text("reviewer"), table.day("reviewed"))
    if table.text("reviewed_text") in {digest, ""}:
        return review
    text = f"It has changed since {review.by} reviewed it on {review.on}; it is shown as a draft."
    table.warning("reviewed_text", text)
    return Review()


def _check_none(table: Table, status: str) -> None:
    for key in KEYS:
        if table.has(key):
            table.problem(
                key,
                f"'{key}' stands there, but the status is {status!r}.",
                "record the review with python -m bot review, or delete the key.",
            )
