"""What the learned part sees of a text, as numbered features with their shares.

Three kinds: pieces of words and pairs of words, found by a checksum in one of ``SLOTS`` slots (two
that share a slot share a weight, which with so many slots costs little); the rules that hold, in the
same slots; and the classes of a thesaurus that its words belong to, alone and two in one sentence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from math import sqrt
from zlib import crc32

from bot.core.triage.normalise import spellings
from bot.core.triage.phrases import Stem
from bot.core.triage.words import Words

SLOTS = 1 << 17
OF_RULES = 0.4
"""What the rules count, beside the words."""
OF_CLASSES = 0.8
"""What the classes count, beside the words."""
_LETTER = 2  # bytes
_SIZES = (4 * _LETTER, 5 * _LETTER)


def slot(feature: bytes) -> int:
    """Return the slot of a feature."""
    return crc32(feature) & (SLOTS - 1)


def meant(word: str) -> str:
    """Return a word as typed in the letters of one alphabet, none stretched."""
    return spellings(word)[0]


def pieces(word: str, stem: str) -> set[bytes]:
    """Return the features of one word: itself, its stem, and all its runs of 4 and 5 letters.

    Its ends count as letters, so that beginnings and endings are pieces of their own.
    """
    whole = _bytes(f"<{word}>")
    runs = {
        whole[at : at + size] for size in _SIZES for at in range(0, len(whole) - size + 1, _LETTER)
    }
    return {whole, _bytes(f"={stem}"), *runs}


def pairs(stems: Sequence[str]) -> Iterator[str]:
    """Yield each two words in a row."""
    return (f"{first} {second}" for first, second in pairwise(stems))


def named(text: str) -> int:
    """Return the slot of a pair or of what is seen of the rules."""
    return slot(_bytes(text))


def _bytes(text: str) -> bytes:
    # two bytes a letter, so that runs of letters are cut from the bytes: much faster
    return text.encode("utf-16-le", "surrogatepass")


def of_rules(rules: Iterable[str]) -> set[str]:
    """Return the features of the rules that hold: each, any, and more than one."""
    seen = {f"rule {rule}" for rule in rules}
    more = {"rules"} if len(seen) > 1 else set()
    return seen | more | ({"rule"} if seen else set())


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Classes of words ("part of the leg", "kitchen", "cannot"), by number.

    Attributes:
        size: How many classes there are.
        classes: The classes of a stem, of ``=`` and a word in just this form, or of two stems in a
            row with a space between.
    """

    size: int
    classes: Mapping[str, tuple[int, ...]]

    def of_word(self, word: str, stem: str) -> tuple[int, ...]:
        """Return the classes of a word."""
        return (*self.classes.get(stem, ()), *self.classes.get(f"={word}", ()))

    def with_pairs(
        self, found: Sequence[tuple[int, ...]], stems: Sequence[str]
    ) -> list[tuple[int, ...]]:
        """Return the classes of each word together with those of the pair that it begins."""
        whole = list(found)
        for at, pair in enumerate(pairs(stems)):
            if more := self.classes.get(pair):
                whole[at] = tuple({*whole[at], *more})
        return whole


def by_sentence(classes: Sequence[tuple[int, ...]], sentence: Sequence[int]) -> Iterable[list[int]]:
    """Return the classes of each sentence, each once, in the order of their numbers."""
    together: dict[int, set[int]] = {}
    for found, number in zip(classes, sentence, strict=True):
        together.setdefault(number, set()).update(found)
    return map(sorted, together.values())


def features(
    words: Words, rules: Iterable[str], stem: Stem, thesaurus: Thesaurus
) -> dict[int, float]:
    """Return the share of each feature by its number, as the learned part adds them up.

    Numbers below SLOTS are slots; then comes one for each class, then one for each two classes.
    """
    texts = [meant(word) for word in words.text]
    stems = [stem(word) for word in texts]
    of_words = [pieces(*both) for both in zip(texts, stems, strict=True)]
    spelt = [*map(slot, chain.from_iterable(of_words)), *map(named, pairs(stems))]
    held = [named(rule) for rule in of_rules(rules)]
    single = [thesaurus.of_word(*both) for both in zip(texts, stems, strict=True)]
    classes = thesaurus.with_pairs(single, stems)
    alone = [SLOTS + number for number in chain.from_iterable(classes)]
    two = [
        pair_number(thesaurus.size, first, second)
        for together in by_sentence(classes, words.sentence)
        for first, second in combinations(together, 2)
    ]
    row: dict[int, float] = {}
    for numbers, share in ((spelt, 1.0), (held, OF_RULES), (alone + two, OF_CLASSES)):
        for number in numbers:
            row[number] = row.get(number, 0.0) + share / sqrt(len(numbers))
    return row


def pair_number(size: int, first: int, second: int) -> int:
    """Return the number of the feature of two classes, of ``size`` in all."""
    return SLOTS + size + first * size + second
