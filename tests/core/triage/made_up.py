"""A small lexicon, so that a test shows all that it depends on."""

from dataclasses import replace

from bot.core.triage.lexicon import Category, Lexicon, Phrases, Rule
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


def screener(*rules: Rule, lexicon: Lexicon = NOTHING) -> Screener:
    return Screener({"en": replace(lexicon, rules=rules)}, {"en": stem})


def replace_known(*words: str) -> Lexicon:
    return replace(NOTHING, known_words=frozenset(words))
