"""Net two: a small linear judge with fixed weights, learned from labelled messages.

It adds up one weight for each feature of a text (see pieces.py). The weights of a word's pieces are
added up once and remembered, so that a message costs a few look-ups a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import log, sqrt

from bot.core.triage.phrases import Stem
from bot.core.triage.pieces import (
    OF_CLASSES,
    OF_RULES,
    SLOTS,
    Thesaurus,
    by_sentence,
    meant,
    named,
    of_rules,
    pair_number,
    pairs,
    pieces,
    slot,
)
from bot.core.triage.words import Words

_UNSEEN = 0.3  # a word that a category never had makes it unlikely, not impossible
_FEW = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned.

    Attributes:
        steps: Weight of each feature, in whole steps from -127 to 127.
        unit: What one step is worth.
        bias: Where the sum begins.
        agrees: From this score on it agrees with a weak rule.
        sure: From this score on it refers a short message alone.
        careful: The same for a message that sounds like self-harm: a miss is worst there.
        thesaurus: The classes of words that it knows.
        kinds: How many acute messages of each category had a word of this stem.
    """

    steps: Sequence[int]
    unit: float
    bias: float
    agrees: float
    sure: float
    careful: float
    thesaurus: Thesaurus
    kinds: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class _Weighed:
    total: int
    count: int
    stem: str
    classes: tuple[int, ...]


class Learned:
    """Says how much a text sounds like danger: above 0 more like danger than not.

    Pure and bounded: work grows with the words. Use it from one thread.
    """

    def __init__(self, weights: Weights, stem: Stem) -> None:
        self.weights = weights
        self._stem = stem
        self._word = lru_cache(maxsize=16_384)(self._weigh)
        self._named = lru_cache(maxsize=16_384)(self._step)
        size = weights.thesaurus.size
        start = pair_number(size, 0, 0)
        self._alone = weights.steps[SLOTS : SLOTS + size]
        self._two = [
            weights.steps[start + first * size : start + (first + 1) * size]
            for first in range(size)
        ]

    def score(self, words: Words, rules: Iterable[str] = ()) -> float:
        """Return the score of a text; ``rules`` are those that hold, with their languages."""
        weighed = [self._word(word) for word in words.text]
        stems = [word.stem for word in weighed]
        between = [self._named(pair) for pair in pairs(stems)]
        held = [self._named(feature) for feature in of_rules(rules)]
        total = sum(word.total for word in weighed) + sum(between)
        count = sum(word.count for word in weighed) + len(between)
        score = _mean(total, count) + OF_RULES * _mean(sum(held), len(held))
        classes = self.weights.thesaurus.with_pairs([word.classes for word in weighed], stems)
        score += OF_CLASSES * self._classes(classes, words.sentence)
        return self.weights.bias + self.weights.unit * score

    def knows(self, words: Sequence[str]) -> bool:
        """Return whether the thesaurus knows at least a third of the words."""
        known = sum(bool(self._word(word).classes) for word in words)
        return known * _FEW >= len(words)

    def telling(self, words: Sequence[str], most: int) -> tuple[str, ...]:
        """Return the words that speak most for danger, the strongest first."""
        by_weight = {word: self._word(word).total for word in words}
        strongest = sorted(by_weight, key=lambda word: -by_weight[word])
        return tuple(word for word in strongest[:most] if by_weight[word] > 0)

    def kind(self, words: Sequence[str], categories: Iterable[str]) -> str:
        """Return the category whose messages used these words most (naive Bayes).

        Every category was taught about as many messages, so none is likelier from the start; "" is
        none in particular, where none of the words is known.
        """
        kinds = self.weights.kinds
        told = [kinds[stem] for stem in (self._word(word).stem for word in words) if stem in kinds]

        def likeness(category: str) -> float:
            return sum(log(count.get(category, 0) + _UNSEEN) for count in told)

        return max(categories, key=likeness) if told else ""

    def _classes(self, found: Sequence[tuple[int, ...]], sentence: Sequence[int]) -> float:
        alone = [self._alone[number] for numbers in found for number in numbers]
        total, count = sum(alone), len(alone)
        for together in by_sentence(found, sentence):
            two = [self._two[first][second] for first, second in combinations(together, 2)]
            total += sum(two)
            count += len(two)
        return _mean(total, count)

    def _weigh(self, word: str) -> _Weighed:
        text = meant(word)
        stem = self._stem(text)
        steps = self.weights.steps
        found = [steps[slot(piece)] for piece in pieces(text, stem)]
        classes = self.weights.thesaurus.of_word(text, stem)
        return _Weighed(sum(found), len(found), stem, classes)

    def _step(self, feature: str) -> int:
        return self.weights.steps[named(feature)]


def _mean(total: int, count: int) -> float:
    # by the root, so that a long text is not surer for its length alone
    return total / sqrt(count) if count else 0.0
