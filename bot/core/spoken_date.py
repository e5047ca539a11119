"""A day as people type it: "30.11", "5 Jan", "в пятницу", "in two weeks", "через неделю".

The whole text must be understood, as with times: one word too many, and it is no date.
"""

import re
import unicodedata
from datetime import date, timedelta

from bot.core.spoken_words import BENT, PERIODS, PLAIN

_LONGEST = 60
_LONGEST_AHEAD = 366
_MOST_ONES = 9
_CENTURY = 100
_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7
_HALF_A_YEAR = timedelta(days=182)

_MONTHS = (
    ("january", "jan", "января", "январь", "янв"),
    ("february", "feb", "февраля", "февраль", "фев"),
    ("march", "mar", "марта", "март", "мар"),
    ("april", "apr", "апреля", "апрель", "апр"),
    ("may", "мая", "май"),
    ("june", "jun", "июня", "июнь", "июн"),
    ("july", "jul", "июля", "июль", "июл"),
    ("august", "aug", "августа", "август", "авг"),
    ("september", "sept", "sep", "сентября", "сентябрь", "сент", "сен"),
    ("october", "oct", "октября", "октябрь", "окт"),
    ("november", "nov", "ноября", "ноябрь", "ноя", "нояб"),
    ("december", "dec", "декабря", "декабрь", "дек"),
)
_WEEKDAYS = (
    ("monday", "mon", "понедельник", "понедельника", "пн"),
    ("tuesday", "tue", "tues", "вторник", "вторника", "вт"),
    ("wednesday", "wed", "среда", "среду", "среды", "ср"),
    ("thursday", "thu", "thur", "thurs", "четверг", "четверга", "чт"),
    ("friday", "fri", "пятница", "пятницу", "пятницы", "пт"),
    ("saturday", "sat", "суббота", "субботу", "субботы", "сб"),
    ("sunday", "sun", "воскресенье", "воскресенья", "вс"),
)
_MONTH = {word: n for n, words in enumerate(_MONTHS, 1) for word in words}
_WEEKDAY = {word: n for n, words in enumerate(_WEEKDAYS, 1) for word in words}
_NEAR = {
    "today": 0,
    "сегодня": 0,
    "tomorrow": 1,
    "завтра": 1,
    "overmorrow": 2,
    "послезавтра": 2,
    "yesterday": -1,
    "вчера": -1,
}
_UNITS = {
    **dict.fromkeys(("day", "days", "день", "дня", "дней"), 1),
    **dict.fromkeys(("week", "weeks", "неделя", "неделю", "недели", "недель"), 7),
}
_MONTHS_LONG = frozenset({"month", "months", "месяц", "месяца", "месяцев"})
_ENDS = frozenset({"end", "конца", "конец", "концу", "конце"})
_DAYS_ENGLISH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_DAYS_RUSSIAN = (
    "первого/первое второго/второе третьего/третье четвертого/четвертое пятого/пятое "
    "шестого/шестое седьмого/седьмое восьмого/восьмое девятого/девятое десятого/десятое "
    "одиннадцатого/одиннадцатое двенадцатого/двенадцатое тринадцатого/тринадцатое "
    "четырнадцатого/четырнадцатое пятнадцатого/пятнадцатое шестнадцатого/шестнадцатое "
    "семнадцатого/семнадцатое восемнадцатого/восемнадцатое девятнадцатого/девятнадцатое "
    "двадцатого/двадцатое"
)
_DAYS_SAID = {
    word: number
    for numbers in (_DAYS_ENGLISH, _DAYS_RUSSIAN)
    for number, words in enumerate(numbers.split(), 1)
    for word in words.split("/")
} | dict.fromkeys(("thirtieth", "тридцатого", "тридцатое"), 30)
_TENS = {"twenty": 20, "двадцать": 20, "thirty": 30, "тридцать": 30}
_DISTANCE = frozenset({"in", "for", "через"})
_FILLERS = frozenset(
    [
        "until",
        "till",
        "to",
        "by",
        "on",
        "next",
        "the",
        "of",
        "a",
        "an",
        "this",
        "up",
        "pause",
        "please",
        "до",
        "на",
        "в",
        "во",
        "к",
        "по",
        "следующий",
        "следующую",
        "следующего",
        "ближайший",
        "ближайшую",
        "пауза",
        "паузу",
        "поставь",
        "пожалуйста",
        "года",
        "числа",
        "число",
        "г",
    ]
)
_OF_DAYS = frozenset({*_MONTH, *_WEEKDAY, *_NEAR, *_UNITS, *_MONTHS_LONG, *_ENDS, *_DAYS_SAID}) | {
    *PERIODS,
    *("year", "years", "год", "года", "лет", "weekend", "weekends", "выходные", "выходных"),
}
_AROUND = _OF_DAYS | _FILLERS | _DISTANCE | PLAIN.keys() | BENT.keys()
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[./\-]")
_DAY_ALONE = re.compile(r"(\d\d?)(?:(?:st|nd|rd|th)\b|-?го\b(?: числа)?|-?е\b(?: число)?| числа\b)")
_NEXT_WEEK = re.compile(
    r"\b(?:(?:of |in |on )?(?:the )?next week|(?:на )?следующей недел[еи]|следующую неделю)\b"
)
_DAY_AFTER = re.compile(r"\b(?:the )?day after tomorrow\b")


def parse_date(text: str, today: date) -> date | None:
    """Return the local date that ``text`` says; it may be past. None: it is not surely one date.

    A day without a year is the one of this year, or of the next where that is over half a year
    ago; a weekday is the next of that name, never today.
    """
    words = _words(text)
    readings = (_near, _at_an_end, _day_alone, _calendar)
    return next((day for read in readings if (day := read(words, today)) is not None), None)


def words_beside_days(text: str) -> int | None:
    """Return how many words stand beside words of days and numbers; None: there is no such word."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    words = [word for word in _TOKEN.findall(plain) if word not in "./-"]
    if not any(word.isdecimal() or word in _OF_DAYS for word in words):
        return None
    return sum(not word.isdecimal() and word not in _AROUND for word in words)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    if len(plain) > _LONGEST:
        return []
    plain = _NEXT_WEEK.sub(" nextweek ", _DAY_AFTER.sub("overmorrow", plain))
    plain = plain.replace("twenty-", "twenty ").replace("thirty-", "thirty ")
    plain = _DAY_ALONE.sub(r"\1 th ", plain)
    known = [word for word in _said_days(_TOKEN.findall(plain)) if word not in _FILLERS]
    if len(known) > len(("15", "th")):
        known = [word for word in known if word != "th"]
    while known and known[-1] == ".":
        known.pop()
    return known


def _near(words: list[str], today: date) -> date | None:
    """Read a day named by its distance: "tomorrow", "friday", "in 3 days", "через неделю"."""
    if len(words) == 1:
        if words[0] in _NEAR:
            return today + timedelta(days=_NEAR[words[0]])
        if words[0] in _WEEKDAY:
            ahead = (_WEEKDAY[words[0]] - today.isoweekday() - 1) % 7 + 1
            return today + timedelta(days=ahead)
        if words[0] == "nextweek":
            return today + timedelta(days=_DAYS_A_WEEK)
    if len(words) == len(("monday", "nextweek")) and "nextweek" in words:
        weekdays = [_WEEKDAY[word] for word in words if word in _WEEKDAY]
        sunday = today + timedelta(days=_DAYS_A_WEEK - today.isoweekday())
        return sunday + timedelta(days=weekdays[0]) if weekdays else None
    return _after(words[1:] if words and words[0] in _DISTANCE else words, today)


def _after(words: list[str], today: date) -> date | None:
    """Read "3 days", "две недели", "2 месяца", and "week" for one of them."""
    if words and (words[0] in _UNITS or words[0] in _MONTHS_LONG):
        words = ["1", *words]
    if len(words) != len(("number", "unit")):
        return None
    number = int(words[0]) if words[0].isdecimal() else PLAIN.get(words[0]) or BENT.get(words[0])
    if not number or number > _LONGEST_AHEAD:
        return None
    if words[1] in _MONTHS_LONG and number <= _MONTHS_A_YEAR:
        return _months_after(today, number)
    return today + timedelta(days=number * _UNITS[words[1]]) if words[1] in _UNITS else None


def _months_after(today: date, months: int) -> date | None:
    """Return the same day so many months on, or the last one of a shorter month."""
    years, month = divmod(today.month - 1 + months, _MONTHS_A_YEAR)
    days = (_existing(today.year + years, month + 1, today.day - less) for less in range(4))
    return next((day for day in days if day is not None), None)


def _at_an_end(words: list[str], today: date) -> date | None:
    """Read "end of the week", "до конца месяца": the first day after it."""
    if len(words) != len(("end", "week")) or words[0] not in _ENDS:
        return None
    if words[1] in _MONTHS_LONG:
        return _months_after(today.replace(day=1), 1)
    if _UNITS.get(words[1]) == _DAYS_A_WEEK:
        return today + timedelta(days=_DAYS_A_WEEK + 1 - today.isoweekday())
    return None


def _day_alone(words: list[str], today: date) -> date | None:
    """Read "15th", "15-го", "15 числа": the next day of that number, never today."""
    if len(words) != len(("15", "th")) or words[1] != "th":
        return None
    firsts = (_months_after(today.replace(day=1), ahead) for ahead in range(_MONTHS_A_YEAR))
    days = (_existing(first.year, first.month, int(words[0])) for first in firsts if first)
    return next((day for day in days if day is not None and day > today), None)


def _said_days(words: list[str]) -> list[str]:
    """Return the words with ordinals in words as "15", "th": "двадцать первого" is 21."""
    said: list[str] = []
    for word in words:
        number = _DAYS_SAID.get(word)
        if number is None:
            said.append(word)
            continue
        tens = _TENS.get(said[-1], 0) if said and number <= _MOST_ONES else 0
        if tens:
            said.pop()
        said += [str(tens + number), "th"]
    return said


def _calendar(words: list[str], today: date) -> date | None:
    """Read a day of the calendar: "30.11", "30.11.2026", "2026-11-30", "30 Nov", "nov 30 2026"."""
    # signs that no word can be: somebody may type the letters "d.m"
    shape = "".join("9" if w.isdecimal() else "M" if w in _MONTH else w for w in words)
    numbers = [int(word) for word in words if word.isdecimal()]
    months = [_MONTH[word] for word in words if word in _MONTH]
    match shape.replace("/", ".").replace("-", "."):
        case "9.9" | "9.9.":
            return _day(None, numbers[1], numbers[0], today)
        case "9.9.9" if len(words[0]) == len("2026"):
            return _day(numbers[0], numbers[1], numbers[2], today)
        case "9.9.9":
            return _day(numbers[2], numbers[1], numbers[0], today)
        case "9M" | "M9" | "9.M" | "M.9":
            return _day(None, months[0], numbers[0], today)
        case "9M9" | "M99" | "9M.9" | "M.99" | "9.M.9":
            return _day(numbers[1], months[0], numbers[0], today)
        case _:
            return None


def _day(year: int | None, month: int, day: int, today: date) -> date | None:
    if year is not None and year < _CENTURY:
        year += 2000
    if month > _MONTHS_A_YEAR >= day:
        month, day = day, month  # "12/25": the month first
    if year is not None:
        return _existing(year, month, day)
    for near in (today.year, today.year + 1):
        found = _existing(near, month, day)
        if found is not None and today - found <= _HALF_A_YEAR:
            return found
    return None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
