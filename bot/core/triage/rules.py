"""Rules of all languages, compiled: each found by its first sign, most urgent first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.triage.lexicon import Lexicon, Phrases, Rule
from bot.core.triage.match import Shape
from bot.core.triage.phrases import PhraseIndex, Stem
from bot.core.triage.verdict import SELF_HARM, Urgency

_RANKS = {Urgency.EMERGENCY: 1, Urgency.PROMPT: 2, Urgency.NONE: 3}

Group = tuple[int, ...]
"""Numbers of the lists of phrases that stand for one sign."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule whose phrases are numbered lists of the index."""

    rank: tuple[int, int]
    rule: Rule
    language: str
    urgency: Urgency
    shape: Shape
    near: tuple[Group, ...]
    also: Group
    unless: Group


class RuleBook:
    """The phrases of all lexicons in one index, and the rules over them."""

    def __init__(self, lexicons: Mapping[str, Lexicon], stems: Mapping[str, Stem]) -> None:
        self.index = PhraseIndex({name: stems[name] for name in lexicons if name in stems})
        self.idioms: set[int] = set()
        self.denials: set[int] = set()
        self.denials_after: set[int] = set()
        self.lacks: set[int] = set()
        self._lists: dict[tuple[str, Phrases], int] = {}
        self._by_first: dict[int, list[CompiledRule]] = {}
        self._count = 0
        for lexicon in lexicons.values():
            self._add(lexicon)

    def candidates(self, found: Iterable[int]) -> list[CompiledRule]:
        """Return the rules whose first sign is among the found lists, most urgent first."""
        rules = {rule.rank: rule for number in found for rule in self._by_first.get(number, ())}
        return [rules[rank] for rank in sorted(rules)]

    def _add(self, lexicon: Lexicon) -> None:
        self.idioms |= set(self._group(lexicon, lexicon.idioms))
        self.denials |= set(self._group(lexicon, lexicon.denials))
        self.denials_after |= set(self._group(lexicon, lexicon.denials_after))
        self.lacks |= set(self._group(lexicon, lexicon.lacks))
        for rule in lexicon.rules:
            compiled = self._compiled(lexicon, rule)
            for number in compiled.near[0]:
                self._by_first.setdefault(number, []).append(compiled)

    def _compiled(self, lexicon: Lexicon, rule: Rule) -> CompiledRule:
        urgency = lexicon.categories[rule.category].urgency
        self._count += 1
        return CompiledRule(
            rank=(0 if rule.category == SELF_HARM else _RANKS[urgency], self._count),
            rule=rule,
            language=lexicon.language,
            urgency=urgency,
            shape=Shape(rule.within, rule.in_order),
            near=tuple(self._group(lexicon, phrases) for phrases in rule.near),
            also=self._group(lexicon, rule.also),
            unless=self._group(lexicon, rule.unless),
        )

    def _group(self, lexicon: Lexicon, phrases: Phrases) -> Group:
        """Return the numbers of the concepts named, and of the list of all other phrases."""
        plain = tuple(phrase for phrase in phrases if not phrase.isupper())
        lists = [lexicon.concepts[name] for name in phrases if name.isupper()]
        return tuple(self._number(lexicon.language, list_) for list_ in (*lists, plain) if list_)

    def _number(self, language: str, phrases: Phrases) -> int:
        known = self._lists.get((language, phrases))
        if known is not None:
            return known
        number = self._lists[language, phrases] = len(self._lists)
        for phrase in phrases:
            self.index.add(language, phrase, number)
        return number
