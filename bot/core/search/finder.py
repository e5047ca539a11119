"""The best answers to a question, or none. Pure; the work is bounded for any text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.core.content import Content
from bot.core.search.index import (
    LONGEST_PHRASE,
    NOT_OURS,
    Index,
    Phrase,
    Weights,
    build,
    pair_of,
    rarest,
)
from bot.core.search.reading import Reader, Stem, stems_of

MOST = 3
ENOUGH = 8.0
"""Less than this, and the question is not ours."""
STRONG, AHEAD = 9.0, 1.8
"""At least this much, and so many times the second best: the answer is shown at once."""
MEASURED_ON = 45
"""Answers of the content for which both were chosen; fewer need less."""
STRANGE = 0.25
"""What each word that leads nowhere takes from the score, as a share of it."""
DOUBT = 0.6
"""The share of a weak word's worth that is lost beside words that lead nowhere."""
OTHERS = 0.6
"""So much of the best score for something else, and the question is not ours."""
OTHERS_BESIDE_OURS = 1.5
"""The same where a word of our subject stands beside it."""
PHRASE_RARITY = 2.0
"""What a phrase tells: as much as a word that one answer has."""
BESIDE = 0.2
"""Of the best score; what is under it is not offered beside it."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Entries, the best first; none: the question is not ours.

    Attributes:
        strong: The first one is so surely meant that it can be shown at once.
    """

    entries: tuple[str, ...] = ()
    strong: bool = False


class Finder:
    """Finds answers in every language at once."""

    def __init__(self, content: Content, stem: Mapping[str, Stem]) -> None:
        self._content = content
        self._stem = stem

    @cached_property
    def _index(self) -> Index:
        """The index, made when it is first needed, so that no start waits for it."""
        content = self._content
        return build(content.entries, content.topics, self._stem, content.word_lists)

    @cached_property
    def _lists(self) -> Mapping[str, frozenset[str]]:
        """The word lists of all languages, as stems, by name."""
        lists = self._content.word_lists.values()
        return {
            name: frozenset(
                one
                for listed in lists
                for word in getattr(listed, name)
                for one in stems_of(word, self._stem)
            )
            for name in ("idle", "ours", "weak")
        }

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._index.stems | self._lists["idle"], self._stem)

    @cached_property
    def _share(self) -> float:
        """How much of a full score a word can tell where there are few answers to tell apart."""
        own = rarest(len(self._content.entries))
        return min(1.0, own / rarest(MEASURED_ON))

    def prepare(self) -> None:
        """Make what the first question would wait for; takes a while."""
        self.find("")

    def find(self, text: str) -> Findings:
        """Return the entries that a question is about."""
        every, stems = self._read(text)
        scores = self._scores(every, stems)
        others = scores.pop(NOT_OURS, 0.0)
        if not scores:
            return Findings()
        ranked = sorted(scores, key=lambda name: (-scores[name], name))[:MOST]
        best = scores[ranked[0]]
        sure = self._sure(stems, ranked[0], best)
        if not self._is_ours(stems, best=best, sure=sure, others=others):
            return Findings()
        offered = tuple(name for name in ranked if scores[name] >= BESIDE * best)
        second = scores[offered[1]] if len(offered) > 1 else 0.0
        return Findings(offered, strong=sure >= STRONG * self._share and best >= AHEAD * second)

    def explain(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """Return, for each entry found, the stems and phrases that lead to it."""
        every, stems = self._read(text)
        why: dict[str, list[str]] = {name: [] for name in self.find(text).entries}
        for said, weights, _ in self._evidence(every, stems):
            for name in weights.keys() & why.keys():
                why[name].append(" ".join(said))
        return {name: tuple(reasons) for name, reasons in why.items()}

    def _read(self, text: str) -> tuple[list[str], list[str]]:
        """Return all stems of a question, and those that tell something."""
        every = self._reader.read(text)
        return every, [one for one in every if one not in self._lists["idle"]]

    def _sure(self, stems: list[str], name: str, score: float) -> float:
        """Return what is left of a score beside words that lead nowhere."""
        index, weak = self._index, self._lists["weak"]
        strange = sum(one not in index.weights for one in stems)
        if not strange:
            return score
        doubtful = sum(
            index.weights[one].get(name, 0.0) * index.rarity[one]
            for one in dict.fromkeys(stems)
            if one in weak and one in index.weights
        )
        return (score - doubtful * DOUBT) / (1 + STRANGE * strange)

    def _is_ours(self, stems: list[str], *, best: float, sure: float, others: float) -> bool:
        """Return whether a question is about our subject at all."""
        if not self._lists["ours"].isdisjoint(stems):
            return others <= OTHERS_BESIDE_OURS * best
        return sure >= ENOUGH * self._share and others <= OTHERS * best

    def _scores(self, every: list[str], stems: list[str]) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for _, weights, times in self._evidence(every, stems):
            for name, weight in weights.items():
                scores[name] += weight * times
        return scores

    def _evidence(
        self, every: list[str], stems: list[str]
    ) -> Iterator[tuple[Phrase, Weights, float]]:
        """Yield what speaks for entries: what was said, for which ones, and how much it tells."""
        index = self._index
        for one in dict.fromkeys(stems):
            if one in index.weights:
                yield (one,), index.weights[one], index.rarity[one]
        for one, other in pairwise(stems):
            pair = pair_of(one, other)
            if pair in index.pairs:
                rarity = index.rarity.get(one, 0.0) + index.rarity.get(other, 0.0)
                yield pair, index.pairs[pair], rarity / 2
        for at, opening in enumerate(pairwise(every)):
            if opening in index.openings:
                yield from self._phrases(every[at : at + LONGEST_PHRASE])

    def _phrases(self, stems: list[str]) -> Iterator[tuple[Phrase, Weights, float]]:
        """Yield the phrases that begin with the first of these stems."""
        for size in range(2, len(stems) + 1):
            phrase = tuple(stems[:size])
            if phrase in self._index.phrases:
                yield phrase, self._index.phrases[phrase], PHRASE_RARITY
