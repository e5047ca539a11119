"""The words of danger, as far as a check of the folder goes; the bot loads them by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.files import languages
from bot.catalog.learned import load_weights
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.catalog.triage import load_lexicons
from bot.core.triage.learned import Weights
from bot.core.triage.lexicon import Lexicon
from bot.errors import ContentError


@dataclass(frozen=True, slots=True)
class Danger:
    """What ``triage/`` holds: the lexicons by language, and the weights if there are any."""

    lexicons: Mapping[str, Lexicon]
    weights: Weights | None


def check_danger(folder: Path, findings: Findings) -> Danger | None:
    """Return what ``triage/`` holds; None after noting all unreadable files, else the first mistake."""
    before = len(findings.problems)
    for language in languages(folder.parent, Findings()):
        read_table(folder / f"{language}.toml", findings)
    if len(findings.problems) > before:
        return None
    try:
        return Danger(load_lexicons(folder), load_weights(folder))
    except ContentError as error:
        findings.error(folder, error)
        return None
