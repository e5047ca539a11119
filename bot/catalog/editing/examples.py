"""Examples of the rules for acute symptoms: those that fail, and rules without or against them."""

import re
from collections.abc import Mapping
from pathlib import Path

from bot.catalog.danger import Danger
from bot.catalog.problems import Findings
from bot.catalog.screening import screener_of
from bot.core.triage.examples import FailingExample, TooStrong, failing_examples, too_strong
from bot.core.triage.lexicon import Lexicon

_ID = re.compile(r"""\bid\s*=\s*["']([^"']+)["']""")


def check_examples(folder: Path, danger: Danger, findings: Findings) -> None:
    """Note examples that fail, strong rules that hold on a silent one, and rules without any."""
    screener = screener_of(danger.lexicons, danger.weights)
    files = {name: _RuleLines(folder / f"{name}.toml", findings) for name in danger.lexicons}
    for example in failing_examples(danger.lexicons, screener):
        files[example.language].fails(example)
    for rule in too_strong(danger.lexicons, screener):
        files[rule.language].is_too_strong(rule)
    for language, lexicon in danger.lexicons.items():
        files[language].lacks_examples(lexicon)


class _RuleLines:
    """One lexicon's file, to say at which line a finding is."""

    def __init__(self, file: Path, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._rows = file.read_text("utf-8").split("\n")
        self._rules = _lines_of_rules(self._rows)

    def fails(self, example: FailingExample) -> None:
        line = next((n for n, row in enumerate(self._rows, 1) if example.text in row), 1)
        wanted = "fire it" if example.fires else "stay silent"
        text = f"Rule {example.rule!r}: the example {example.text!r} should {wanted}, but does not."
        self._findings.problem(self._file, line, text, "correct the rule or the example.")

    def is_too_strong(self, rule: TooStrong) -> None:
        text = f"The strong rule {rule.rule!r} holds on {rule.text!r}, which must stay silent."
        fix = "make it weak, or add to its `unless`."
        self._findings.problem(self._file, self._rules.get(rule.rule, 1), text, fix)

    def lacks_examples(self, lexicon: Lexicon) -> None:
        for rule in lexicon.rules:
            lacks = [key for key in ("fires", "silent") if not getattr(rule, key)]
            if lacks:
                text = f"Rule {rule.id!r} has no example in {' or '.join(map(repr, lacks))}."
                self._findings.warning(self._file, self._rules.get(rule.id, 1), text)


def _lines_of_rules(rows: list[str]) -> Mapping[str, int]:
    return {found[1]: n for n, row in enumerate(rows, 1) if (found := _ID.search(row))}
