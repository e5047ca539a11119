"""Every rule carries examples; this tries them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.triage.lexicon import Lexicon, Rule
from bot.core.triage.screener import Screener


@dataclass(frozen=True, slots=True)
class FailingExample:
    """An example that does not do what its rule says.

    Attributes:
        text: The example.
        fires: True: this rule should have referred it; False: it should have stayed silent.
    """

    language: str
    rule: str
    text: str
    fires: bool


@dataclass(frozen=True, slots=True)
class TooStrong:
    """A strong rule that holds on an example, of whatever rule, that must stay silent."""

    language: str
    rule: str
    text: str


def failing_examples(lexicons: Mapping[str, Lexicon], screener: Screener) -> list[FailingExample]:
    """Return the examples that fail, in the order of the files."""
    failing = []
    for language, rule in _rules(lexicons):
        failing += [
            FailingExample(language, rule.id, text, fires=True)
            for text in rule.fires
            if not _refers(screener, text, rule.id)
        ]
        failing += [
            FailingExample(language, rule.id, text, fires=False)
            for text in rule.silent
            if screener.screen(text).referral
        ]
    return failing


def too_strong(lexicons: Mapping[str, Lexicon], screener: Screener) -> list[TooStrong]:
    """Return the strong rules that their own or others' examples show to be weak, each once."""
    strong = {
        f"{language}:{rule.id}": (language, rule.id)
        for language, rule in _rules(lexicons)
        if rule.strong
    }
    found: dict[str, TooStrong] = {}
    for _, rule in _rules(lexicons):
        for text in rule.silent:
            for name in screener.seen(text)[1]:
                if name in strong:
                    found.setdefault(name, TooStrong(*strong[name], text))
    return list(found.values())


def _rules(lexicons: Mapping[str, Lexicon]) -> Iterable[tuple[str, Rule]]:
    return ((name, rule) for name, lexicon in lexicons.items() for rule in lexicon.rules)


def _refers(screener: Screener, text: str, rule: str) -> bool:
    verdict = screener.screen(text)
    return verdict.referral and any(evidence.rule == rule for evidence in verdict.evidence)
