"""A small lexicon and a small learned part, so that a test shows all that it depends on."""

from array import array
from collections.abc import Mapping
from dataclasses import replace

from bot.core.triage.learned import Learned, Weights
from bot.core.triage.lexicon import Category, Lexicon, Phrases, Rule
from bot.core.triage.pieces import Thesaurus, named, pair_number
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Urgency

CATEGORIES = {
    "infection": Category("infection", Urgency.PROMPT, "N"),
    "breathing": Category("breathing", Urgency.EMERGENCY, "U"),
    "self_harm": Category("self_harm", Urgency.EMERGENCY, "U"),
}
NOTHING = Lexicon(language="en", categories=CATEGORIES, concepts={}, rules=())


def stem(word: str) -> str:
    return word.removesuffix("s")


def rule(*near: Phrases, name: str = "r", category: str = "breathing") -> Rule:
    return Rule(name, category, near, within=(4,) * (len(near) - 1))


def weak(*near: Phrases, name: str = "w", category: str = "breathing") -> Rule:
    return replace(rule(*near, name=name, category=category), strong=False)


def screener(*rules: Rule, lexicon: Lexicon = NOTHING, learned: Learned | None = None) -> Screener:
    return Screener({"en": replace(lexicon, rules=rules)}, {"en": stem}, learned)


def weights(
    words: Mapping[str, int] | None = None,
    *,
    bias: float = 0.0,
    classes: Mapping[str, tuple[int, ...]] | None = None,
    kinds: Mapping[str, Mapping[str, int]] | None = None,
) -> Weights:
    """Return weights under which every text scores ``bias``, but for these words as typed."""
    thesaurus = Thesaurus(len(classes or {}), classes or {})
    steps = array("b", bytes(pair_number(thesaurus.size, thesaurus.size, 0)))
    for word, step in (words or {}).items():
        steps[named(f"<{word}>")] = step
    return Weights(
        steps,
        1.0,
        bias,
        agrees=-1.0,
        sure=1.0,
        careful=0.5,
        thesaurus=thesaurus,
        kinds=kinds or {},
    )


def learned(
    words: Mapping[str, int] | None = None,
    *,
    bias: float = 0.0,
    classes: Mapping[str, tuple[int, ...]] | None = None,
    kinds: Mapping[str, Mapping[str, int]] | None = None,
) -> Learned:
    """Return a learned part that agrees from -1 on and is sure from 1 on, of self-harm from 0.5."""
    return Learned(weights(words, bias=bias, classes=classes, kinds=kinds), stem)


def replace_known(*words: str) -> Lexicon:
    return replace(NOTHING, known_words=frozenset(words))
