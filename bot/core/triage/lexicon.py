"""The words and rules of one language, as a clinician wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.triage.verdict import Urgency

Phrases = tuple[str, ...]
"""Alternatives. A phrase is words in a row; NAME in capitals stands for a concept.

A word matches all its forms; ``word*`` any ending; ``=word`` only itself; ``#38-42`` a whole
number and ``#37.5-42.9`` a decimal one within the bounds; ``_`` any one word.
"""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of danger: it selects wording and urgency of the referral, and is no diagnosis."""

    id: str
    urgency: Urgency
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When a message is referred.

    Attributes:
        id: Unique within the language.
        category: Id of a category of the same lexicon.
        near: Signs that must all be there, each near those before it.
        within: For each sign after the first, how many words away it may be.
        in_order: Whether each sign must come after the one before it.
        also: A further sign that must be no more than 30 words away; empty: none needed.
        unless: What silences the rule when it stands in a sentence of the match.
        strong: Whether it decides alone; a weak rule needs the learned part to agree.
        source: Letters of the sources that the danger is taken from, as in docs/triage.md.
        fires: Messages that this rule must refer.
        silent: Messages that must stay without a referral.
    """

    id: str
    category: str
    near: tuple[Phrases, ...]
    within: tuple[int, ...] = ()
    in_order: bool = False
    also: Phrases = ()
    unless: Phrases = ()
    strong: bool = True
    source: str = ""
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that screening knows of one language.

    Attributes:
        categories: By id, in the order of urgency that the file gives.
        concepts: Named lists of phrases.
        rules: In the order of the file.
        idioms: Phrases whose words mean nothing here ("by heart", "call back").
        denials: Words that deny a sign when they stand just before it.
        denials_after: The same for words just after it.
        lacks: What is a sign where there is none of it ("strength"): a rule that found it is never
            taken as denied.
        known_words: Words spelt right: never repaired, and a misspelt word may be read as one.
    """

    language: str
    categories: Mapping[str, Category]
    concepts: Mapping[str, Phrases]
    rules: tuple[Rule, ...]
    idioms: Phrases = ()
    denials: Phrases = ()
    denials_after: Phrases = ()
    lacks: Phrases = ()
    known_words: frozenset[str] = field(default=frozenset())
