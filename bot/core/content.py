"""Curated content as the flows see it: frozen, whole, both languages complete."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.core.exercises import Exercises
from bot.core.search.lists import WordLists
from bot.core.text import Text

Status = Literal["planned", "draft", "reviewed"]
REFERRAL = "referral"
"""Name of the standard text that an acute symptom gets."""


def help_text(code: str) -> str:
    """Return the name of the standard text of a help ending such as "H-BACK"."""
    return REFERRAL if code == "H-URG" else "help-" + code.removeprefix("H-").lower()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a title, and an address where there is one."""

    code: str
    title: str
    url: str

    @property
    def is_article(self) -> bool:
        """Whether it is an article, of which only facts are taken; else a guideline or a study."""
        return self.code.startswith("A")


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry in one language. ``body`` is empty while the entry is planned."""

    title: str
    summary: str
    keywords: tuple[str, ...]
    body: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer.

    Attributes:
        id: The folder's name.
        topic: Topic that lists it.
        help: Code of its help ending, such as "H-BACK".
        related: Ids of related entries, in order.
        sources: Where its facts come from, in order.
        status: planned (no text yet), draft (nobody reviewed it) or reviewed.
        reviewer: Who reviewed it; "" while nobody has.
        reviewed: ISO date of the review; "" while there is none.
        wording: By language.
    """

    id: str
    topic: str
    help: str
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    status: Status
    version: int
    reviewer: str
    reviewed: str
    wording: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Topic:
    """A shelf of the menu: titles by language, entry ids in order."""

    id: str
    titles: Mapping[str, str]
    entries: tuple[str, ...]


FALLBACK = "en"
"""The language of names where a language has none of its own; every table of names has it."""


@dataclass(frozen=True, slots=True)
class City:
    """A large city offered as a button: names by language, IANA zone."""

    names: Mapping[str, str]
    zone: str

    def called(self, language: str) -> str:
        """Return its name, in English where this language has none."""
        return self.names.get(language) or self.names[FALLBACK]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Short lines of one language (button labels, toasts), by message id.

    Attributes:
        lines: Message id to its plural forms; a line without plural has one form.
        plural: Number to index of the form.
    """

    lines: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]

    def say(self, key: str, **values: str) -> str:
        """Return the line ``key`` with each ``{name}`` filled in; KeyError if it is unknown."""
        return _filled(self.lines[key][0], values)

    def count(self, key: str, n: int, **values: str) -> str:
        """Return the plural form of ``key`` for ``n``; ``{n}`` is filled in."""
        return _filled(self.lines[key][self.plural(n)], {"n": str(n), **values})


def _filled(line: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        line = line.replace("{" + name + "}", value)
    return line


@dataclass(frozen=True, slots=True)
class Content:
    """All that a person reads or sees.

    Attributes:
        languages: In the order offered, such as ("en", "ru").
        topics: In menu order.
        entries: By id.
        texts: Standard texts by (name, language), as paragraphs.
        phrases: Short lines by language.
        reminders: Varied lines by (kind, language), kind as in bot.core.plans.Kind.
        standing: Those of these lines that ask a person to stand up.
        cities: Large cities by language, the likeliest first.
        numbers: Emergency number by ISO country code; only those with two agreeing sources.
        zone_country: ISO country code by IANA zone.
        find_zone: A typed city to matching cities, best first; none: unknown.
        exercises: Exercises and routines; empty where the subject has none.
        word_lists: Words that the finder passes over or takes as another subject, by language.
    """

    languages: tuple[str, ...]
    topics: tuple[Topic, ...]
    entries: Mapping[str, Entry]
    texts: Mapping[tuple[str, str], tuple[Text, ...]]
    phrases: Mapping[str, Phrases]
    reminders: Mapping[tuple[str, str], tuple[str, ...]]
    cities: Mapping[str, tuple[City, ...]]
    numbers: Mapping[str, str]
    zone_country: Mapping[str, str]
    find_zone: Callable[[str], tuple[City, ...]]
    standing: frozenset[str] = frozenset()
    exercises: Exercises = field(default_factory=Exercises)
    word_lists: Mapping[str, WordLists] = field(default_factory=dict)
