"""Reads words, and repairs a misspelt sign: one letter wrong, missing, too many, or exchanged."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain

from bot.core.slips import Neighbours
from bot.core.triage.lexicon import Lexicon
from bot.core.triage.normalise import normalise
from bot.core.triage.phrases import PhraseIndex, Reading
from bot.core.triage.words import split

SHORTEST = 6
"""Nothing is repaired into a shorter word: too many correct words look like one."""
SAFE = 8
"""From this length on one letter may be a wrong one; "cooked" is no misspelt "choked"."""
MOST_REPAIRS = 32
"""So many unknown words of one message are looked at; the others are left as they are."""


class Spelling:
    """The words that signs are written with, found again when one letter is wrong."""

    def __init__(self, lexicons: Mapping[str, Lexicon], index: PhraseIndex) -> None:
        self._index = index
        self._known = frozenset(word for lexicon in lexicons.values() for word in _words(lexicon))
        self.repair = lru_cache(maxsize=4_096)(self._repair)

    def knows(self, word: str) -> bool:
        """Return whether the lexicons use a word, or list it as spelt right."""
        return word in self._known

    def read(self, words: Sequence[str]) -> list[Reading]:
        """Return what each word can stand for; an unknown word is read as the sign next to it."""
        readings = [self._index.read(word) for word in words]
        tries = 0
        for at, reading in enumerate(readings):
            if not reading.keys and len(words[at]) >= SHORTEST - 1 and words[at] not in self._known:
                if repaired := self.repair(words[at]):
                    readings[at] = self._index.read(repaired)
                tries += 1
                if tries == MOST_REPAIRS:
                    break
        return readings

    @cached_property
    def _signs(self) -> Neighbours:
        """Signs by their parts; made for the first unknown word, so that no start waits for it."""
        return Neighbours(
            (
                word
                for word in self._known
                if len(word) >= SHORTEST and word.isalpha() and self._index.read(word).keys
            ),
            SAFE,
        )

    def _repair(self, word: str) -> str | None:
        return self._signs.nearest(word)

    def prepare(self) -> None:
        """Make what the first unknown word would wait for."""
        self.repair("")


def _words(lexicon: Lexicon) -> Iterable[str]:
    """Yield all words that the lexicon is written with: phrases, examples, words spelt right."""
    yield from lexicon.known_words
    phrases = [lexicon.idioms, *lexicon.concepts.values()]
    for rule in lexicon.rules:
        phrases += [*rule.near, rule.also, rule.unless]
        for example in (*rule.fires, *rule.silent):
            yield from split(normalise(example)).text
    for phrase in chain.from_iterable(phrases):
        yield from phrase.replace("*", "").replace("=", "").split()
