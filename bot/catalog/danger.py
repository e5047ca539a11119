"""The words of danger, as far as a check of the folder goes; the bot loads them by itself."""

from collections.abc import Mapping
from pathlib import Path

from bot.catalog.files import languages
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.catalog.triage import load_lexicons
from bot.core.triage.lexicon import Lexicon
from bot.errors import ContentError


def check_danger(folder: Path, findings: Findings) -> Mapping[str, Lexicon]:
    """Return the lexicons of ``triage/`` after noting every unreadable file, else the first wrong rule."""
    before = len(findings.problems)
    for language in languages(folder.parent, Findings()):
        _check_kinds(folder / f"{language}.toml", findings)
    if len(findings.problems) > before:
        return {}
    try:
        return load_lexicons(folder)
    except ContentError as error:
        findings.error(folder, error)
        return {}


def _check_kinds(file: Path, findings: Findings) -> None:
    """Note values of a wrong kind, so that the lexicon's own reader meets texts only."""
    root = read_table(file, findings)
    if root is None:
        return
    categories = root.table("categories")
    if categories is not None:
        for name in categories.data:
            if (category := categories.table(name)) is not None:
                category.text("urgency")
