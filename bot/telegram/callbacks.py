"""Actions to callback strings and back: ASCII, at most 64 bytes, versioned.

``1:ru:entry:heat-or-cold`` is version, language, code and the action's fields in order. Buttons
stay in chats for ever, so a code is never given another meaning: a new shape takes a new code.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import lru_cache
from typing import Any

from bot.core import actions as act
from bot.core import trail
from bot.core.actions import Action
from bot.core.plans import REMINDERS
from bot.core.preferences import Aspect
from bot.core.referral import Occasion

VERSION = "1"
FIRST = ("version", "language", "code")
MAX_BYTES = 64
LAST_ID = 2**63 - 1  # what a database column holds
DECODED_KEPT = 1024
LAST_SECOND = 2**33  # since 1970; in the year 2242

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")
_DAYS = re.compile(r"(?=.)1?2?3?4?5?6?7?")
_TIME = re.compile(r"([01][0-9]|2[0-3])[0-5][0-9]")
_DATE = re.compile(r"[0-9]{8}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field is written, and read back from text that anybody may have made up.

    ``form`` says so to a reader. ``read`` raises ValueError for what ``write`` would not have
    written. A field at the end that is ``optional`` is left out where the action has its default.
    """

    form: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    optional: bool = False


def _optional(field: _Field) -> _Field:
    return replace(field, optional=True)


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if pattern.fullmatch(text) is None:
            raise ValueError(text)
        return text

    return read


def _number(low: int, high: int) -> _Field:
    digits = _matching(_NUMBER)

    def read(text: str) -> int:
        number = int(digits(text))
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return _Field(f"{low} to {high}", str, read)


def _one_of(members: Iterable[Enum]) -> _Field:
    named = {str(one.value): one for one in members}
    return _Field(" or ".join(named), lambda one: str(one.value), named.__getitem__)


def _flag(text: str) -> bool:
    return {"on": True, "off": False}[text]


def _time(text: str) -> time:
    digits = _matching(_TIME)(text)
    return time(int(digits[:2]), int(digits[2:]))


def _date(text: str) -> date:
    digits = _matching(_DATE)(text)
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(_number(0, LAST_SECOND).read(text), UTC)


LANGUAGE = _Field("2 or 3 small letters", str, _matching(_LANGUAGE))
SLUG = _Field("1 to 48 small letters, digits and hyphens", str, _matching(_SLUG))
ZONE = _Field("a name of the IANA list", str, _matching(_ZONE))
FLAG = _Field("on or off", lambda on: "on" if on else "off", _flag)
TIME = _Field("0000 to 2359", lambda at: f"{at:%H%M}", _time)
DAYS = _Field(
    "weekdays in order, 1 = Monday",
    lambda days: "".join(map(str, sorted(days))),
    lambda text: frozenset(map(int, _matching(_DAYS)(text))),
)
PAGE = _number(0, 999)
PERHAPS_PAGE = _optional(PAGE)
OCCURRENCE = _number(1, LAST_ID)
MINUTES = _number(1, 24 * 60)
KIND = _one_of(REMINDERS)
WEEKDAY = _number(1, 7)
DATE = _Field("a date, YYYYMMDD", lambda day: f"{day:%Y%m%d}", _date)
TRAIL = _Field(f"places, at most {trail.LONGEST} characters", str, _matching(trail.PATTERN))
PERHAPS_TRAIL = _optional(TRAIL)
FOUND = _Field("one place of found entries", str, _matching(trail.FOUND_PATTERN))
ASPECT = _one_of(Aspect)
PERHAPS_OCCASION = _optional(_one_of(Occasion))
STEP = _number(0, 99)
PERHAPS_FLAG = _optional(FLAG)
PERHAPS_OCCURRENCE = _optional(_number(0, LAST_ID))
PERHAPS_MOMENT = _optional(
    _Field("seconds since 1970", lambda moment: str(int(moment.timestamp())), _moment)
)
PERHAPS_MINUTES = _optional(_number(0, 24 * 60))

CODES: dict[type[Action], tuple[str, tuple[_Field, ...]]] = {
    act.Home: ("home", ()),
    act.ChooseLanguage: ("language", (LANGUAGE,)),
    act.ShowTopics: ("topics", ()),
    act.ShowTopic: ("topic", (SLUG,)),
    act.ShowEntry: ("entry", (SLUG, PERHAPS_TRAIL)),
    act.ShowSources: ("sources", (SLUG, PERHAPS_TRAIL)),
    act.ShowFound: ("found", (FOUND,)),
    act.ShowDanger: ("danger", (PERHAPS_TRAIL,)),
    act.ShowDangerApart: ("danger-apart", ()),
    act.ShowExercises: ("exercises", ()),
    act.ShowFinder: ("finder", ()),
    act.ShowSettings: ("settings", ()),
    act.ShowAbout: ("about", ()),
    act.ShowPrivacy: ("privacy", ()),
    act.ShowReferralMore: ("referral", (PERHAPS_OCCASION,)),
    act.ShowReminders: ("reminders", ()),
    act.Consent: ("consent", (FLAG,)),
    act.ShowZones: ("zones", (PAGE,)),
    act.SetZone: ("zone", (ZONE,)),
    act.SetMorning: ("morning", (FLAG,)),
    act.ShowTimes: ("times", ()),
    act.SetTime: ("time", (TIME,)),
    act.ShowDays: ("days", ()),
    act.SetDays: ("on-days", (DAYS,)),
    act.ShowMorning: ("my-morning", ()),
    act.SetLength: ("length", (MINUTES,)),
    act.SetSilent: ("silent", (KIND, FLAG)),
    act.ShowBreaks: ("my-breaks", ()),
    act.SetBreaks: ("breaks", (FLAG, PERHAPS_OCCURRENCE)),
    act.ShowIntervals: ("intervals", ()),
    act.SetInterval: ("every", (MINUTES,)),
    act.ShowHours: ("hours", ()),
    act.ShowEachDay: ("each-day", ()),
    act.ShowDayHours: ("day", (WEEKDAY,)),
    act.SetHours: ("window", (DAYS, TIME, TIME, PERHAPS_MINUTES)),
    act.SetFree: ("free", (WEEKDAY,)),
    act.ShowLunch: ("lunches", ()),
    act.SetLunch: ("lunch", (TIME, TIME, PERHAPS_MINUTES)),
    act.NoLunch: ("no-lunch", ()),
    act.FewerBreaks: ("fewer", (PERHAPS_OCCURRENCE,)),
    act.KeepBreaks: ("keep", (PERHAPS_OCCURRENCE,)),
    act.ShowPause: ("pause", (PERHAPS_OCCURRENCE,)),
    act.Moved: ("moved", ()),
    act.InMeeting: ("meeting", (PERHAPS_MOMENT,)),
    act.TodayOff: ("today-off", ()),
    act.PauseUntil: ("pause-until", (DATE,)),
    act.PauseForever: ("pause-long", ()),
    act.ShowPauseDates: ("pause-dates", ()),
    act.Resume: ("resume", ()),
    act.ShowLength: ("mornings", (MINUTES,)),
    act.ShowBreakRoutines: ("break-list", (PAGE,)),
    act.ShowPlace: ("place", (SLUG,)),
    act.ShowMinutes: ("lengths", ()),
    act.ShowChoice: ("choice", (SLUG, MINUTES, PERHAPS_PAGE)),
    act.ShowAreas: ("areas", ()),
    act.ShowArea: ("area", (SLUG,)),
    act.OpenRoutine: ("routine", (SLUG,)),
    act.ConfirmCheck: ("checked", (SLUG, PERHAPS_OCCURRENCE, PERHAPS_FLAG)),
    act.ShowCard: ("card", (SLUG, STEP, PERHAPS_OCCURRENCE, PERHAPS_FLAG)),
    act.StopRoutine: ("halt", (SLUG, STEP, PERHAPS_OCCURRENCE)),
    act.ItHurts: ("hurts", ()),
    act.Unwell: ("unwell", ()),
    act.Finished: ("finished", ()),
    act.ShowSuits: ("suits", ()),
    act.SetSuits: ("without", (ASPECT, FLAG)),
    act.ShowWeek: ("week", ()),
    act.SetStreaks: ("streaks", (FLAG,)),
    act.ShowRing: ("ring", (OCCURRENCE,)),
    act.Short: ("short", (OCCURRENCE,)),
    act.Quiet: ("quiet", (OCCURRENCE,)),
    act.Start: ("start", (OCCURRENCE,)),
    act.Done: ("done", (OCCURRENCE,)),
    act.Later: ("later", (OCCURRENCE, MINUTES)),
    act.Skip: ("skip", (OCCURRENCE,)),
    act.Continue: ("continue", ()),
    act.AllRight: ("all-right", ()),
    act.AskStop: ("ask-stop", ()),
    act.Stop: ("stop", ()),
    act.AskDelete: ("ask-delete", ()),
    act.Delete: ("delete", ()),
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """How an action is written: its fields with their names and defaults, in order."""

    kind: type[Action]
    code: str
    fields: tuple[tuple[_Field, str, object], ...]
    needed: int


def _shape(kind: type[Action], code: str, written: tuple[_Field, ...]) -> _Shape:
    named = zip(written, fields(kind), strict=True)
    needed = sum(not one.optional for one in written)
    return _Shape(kind, code, tuple((one, of.name, of.default) for one, of in named), needed)


_SHAPES = {kind: _shape(kind, *written) for kind, written in CODES.items()}
_BY_CODE = {shape.code: shape for shape in _SHAPES.values()}


def encode(action: Action, language: str) -> str:
    """Return the callback string of a button; ``language`` travels with it.

    Raises:
        ValueError: It would not decode to the same action (a value out of range, or too long).
    """
    shape = _SHAPES[type(action)]
    values = [getattr(action, name) for _, name, _ in shape.fields]
    while len(values) > shape.needed and values[-1] == shape.fields[len(values) - 1][2]:
        values.pop()
    texts = [field[0].write(value) for field, value in zip(shape.fields, values, strict=False)]
    data = ":".join((VERSION, language, shape.code, *texts))
    if len(data) > MAX_BYTES or _read(data) != (language, action):
        raise ValueError(f"no button can carry {action} in {language!r}")
    return data


def decode(data: str | None) -> tuple[str, Action] | None:
    """Return language and action; None for anything that `encode` does not write."""
    return None if data is None or len(data) > MAX_BYTES else _decoded(data)


def _read(data: str) -> tuple[str, Action] | None:
    version, *rest = data.split(":")
    if version != VERSION or len(rest) < len(FIRST) - 1:
        return None
    language, code, *texts = rest
    shape = _BY_CODE.get(code)
    if shape is None or _LANGUAGE.fullmatch(language) is None:
        return None
    if not shape.needed <= len(texts) <= len(shape.fields):
        return None
    try:
        values = [field[0].read(text) for field, text in zip(shape.fields, texts, strict=False)]
    except (ValueError, KeyError):
        return None
    # what has its default is left out, not spelled out
    if len(texts) > shape.needed and values[-1] == shape.fields[len(texts) - 1][2]:
        return None
    return language, shape.kind(*values)


_decoded = lru_cache(maxsize=DECODED_KEPT)(_read)
