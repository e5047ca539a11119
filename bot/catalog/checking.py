"""All that an editor should know about a content folder, a finding each."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from bot.catalog.editing.keywords import check_keywords
from bot.catalog.editing.runs import check_runs
from bot.catalog.editing.stale import check_age
from bot.catalog.editing.ways import check_ways
from bot.catalog.editing.words import check_words
from bot.catalog.folder import read
from bot.catalog.limits import LONGEST, too_long
from bot.catalog.problems import Findings, Problem
from bot.catalog.stems import stemmers
from bot.core.content import Content
from bot.core.triage.examples import FailingExample, failing_examples
from bot.core.triage.lexicon import Lexicon
from bot.core.triage.screener import Screener

Also = Callable[[Content, Findings], None]


def check(
    folder: Path, today: date, against: Path | None = None, also: Also | None = None
) -> list[Problem]:
    """Return all that is wrong, problems first; what needs the whole only once it can be loaded.

    Args:
        folder: The content folder.
        today: The day on which the age of reviews is judged.
        against: A text with which no seven words in a row may be shared.
        also: Notes what is wrong beyond the catalog, such as a film that is out of date.

    Raises:
        ContentError: ``against`` cannot be read.
    """
    findings = Findings()
    whole = read(folder, findings)
    if whole is not None:
        content = whole.content
        _check_lengths(folder, content, findings)
        _check_examples(folder / "triage", whole.lexicons, findings)
        check_words(folder, content, whole.policies, findings)
        check_ways(folder, content, findings)
        check_keywords(folder, content, findings)
        check_age(folder, today, findings)
        if against is not None:
            check_runs(folder, content, against, findings)
        if also is not None:
            also(content, findings)
    return findings.in_order()


def _check_lengths(folder: Path, content: Content, findings: Findings) -> None:
    for text in too_long(content):
        said = f"The message has {text.units} characters with all parts."
        findings.problem(folder / text.file, 1, said, f"use at most {LONGEST}.")


def _check_examples(folder: Path, lexicons: Mapping[str, Lexicon], findings: Findings) -> None:
    for example in failing_examples(lexicons, Screener(lexicons, stemmers())):
        _note_example(folder / f"{example.language}.toml", example, findings)


def _note_example(file: Path, example: FailingExample, findings: Findings) -> None:
    rows = file.read_text("utf-8").split("\n")
    line = next((n for n, row in enumerate(rows, 1) if example.text in row), 1)
    wanted = "should fire it, but does not" if example.fires else "should stay silent, but does not"
    text = f"Rule {example.rule!r}: the example {example.text!r} {wanted}."
    findings.problem(file, line, text, "correct the rule or the example.")
