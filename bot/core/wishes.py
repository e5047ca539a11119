"""What a whole short message asks of the bot itself: "menu", "remind me at 8", "пауза до среды"."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from bot.core.search.lists import WordLists
from bot.core.spoken_date import parse_date
from bot.core.spoken_time import parse_time

AROUND, PAUSE, TIME = "around", "pause", "time"
WISHES = (
    "menu",
    "reminders",
    "breaks",
    TIME,
    PAUSE,
    "exercises",
    "settings",
    "help",
    "stop",
    "delete",
    "greeting",
    "thanks",
)
"""What can be wished, as the word lists name it; ``AROUND`` lists words that change no wish."""

_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """One of `WISHES`, with the time or the day that was said with it."""

    name: str
    at: time | None = None
    day: date | None = None


def wish_of(text: str, lists: Iterable[WordLists], today: date) -> Wish | None:
    """Return what the whole text wishes; None: one word is no part of a wish, or it is too long."""
    at = parse_time(text)
    if at is not None:
        return Wish(TIME, at=at)
    words = _words(text)
    if not words or len(words) > _MOST_WORDS:
        return None
    found = next((name for listed in lists if (name := _named(words, listed))), "")
    if found:
        return Wish(found)
    pauses = {word for listed in lists for word in listed.wishes.get(PAUSE, ())}
    day = parse_date(text, today) if pauses & set(words) else None
    return Wish(PAUSE, day=day) if day else None


def _named(words: list[str], lists: WordLists) -> str:
    around = frozenset(lists.wishes.get(AROUND, ()))
    core = _without(words, around)
    return next(
        (
            name
            for name in WISHES
            for spelling in lists.wishes.get(name, ())
            if _words(spelling) == words or (core and _without(_words(spelling), around) == core)
        ),
        "",
    )


def _without(words: list[str], around: frozenset[str]) -> list[str]:
    return [word for word in words if word not in around]


def _words(text: str) -> list[str]:
    """Return the words in small letters; signs and pictures part them, apostrophes go."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    plain = plain.replace("'", "").replace("’", "").lstrip("/")
    return "".join(char if char.isalnum() else " " for char in plain).split()
