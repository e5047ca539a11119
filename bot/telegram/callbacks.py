"""Actions to callback strings and back: ASCII, at most 64 bytes, versioned.

``1:ru:entry:heat-or-cold`` is version, language, code and the action's fields in order. Buttons
stay in chats for ever, so a code is never given another meaning: a new shape takes a new code.
"""

import re
from collections.abc import Callable
from dataclasses import Field, dataclass, fields, replace
from datetime import time
from typing import Any

from bot.core import actions as act
from bot.core.actions import Action

VERSION = "1"
MAX_BYTES = 64
LAST_ID = 2**63 - 1  # what a database column holds

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")
_DAYS = re.compile(r"(?=.)1?2?3?4?5?6?7?")
_TIME = re.compile(r"([01][0-9]|2[0-3])[0-5][0-9]")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field is written, and read back from text that anybody may have made up.

    ``read`` raises ValueError for what ``write`` would not have written. A field at the end that
    is ``optional`` is left out where the action has its default.
    """

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

    return _Field(str, read)


def _flag(text: str) -> bool:
    return {"on": True, "off": False}[text]


def _time(text: str) -> time:
    digits = _matching(_TIME)(text)
    return time(int(digits[:2]), int(digits[2:]))


LANGUAGE = _Field(str, _matching(_LANGUAGE))
SLUG = _Field(str, _matching(_SLUG))
ZONE = _Field(str, _matching(_ZONE))
FLAG = _Field(lambda on: "on" if on else "off", _flag)
TIME = _Field(lambda at: f"{at:%H%M}", _time)
DAYS = _Field(
    lambda days: "".join(map(str, sorted(days))),
    lambda text: frozenset(map(int, _matching(_DAYS)(text))),
)
PAGE = _number(0, 999)
OCCURRENCE = _number(1, LAST_ID)
MINUTES = _number(1, 24 * 60)

CODES: dict[type[Action], tuple[str, tuple[_Field, ...]]] = {
    act.Home: ("home", ()),
    act.ChooseLanguage: ("language", (LANGUAGE,)),
    act.ShowTopics: ("topics", ()),
    act.ShowTopic: ("topic", (SLUG,)),
    act.ShowEntry: ("entry", (SLUG,)),
    act.ShowDanger: ("danger", ()),
    act.ShowExercises: ("exercises", ()),
    act.ShowFinder: ("finder", ()),
    act.ShowSettings: ("settings", ()),
    act.ShowAbout: ("about", ()),
    act.ShowPrivacy: ("privacy", ()),
    act.ShowReferralMore: ("referral", ()),
    act.ShowReminders: ("reminders", ()),
    act.Consent: ("consent", (FLAG,)),
    act.ShowZones: ("zones", (PAGE,)),
    act.SetZone: ("zone", (ZONE,)),
    act.SetMorning: ("morning", (FLAG,)),
    act.ShowTimes: ("times", ()),
    act.SetTime: ("time", (TIME,)),
    act.ShowDays: ("days", ()),
    act.SetDays: ("on-days", (DAYS,)),
    act.Start: ("start", (OCCURRENCE,)),
    act.Done: ("done", (OCCURRENCE,)),
    act.Later: ("later", (OCCURRENCE, MINUTES)),
    act.Skip: ("skip", (OCCURRENCE,)),
    act.AllRight: ("all-right", ()),
    act.AskStop: ("ask-stop", ()),
    act.Stop: ("stop", ()),
    act.AskDelete: ("ask-delete", ()),
    act.Delete: ("delete", ()),
}
_BY_CODE = {code: (action, shape) for action, (code, shape) in CODES.items()}


def encode(action: Action, language: str) -> str:
    """Return the callback string of a button; ``language`` travels with it.

    Raises:
        ValueError: It would not decode to the same action (a value out of range, or too long).
    """
    code, shape = CODES[type(action)]
    named = list(zip(shape, fields(action), strict=True))
    while named and named[-1][0].optional and _is_default(action, named[-1][1]):
        named.pop()
    parts = (part.write(getattr(action, field.name)) for part, field in named)
    data = ":".join((VERSION, language, code, *parts))
    if decode(data) != (language, action):
        raise ValueError(f"no button can carry {action} in {language!r}")
    return data


def decode(data: str | None) -> tuple[str, Action] | None:
    """Return language and action; None for anything that `encode` does not write."""
    if data is None or len(data) > MAX_BYTES:
        return None
    version, *rest = data.split(":")
    if version != VERSION or len(rest) < len(("language", "code")):
        return None
    language, code, *texts = rest
    if _LANGUAGE.fullmatch(language) is None or code not in _BY_CODE:
        return None
    kind, shape = _BY_CODE[code]
    needed = sum(not field.optional for field in shape)
    if not needed <= len(texts) <= len(shape):
        return None
    try:
        action = kind(*(field.read(text) for field, text in zip(shape, texts, strict=False)))
    except (ValueError, KeyError):
        return None
    spelled_out = len(texts) > needed and _is_default(action, fields(action)[len(texts) - 1])
    return None if spelled_out else (language, action)


def _is_default(action: Action, field: "Field[Any]") -> bool:
    return bool(getattr(action, field.name) == field.default)
