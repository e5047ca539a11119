"""Which words lead to which answer, and how strongly. Built once, from the curated content."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, pairwise

from bot.core.content import Entry, Topic
from bot.core.search.lists import WordLists
from bot.core.search.reading import Stem, stem_of, stems_of

KEYWORD, TITLE, SUMMARY, TOPIC, BODY = 3.0, 3.5, 1.6, 0.4, 0.1
PAIR = 0.5
"""What a pair of neighbouring words of a keyword or title is worth beside its two words."""
PHRASE = 0.8
"""What a keyword that holds idle words ("how often") is worth when all its words come in order."""
PART = 0.8
"""What each word of a keyword of several words is worth, over the root of their number."""
FOREIGN, FOREIGN_PAIR = 3.0, 8.0
"""What a word of another subject is worth, and what several are together; alone these say nothing."""
LONGEST_PHRASE = 5  # words

NOT_OURS = "-"
"""Stands for everything else among the entries: it is found, too, and then nothing is."""

Weights = Mapping[str, float]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Stems, pairs and phrases of stems, with the entries that they lead to.

    Attributes:
        weights: Stem to entry to weight: the strongest field in which it stands.
        pairs: Two neighbouring stems, idle ones left out, in either order, to entry to weight.
        phrases: Stems in order, idle ones among them, to entry to weight.
        openings: The first two stems of each phrase; most neighbours open none.
        rarity: Stem to how much it tells; a stem that leads everywhere tells little.
    """

    weights: Mapping[str, Weights]
    pairs: Mapping[Phrase, Weights]
    phrases: Mapping[Phrase, Weights]
    openings: frozenset[Phrase]
    rarity: Mapping[str, float] = field(default_factory=dict)

    @property
    def stems(self) -> frozenset[str]:
        """All stems, also those that tell something only beside others."""
        return frozenset(chain(self.weights, *self.pairs, *self.phrases))


def build(
    entries: Mapping[str, Entry],
    topics: Iterable[Topic],
    stem: Mapping[str, Stem],
    lists: Mapping[str, WordLists],
) -> Index:
    """Return the index of all languages together: stems of two alphabets do not meet."""
    stops = frozenset(stem_of(word, stem) for listed in lists.values() for word in listed.idle)
    building = _Building(stem, stops)
    titles = {(topic.id, one): title for topic in topics for one, title in topic.titles.items()}
    for entry in entries.values():
        for language, wording in entry.wording.items():
            for keyword in wording.keywords:
                building.whole(entry.id, keyword, KEYWORD)
            building.whole(entry.id, wording.title, TITLE)
            building.loose(entry.id, wording.summary, SUMMARY)
            building.loose(entry.id, titles.get((entry.topic, language), ""), TOPIC)
            for block in wording.body:
                building.loose(entry.id, block.plain, BODY)
    for listed in lists.values():
        for word in listed.foreign:
            building.foreign(word)
    weights = building.weights
    rarity = {one: _rarity(found, len(entries)) for one, found in weights.items()}
    openings = frozenset(phrase[:2] for phrase in building.phrases)
    return Index(weights, building.pairs, building.phrases, openings, rarity)


class _Building:
    """An index that grows."""

    def __init__(self, stem: Mapping[str, Stem], stops: frozenset[str]) -> None:
        self._stem = stem
        self._stops = stops
        self.weights: dict[str, dict[str, float]] = defaultdict(dict)
        self.pairs: dict[Phrase, dict[str, float]] = defaultdict(dict)
        self.phrases: dict[Phrase, dict[str, float]] = defaultdict(dict)

    def loose(self, entry: str, text: str, weight: float) -> None:
        """Take the words of a text, each for itself."""
        self._words(entry, self._telling(stems_of(text, self._stem)), weight)

    def whole(self, entry: str, text: str, weight: float) -> None:
        """Take a keyword or title: its words, their neighbourhood, and it as a phrase."""
        every = stems_of(text, self._stem)
        stems = self._telling(every)
        # one of several words says less than a keyword that stands by itself
        share = PART / math.sqrt(len(stems) or 1) if len(every) > 1 else 1.0
        self._words(entry, stems, weight * share)
        for one, other in pairwise(stems):
            found = self.pairs[pair_of(one, other)]
            found[entry] = max(weight * PAIR, found.get(entry, 0.0))
        if len(stems) < len(every) <= LONGEST_PHRASE and len(every) > 1:
            self.phrases[tuple(every)][entry] = weight * PHRASE

    def foreign(self, text: str) -> None:
        """Take a word of another subject; of several words only their neighbourhood counts."""
        every = stems_of(text, self._stem)
        stems = self._telling(every)
        if len(every) == 1:
            self._words(NOT_OURS, stems, FOREIGN)
        elif len(stems) == len(every):
            for one, other in pairwise(stems):
                self.pairs[pair_of(one, other)][NOT_OURS] = FOREIGN_PAIR
        else:
            self.phrases[tuple(every)][NOT_OURS] = FOREIGN_PAIR

    def _words(self, entry: str, stems: Iterable[str], weight: float) -> None:
        for one in stems:
            # a number or a single letter tells something only beside its neighbours
            if len(one) > 1 and not one.isdigit():
                self.weights[one][entry] = max(weight, self.weights[one].get(entry, 0.0))

    def _telling(self, stems: Iterable[str]) -> list[str]:
        return [one for one in stems if one not in self._stops]


def pair_of(one: str, other: str) -> Phrase:
    """Return two stems as a pair, whatever their order."""
    return (one, other) if one <= other else (other, one)


def _rarity(found: Weights, entries: int) -> float:
    """Return the weight of a stem: high where few entries have it in a strong field."""
    strong = sum(weight / KEYWORD for weight in found.values())
    return math.log(1 + entries / (0.5 + strong))


def rarest(entries: int) -> float:
    """Return the weight of a keyword that only one of so many entries has."""
    return math.log(1 + entries / 1.5)
