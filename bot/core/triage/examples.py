"""Every rule carries examples; this tries them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.triage.lexicon import Lexicon
from bot.core.triage.screener import Screener


@dataclass(frozen=True, slots=True)
class FailingExample:
    """An example that does not do what its rule says.

    Attributes:
        text: The example.
        fires: True: it should have fired this rule; False: it should have stayed silent.
    """

    language: str
    rule: str
    text: str
    fires: bool


def failing_examples(lexicons: Mapping[str, Lexicon], screener: Screener) -> list[FailingExample]:
    """Return the examples that fail, in the order of the files."""
    failing = []
    for language, lexicon in lexicons.items():
        for rule in lexicon.rules:
            failing += [
                FailingExample(language, rule.id, text, fires=True)
                for text in rule.fires
                if rule.id not in {e.rule for e in screener.screen(text).evidence}
            ]
            failing += [
                FailingExample(language, rule.id, text, fires=False)
                for text in rule.silent
                if screener.screen(text).referral
            ]
    return failing
