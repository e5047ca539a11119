"""All that an editor should know about a content folder, a finding each."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.catalog.editing.examples import check_examples
from bot.catalog.editing.keywords import check_keywords
from bot.catalog.editing.runs import check_runs
from bot.catalog.editing.stale import check_age
from bot.catalog.editing.ways import check_ways
from bot.catalog.editing.words import check_words
from bot.catalog.folder import read
from bot.catalog.limits import LONGEST, too_long
from bot.catalog.problems import Findings, Problem
from bot.core.content import Content

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
        check_examples(folder / "triage", whole.danger, findings)
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
