"""Finds phrases in a row of words, whatever the number of phrases: an index, never a loop."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from bot.core.triage.normalise import spellings

Stem = Callable[[str], str]
Span = tuple[int, int]
"""First word and the word after the last one."""

ANY = "_"


@dataclass(slots=True, eq=False)
class Node:
    """A place in the tree of phrases: what may follow, and which lists a phrase ends here."""

    next: dict[str, "Node"] = field(default_factory=dict)
    lists: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What one word can stand for.

    Attributes:
        keys: The keys of the tree that it matches.
        lists: Lists that it completes alone.
        starts: Places from which it begins a longer phrase.
        following: Keys with which such a phrase can go on; most words follow no such word.
    """

    keys: tuple[str, ...]
    lists: tuple[int, ...]
    starts: tuple[Node, ...]
    following: frozenset[str]


UNREAD = Reading((), (), (), frozenset())
"""A word that stands in no phrase."""


class PhraseIndex:
    """Phrases of all languages, found by the forms, stems and beginnings of their words."""

    def __init__(self, stems: Mapping[str, Stem]) -> None:
        self._stems = stems
        self._root = Node()
        self._keys: set[str] = {ANY}
        self._openings: dict[str, set[str]] = {}
        self._beginnings: set[str] = set()
        self._ranges: dict[str, tuple[float, float]] = {}
        self.read = lru_cache(maxsize=16_384)(self._read)

    def add(self, language: str, phrase: str, number: int) -> None:
        """Let ``phrase`` belong to list ``number``; the pattern language is that of Phrases."""
        node = self._root
        for word in phrase.split():
            node = node.next.setdefault(self._key(language, word), Node())
        if number not in node.lists:
            node.lists.append(number)

    def _key(self, language: str, word: str) -> str:
        if word in self._keys or word.startswith("="):
            key = word
        elif word.startswith("#"):
            key = word
            low, high = word[1:].split("-")
            self._ranges[key] = (float(low), float(high))
        elif word.endswith("*"):
            key = word
            self._beginnings.add(word[:-1])
        else:
            stem = self._stems[language](word) if language in self._stems else word
            key = f"{language}:{stem}"
            openings = self._openings.setdefault(language, set())
            openings |= {word[:3], stem[:3], stem[:3].replace("i", "y")}
        self._keys.add(key)
        return key

    def _read(self, word: str) -> Reading:
        keys = self._keys_of(word) or self._keys_as_meant(word)
        if not keys:
            return UNREAD
        nodes = [self._root.next[key] for key in keys if key in self._root.next]
        lists = {number for node in nodes for number in node.lists}
        starts = tuple(node for node in nodes if node.next)
        following = frozenset(key for node in starts for key in node.next)
        return Reading(tuple(keys), tuple(sorted(lists)), starts, following)

    def _keys_as_meant(self, word: str) -> list[str]:
        meant = spellings(word)
        if meant == (word,):
            return []
        return list(dict.fromkeys(key for spelling in meant for key in self._keys_of(spelling)))

    def _keys_of(self, word: str) -> list[str]:
        keys = [f"={word}"] if f"={word}" in self._keys else []
        opening = word[:3]
        for language, openings in self._openings.items():
            if opening in openings:  # asked first because it is far cheaper than a stem
                stem = self._stems[language](word) if language in self._stems else word
                if f"{language}:{stem}" in self._keys:
                    keys.append(f"{language}:{stem}")
        parts = (word[:length] for length in range(1, len(word) + 1))
        keys += [f"{part}*" for part in parts if part in self._beginnings]
        return keys + self._number_keys(word) if word[0].isdecimal() else keys

    def _number_keys(self, word: str) -> list[str]:
        number = word.replace(",", ".")
        if ":" in number or number.count(".") > 1:
            return []
        return [
            key
            for key, (low, high) in self._ranges.items()
            if ("." in key) == ("." in number) and low <= float(number) <= high
        ]

    def find(self, readings: Sequence[Reading]) -> dict[int, list[Span]]:
        """Return, by list, the spans of its phrases; more than one word before one word."""
        longer: dict[int, list[Span]] = {}
        single: dict[Reading, list[Span]] = {}
        for first, reading in enumerate(readings):
            if reading.lists:
                single.setdefault(reading, []).append((first, first + 1))
            if _goes_on(reading, readings, first + 1):
                for node in reading.starts:
                    for number, end in _longer(node, readings, first + 1):
                        longer.setdefault(number, []).append((first, end))
        rows = {number: [spans] for number, spans in longer.items()}
        for reading, spans in single.items():
            for number in reading.lists:
                rows.setdefault(number, []).append(spans)
        return {
            number: row[0] if len(row) == 1 else sorted(chain.from_iterable(row))
            for number, row in rows.items()
        }


def _goes_on(reading: Reading, readings: Sequence[Reading], at: int) -> bool:
    """Whether a phrase that begins with ``reading`` may go on with the word ``at``."""
    if not reading.following or at == len(readings):
        return False
    return ANY in reading.following or not reading.following.isdisjoint(readings[at].keys)


def _longer(node: Node, readings: Sequence[Reading], at: int) -> list[tuple[int, int]]:
    """Return (list, end) for each phrase that goes on from ``node`` with the word ``at``."""
    ends: list[tuple[int, int]] = []
    reached = [node]
    while reached and at < len(readings):
        keys = readings[at].keys
        at += 1
        following = [place for before in reached for place in _after(before.next, keys)]
        ends += [(number, at) for place in following for number in place.lists]
        reached = [place for place in following if place.next]
    return ends


def _after(places: Mapping[str, Node], keys: Iterable[str]) -> list[Node]:
    return [places[key] for key in (*keys, ANY) if key in places]
