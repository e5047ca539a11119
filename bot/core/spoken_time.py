"""A time of day as people type it: "7:30", "half past seven", "в 8 утра", "без четверти восемь".

The whole text must be understood. One word or number too many, and it is no time: asking again
is better than ringing at an hour that nobody meant.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import time
from itertools import pairwise

from bot.core.spoken_words import BENT, FILLERS, HOUR_OF, PERIODS, PLAIN, SIGNS, ZERO

_LONGEST = 100
_NOON = 12
_HOUR = 60
_HOURS = {
    "": range(24),
    "am": range(12),
    "pm": range(12, 24),
    "morning": range(1, 12),
    "day": range(11, 18),
    "evening": range(16, 24),
    "night": (20, 21, 22, 23, 0, 1, 2, 3, 4),
}
_TENS = (20, 30, 40, 50)
_ONES = frozenset(word for word, n in (*PLAIN.items(), *BENT.items()) if n in range(1, 10))
_AFTER_ONLY = frozenset({"am", "pm"})  # "I am 45" is no time
_MINUTES = {"quarter": 15, "half": 30, "pol": 30}
_REWRITES = (
    (re.compile(r"(?<![a-z])([ap])\. ?m\b\.?|(?<=\d)([ap])m\b"), r" \1\2m "),
    (re.compile(r"['’`]"), ""),
    (re.compile(r"\bevery (?:day|morning)\b|\bкаждый день\b|\bкаждое утро\b"), " "),
    (re.compile(r"\b(?:in the|at) (?=(?:morning|afternoon|evening|night)\b)"), " "),
    (re.compile(r"(?<=[^\W\d])[.\-]"), " "),
    (re.compile(r"[!?()«»\"“”„…;]"), " "),
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
_TO = re.compile(r"(?<!\d)(\d+) to (\d+)")
_DASH = re.compile(r"(?<!\d)(\d+) ?[-–—] ?(\d+)(?!\d)")

_Read = Callable[[re.Match[str], str], time | None]


def parse_time(text: str) -> time | None:
    """Return the local time of day that ``text`` says; None if it is not surely one time.

    A bare hour is the hour said: "7" is 07:00, "в 19" is 19:00. What may be something else (a
    year, an emergency number, a range of hours) is None.
    """
    plain = _plain(text)
    if any(char.isdigit() and not char.isdecimal() for char in text):
        return None  # a raised or circled digit is no time
    if len(text) > _LONGEST or _may_be_a_range(plain):
        return None
    words, period = _without_period(_trimmed(_TOKEN.findall(plain)))
    core = " ".join(_signs(words))
    if core == "1" and not period and "1" not in plain:
        return None  # "I want one"
    for pattern, read in _GRAMMAR:
        if found := pattern.fullmatch(core):
            return read(found, period)
    return None


def _plain(text: str) -> str:
    """Return the text in small letters, full-width digits made plain, pictures taken out."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    plain = "".join(char for char in folded if not _is_picture(char))
    for pattern, instead in _REWRITES:
        plain = pattern.sub(instead, plain)
    return plain


def _is_picture(char: str) -> bool:
    category = unicodedata.category(char)
    return category in {"So", "Sk", "Cf", "Mn", "Me"} and char != "°"


def _may_be_a_range(plain: str) -> bool:
    """Tell whether hours in digits could be "from 5 to 8" or "7-10" as well as one time."""
    if found := _TO.search(plain):
        return int(found[1]) < int(found[2])
    if found := _DASH.search(plain):
        return int(found[1]) < int(found[2]) <= _NOON and not found[2].startswith("0")
    return False


def _trimmed(words: list[str]) -> list[str]:
    """Return the words without the fillers around the time; one inside it counts."""
    kept = [place for place, word in enumerate(words) if word not in FILLERS]
    return words[kept[0] : kept[-1] + 1] if kept else []


def _without_period(words: list[str]) -> tuple[list[str], str]:
    """Return the words without the part of the day, and that part ("" for none)."""
    if not words:
        return words, ""
    if last := PERIODS.get(words[-1]):
        return _trimmed(words[:-1]), last
    first = PERIODS.get(words[0], "")
    if first and first not in _AFTER_ONLY:
        return _trimmed(words[1:]), first
    return words, ""


def _signs(words: list[str]) -> list[str]:
    """Return the words as the grammar names them: numbers in digits, "двадцать пять" as one."""
    signs: list[str] = []
    for before, word in pairwise(["", *words]):
        if joined := _joined(before, word):
            signs[-1] = joined
        else:
            signs += _sign(word)
    return signs


def _joined(before: str, word: str) -> str:
    """Return the number that two words make together, such as "25" or "05"; "" for none."""
    if before in ZERO and (word in ZERO or word in _ONES):
        return f"0{PLAIN.get(word, 0)}"
    for numbers in (PLAIN, BENT):
        if numbers.get(before) in _TENS and word in numbers and word in _ONES:
            return str(numbers[before] + numbers[word])
    return ""


def _sign(word: str) -> list[str]:
    if word.startswith("пол") and (hour := HOUR_OF.get(word[3:])):
        return ["pol", f"o{hour}"]
    if hour := HOUR_OF.get(word):
        return [f"o{hour}"]
    number = PLAIN.get(word) or BENT.get(word)
    if number or word in ZERO:
        return [str(number or 0)]
    return [SIGNS.get(word, word)]


def clock_time(hour: int, minute: int, period: str) -> time | None:
    """Return the time at which a clock shows this in this part of the day."""
    twins = [hour]
    if period and 0 < hour <= _NOON:
        twins.append(hour + _NOON if hour < _NOON else 0)
    hours = [twin for twin in twins if twin in _HOURS[period]]
    return time(hours[0], minute) if hours and minute < _HOUR else None


def _before(hour: int, minutes: int, period: str) -> time | None:
    """Return the time so many minutes before the hour, which the part of the day belongs to."""
    if not 0 < minutes < _HOUR:
        return None
    end = clock_time(hour, 0, period) if period else None
    if end is None:
        return clock_time(hour - 1 or _NOON, _HOUR - minutes, period)
    return time((end.hour - 1) % 24, _HOUR - minutes)


def _minutes(word: str) -> int:
    return _MINUTES.get(word) or int(word)


def _hour_and_minute(found: re.Match[str], period: str) -> time | None:
    return clock_time(int(found[1]), int(found[2]), period)


def _bare_hour(found: re.Match[str], period: str) -> time | None:
    return clock_time(int(found[1]), 0, period)


def _past(found: re.Match[str], period: str) -> time | None:
    return clock_time(int(found[2]), _minutes(found[1]), period)


def _to(found: re.Match[str], period: str) -> time | None:
    return _before(int(found[2]), _minutes(found[1]), period)


def _to_one(found: re.Match[str], period: str) -> time | None:
    return _before(1, _minutes(found[1]), period)


def _of_the_hour(found: re.Match[str], period: str) -> time | None:
    return _before(int(found[2]), _HOUR - _minutes(found[1]), period)


def _hour_of_one(_found: re.Match[str], period: str) -> time | None:
    """Read "час", which is one o'clock only with its part of the day: "в час дня"."""
    return clock_time(1, 0, period) if period else None


def _noon(found: re.Match[str], period: str) -> time | None:
    return None if period else time(_NOON if found[1] == "noon" else 0)


def _grammar(*rules: tuple[str, _Read]) -> tuple[tuple[re.Pattern[str], _Read], ...]:
    return tuple((re.compile(pattern), read) for pattern, read in rules)


_GRAMMAR = _grammar(
    (r"(\d\d?)(?: [:.,\-–—])? (\d\d)(?: m)?", _hour_and_minute),
    (r"(\d\d?) h (\d\d|\d(?= m))(?: m)?", _hour_and_minute),
    # three digits from 4 on: 112, 103 and their like are numbers to call
    (r"(?!911$)([4-9])(\d\d)", _hour_and_minute),
    # four digits, but no year
    (r"(?!19|20)([012]\d)(\d\d)", _hour_and_minute),
    (r"(\d\d?(?= h)|0?[1-9]|[12]\d)(?: h)?", _bare_hour),
    (r"h", _hour_of_one),
    (r"(\d\d?|quarter|half)(?: m)? past (\d\d?)(?: h)?", _past),
    (r"(half) (\d\d?)(?: h)?", _past),
    (r"(\d\d?|quarter)(?: m)? to (\d\d?)(?: h)?", _to),
    (r"bez (\d\d?|quarter)(?: m)? (\d\d?)(?: h)?", _to),
    (r"bez (\d\d?|quarter)(?: m)? h", _to_one),
    (r"(quarter|pol|\d\d?(?= m))(?: m)? o(\d\d?)", _of_the_hour),
    (r"(pol) (\d\d?)", _of_the_hour),
    (r"(?:12 )?(noon|midnight)", _noon),
)
