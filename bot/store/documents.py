"""Rhythms and preferences as JSON texts, which one column holds each.

Reading never fails: what is unknown is ignored, what is wrong counts as not said.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date, time
from functools import lru_cache
from typing import Any

from bot.core.breaks import Rhythm, Window
from bot.core.plans import EVERY_DAY, Stamps
from bot.core.preferences import MORNING_MINUTES, OWN_DAYS_KEPT, Preferences

NO_RHYTHM = "[]"
SWITCHES = ("no_floor", "no_standing", "no_films", "hide_streaks", "checked")
LONGEST_MINUTES = 24 * 60

_WRONG = (ValueError, TypeError, KeyError, AttributeError)
_AS_NEW = Preferences()


def rhythm_text(rhythm: Rhythm | None) -> str:
    """Return a rhythm as {"every": minutes, "lunch": null or a window, "days": {"1": a window}}."""
    if rhythm is None:
        return NO_RHYTHM
    days = {str(day): _window_words(window) for day, window in rhythm.windows}
    lunch = rhythm.lunch and _window_words(rhythm.lunch)
    return _compact({"every": rhythm.every, "lunch": lunch, "days": days})


@lru_cache(maxsize=1024)
def rhythm_of(text: str) -> Rhythm | None:
    """Return the rhythm of its text; None: there is none, or it cannot be read.

    A list, as older rows have it, is [[from, until, minutes]]: that window on every day.
    """
    with suppress(*_WRONG):
        said = json.loads(text)
        if isinstance(said, list):
            return _rhythm_of_list(said)
        days = sorted((int(day), _window(words)) for day, words in said["days"].items())
        lunch = said["lunch"] and _window(said["lunch"])
        return _rhythm(tuple(days), said["every"], lunch)
    return None


def stamps_text(stamps: Stamps) -> str:
    """Return which update set what."""
    return _compact({name: list(stamp) for name, stamp in stamps.items()})


def stamps_of(text: str) -> Stamps:
    """Return the same of its text; of one that is wrong, that nobody set anything."""
    if text == "{}":
        return {}
    with suppress(*_WRONG):
        said = json.loads(text)
        return {name: (int(update), int(at)) for name, (update, at) in said.items()}
    return {}


def preferences_text(preferences: Preferences) -> str:
    """Return what differs from the preferences of somebody new."""
    said = {
        field.name: getattr(preferences, field.name)
        for field in fields(preferences)
        if getattr(preferences, field.name) != getattr(_AS_NEW, field.name)
    }
    if preferences.own_days:
        said["own_days"] = [day.isoformat() for day in preferences.own_days]
    return _compact(said)


@lru_cache(maxsize=1024)
def preferences_of(text: str) -> Preferences:
    """Return the preferences of their text, each wrong or missing one as for somebody new."""
    said: Any = None
    with suppress(ValueError):
        said = json.loads(text)
    if not isinstance(said, dict):
        return _AS_NEW
    minutes = said.get("minutes")
    return Preferences(
        minutes if minutes in MORNING_MINUTES else _AS_NEW.minutes,
        **{name: said.get(name) is True for name in SWITCHES},
        own_days=_days(said.get("own_days")),
    )


def _rhythm_of_list(said: list[Any]) -> Rhythm | None:
    if not said:
        return None
    start, end, every = said[0]
    window = _window((start, end))
    return _rhythm(tuple((day, window) for day in sorted(EVERY_DAY)), every, None)


def _rhythm(days: tuple[tuple[int, Window], ...], every: object, lunch: Window | None) -> Rhythm:
    if type(every) is not int or not 1 <= every <= LONGEST_MINUTES:
        raise ValueError(f"{every!r} is no number of minutes")
    if not {day for day, _ in days} <= EVERY_DAY:
        raise ValueError("a week has seven days")
    return Rhythm(days, every, lunch)


def _window_words(window: Window) -> tuple[str, str]:
    return f"{window.start:%H:%M}", f"{window.end:%H:%M}"


def _window(words: Sequence[str]) -> Window:
    start, end = (time.fromisoformat(word).replace(tzinfo=None) for word in words)
    return Window(start, end)


def _days(said: object) -> tuple[date, ...]:
    """Return the dates among what was said, oldest first."""
    days = set()
    for word in said if isinstance(said, list) else ():
        with suppress(*_WRONG):
            days.add(date.fromisoformat(word))
    return tuple(sorted(days)[-OWN_DAYS_KEPT:])


def _compact(said: object) -> str:
    return json.dumps(said, separators=(",", ":"))
