"""Which words lead to which answer, and how strongly. Built once, from the curated content."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.core.content import Entry, Topic
from bot.core.search.lists import WordLists
from bot.core.search.reading import Stem, stem_of, words_of

KEYWORD, TITLE, SUMMARY, TOPIC, BODY = 3.0, 2.5, 1.0, 0.4, 0.25
PAIR = 1.1
"""What a pair of neighbouring words of a keyword or title is worth beside its two words."""

NOT_OURS = "-"
"""Stands for everything else among the entries: it is found, too, and then nothing is."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Index:
    """Stems and pairs of stems, with the entries that they lead to.

    Attributes:
        weights: Stem to entry to weight: the strongest field in which it stands.
        pairs: Two neighbouring stems, in either order, to entry to weight.
        rarity: Stem to how much it tells; a stem that leads everywhere tells little.
    """

    weights: Mapping[str, Mapping[str, float]]
    pairs: Mapping[Pair, Mapping[str, float]]
    rarity: Mapping[str, float] = field(default_factory=dict)


def build(
    entries: Mapping[str, Entry],
    topics: Iterable[Topic],
    stem: Mapping[str, Stem],
    lists: Mapping[str, WordLists],
) -> Index:
    """Return the index of all languages together: stems of two alphabets do not meet."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    pairs: dict[Pair, dict[str, float]] = defaultdict(dict)
    titles = {(topic.id, language): topic.titles[language] for topic in topics for language in stem}

    def put(entry: str, text: str, weight: float, *, paired: bool) -> None:
        stems = [s for word in words_of(text) if (s := stem_of(word, stem)) not in stops]
        # one of several words says less than a keyword that stands by itself
        share = weight / math.sqrt(len(stems) or 1) if paired else weight
        for one in stems:
            weights[one][entry] = max(share, weights[one].get(entry, 0.0))
        for one, other in pairwise(stems if paired else []):
            pairs[pair_of(one, other)][entry] = weight * PAIR

    stops = {stem_of(word, stem) for listed in lists.values() for word in listed.idle}
    for entry in entries.values():
        for language, wording in entry.wording.items():
            for keyword in wording.keywords:
                put(entry.id, keyword, KEYWORD, paired=True)
            put(entry.id, wording.title, TITLE, paired=True)
            put(entry.id, wording.summary, SUMMARY, paired=False)
            put(entry.id, titles.get((entry.topic, language), ""), TOPIC, paired=False)
            for block in wording.body:
                put(entry.id, block.plain, BODY, paired=False)
    for listed in lists.values():
        for word in listed.foreign:
            put(NOT_OURS, word, KEYWORD, paired=True)
    return Index(
        weights, pairs, {one: _rarity(found, len(entries)) for one, found in weights.items()}
    )


def pair_of(one: str, other: str) -> Pair:
    """Return two stems as a pair, whatever their order."""
    return (one, other) if one <= other else (other, one)


def _rarity(found: Mapping[str, float], entries: int) -> float:
    """Return the weight of a stem: high where few entries have it in a strong field."""
    strong = sum(weight / KEYWORD for weight in found.values())
    return math.log(1 + entries / (0.5 + strong))
