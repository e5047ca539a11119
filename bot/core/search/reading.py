"""A question -> the stems that the index knows, through slips, other alphabets and keyboards."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache

from bot.core.other_letters import by_sound, other_layout
from bot.core.slips import Neighbours
from bot.core.triage.normalise import normalise, spellings
from bot.core.triage.words import split

LONGEST = 400  # characters of a question that are read; who writes more says it there
SHORTEST_REPAIRED, LONGEST_REPAIRED = 5, 30
SAFE = 6  # from this length on one letter may be a wrong one

SHORTEST_ROOT, LOOSE = 4, 2
PREFIXES = (
    "пере", "подо", "под", "про", "при", "рас", "раз", "вос", "воз", "вы", "за", "на", "об", "от",
    "по", "со", "до", "из", "ис", "с", "у", "о", "в",
)  # fmt: skip

_UNEVEN = re.compile(r"[^a-zа-я ]|([^\W\d_])\1\1|[a-z][а-я]|[а-я][a-z]")
"""What `words_of` evens out: other letters (ё among them), stretched ones, two alphabets."""

Stem = Callable[[str], str]


def words_of(text: str) -> list[str]:
    """Return the words of a text, normalised."""
    if not _UNEVEN.search(text):
        return text.split()  # most words are typed so; what follows costs ten times as much
    return [spellings(word)[0] for word in split(normalise(text)).text]


def stem_of(word: str, stem: Mapping[str, Stem]) -> str:
    """Return the stem of a word by its alphabet; a language is known by its first letters."""
    language = "ru" if "а" <= word[0] <= "я" else "en"
    return stem[language](word) if language in stem else word


def stems_of(text: str, stem: Mapping[str, Stem]) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [stem_of(word, stem) for word in words_of(text)]


def _other_spellings(chunk: str) -> Iterator[str]:
    """Yield what a chunk may be by its sound (a last soft sign is often left out) or its keys."""
    if chunk.isascii():
        heard = by_sound(chunk.lower())
        yield heard
        yield f"{heard}ь"
    yield other_layout(chunk.casefold())


class Reader:
    """Reads questions; remembers repairs of words that it has met."""

    def __init__(self, known: Collection[str], stem: Mapping[str, Stem]) -> None:
        """``known`` are stems that mean something, whether they lead to an answer or away."""
        self._known = frozenset(known)
        self._stem = stem
        self._sorted = sorted(self._known)
        self._near = Neighbours((one for one in known if len(one) >= SHORTEST_REPAIRED), SAFE)
        self._chunk = lru_cache(maxsize=8192)(self._read_chunk)
        self._heard = lru_cache(maxsize=8192)(self._is_heard)
        self._repair = lru_cache(maxsize=4096)(self._repaired)

    def read(self, text: str) -> list[str]:
        """Return the stems of a question in order; unknown ones stay as they are."""
        chunks = text[:LONGEST].split()
        by_ear = any(map(self._sounds_russian, chunks))
        return [one for chunk in chunks for one in self._chunk(chunk, by_ear=by_ear)]

    def _read_chunk(self, chunk: str, *, by_ear: bool) -> tuple[str, ...]:
        """Return the stems of what stands between two spaces.

        ``by_ear``: the text has Russian in Latin letters, so unknown Latin words are Russian, too.
        """
        plain = self._stems(chunk)
        if not plain or self._all_known(plain):
            return tuple(plain)
        for other in _other_spellings(chunk):
            stems = self._stems(other)
            if stems and self._all_known(stems):
                return tuple(stems)
        repaired = [self._repaired_if_unknown(one) for one in plain]
        if chunk.isascii() and (by_ear or not self._all_known(repaired)):
            heard = [self._repaired_if_unknown(one) for one in self._stems(by_sound(chunk.lower()))]
            if self._all_known(heard):
                return tuple(heard)
        return tuple(repaired)

    def _sounds_russian(self, chunk: str) -> bool:
        """Return whether a Latin word means nothing as it stands, and something by its sound."""
        return chunk.isascii() and self._heard(chunk)

    def _is_heard(self, chunk: str) -> bool:
        plain = self._stems(chunk)
        if self._all_known(plain):
            return False
        heard = self._stems(by_sound(chunk.lower()))
        return plain != heard and self._all_known(heard)

    def _repaired_if_unknown(self, one: str) -> str:
        return one if one in self._known else self._repair(one)

    def _stems(self, text: str) -> list[str]:
        return stems_of(text, self._stem)

    def _all_known(self, stems: list[str]) -> bool:
        return all(one in self._known for one in stems)

    def _repaired(self, one: str) -> str:
        """Return the known stem that is one slip away, or a word of the same root; else itself."""
        slipped = SHORTEST_REPAIRED <= len(one) <= LONGEST_REPAIRED and one.isalpha()
        return (slipped and self._near.nearest(one)) or self._same_root(one)

    def _same_root(self, one: str) -> str:
        """Return a known stem with the same beginning, a Russian prefix left off if need be."""
        for word in (one, *(one[len(p) :] for p in PREFIXES if one.startswith(p))):
            if len(word) < SHORTEST_ROOT:
                continue
            if word in self._known:
                return word
            if len(word) > SHORTEST_ROOT and (found := self._beginning_like(word)):
                return found
        return one

    def _beginning_like(self, word: str) -> str:
        """Return the shortest known stem that begins like ``word``, but for its last letters."""
        root = word[: max(SHORTEST_ROOT, len(word) - LOOSE)]
        at = bisect_left(self._sorted, root)
        alike = [known for known in self._sorted[at : at + 8] if known.startswith(root)]
        return min(alike, key=lambda known: (len(known), known), default="")
