"""The best answers to a question, or none. Pure; the work is bounded for any text."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.core.content import Content
from bot.core.search.index import NOT_OURS, Index, build, pair_of
from bot.core.search.reading import Reader, Stem, stem_of

MOST = 3
ENOUGH = 4.6
"""Less than this, and the question is not ours."""
STRONG, AHEAD = 11.0, 1.35
"""At least this much, and so many times the second best: the answer is shown at once."""
STRANGE = 0.16
"""What each word that leads nowhere takes from the score, as a share of it."""
OTHERS = 0.9
"""So much of the best score for something else, and the question is not ours."""
BESIDE = 0.35
"""Of the best score; what is under it is not offered beside it."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Entries, the best first; none: the question is not ours.

    Attributes:
        strong: The first one is so surely meant that it can be shown at once.
        why: Entry to the stems that led to it.
    """

    entries: tuple[str, ...] = ()
    strong: bool = False
    why: Mapping[str, tuple[str, ...]] | None = None


class Finder:
    """Finds answers in every language at once."""

    def __init__(self, content: Content, stem: Mapping[str, Stem]) -> None:
        self._content = content
        self._stem = stem

    @cached_property
    def _index(self) -> Index:
        """The index, made for the first question, so that no start waits for it."""
        content = self._content
        return build(content.entries, content.topics, self._stem, content.word_lists)

    @cached_property
    def _idle(self) -> frozenset[str]:
        lists = self._content.word_lists.values()
        return frozenset(stem_of(word, self._stem) for one in lists for word in one.idle)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._index.weights.keys() | self._idle, self._stem)

    def find(self, text: str) -> Findings:
        """Return the entries that a question is about."""
        stems = [one for one in self._reader.read(text) if one not in self._idle]
        scores, why = self._scores(stems)
        others = scores.pop(NOT_OURS, 0.0)
        if not scores:
            return Findings()
        strange = sum(one not in self._index.weights for one in stems)
        share = 1 / (1 + STRANGE * strange)
        ranked = sorted(scores, key=lambda name: (-scores[name], name))[:MOST]
        best = scores[ranked[0]]
        if best * share < ENOUGH or others > OTHERS * best:
            return Findings()
        offered = tuple(name for name in ranked if scores[name] >= BESIDE * best)
        second = scores[offered[1]] if len(offered) > 1 else 0.0
        strong = best * share >= STRONG and best >= AHEAD * second
        return Findings(offered, strong, {name: tuple(why[name]) for name in offered})

    def _scores(self, stems: list[str]) -> tuple[dict[str, float], dict[str, list[str]]]:
        scores: dict[str, float] = defaultdict(float)
        why: dict[str, list[str]] = defaultdict(list)
        index = self._index
        for one in dict.fromkeys(stems):
            for name, weight in index.weights.get(one, {}).items():
                scores[name] += weight * index.rarity[one]
                why[name].append(one)
        for one, other in pairwise(stems):
            for name, weight in index.pairs.get(pair_of(one, other), {}).items():
                rarity = index.rarity.get(one, 0.0) + index.rarity.get(other, 0.0)
                scores[name] += weight * rarity / 2
        return scores, why
