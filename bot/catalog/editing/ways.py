"""What leads nowhere, or to two places at once: texts without a screen, twins among the buttons."""

from collections.abc import Iterator
from pathlib import Path

from bot.catalog.editing.places import line_of
from bot.catalog.files import BUILT_IN, listed
from bot.catalog.menu import MOST_CHOICES
from bot.catalog.problems import Findings
from bot.core.content import Content, help_text

HELP = "help-"
STOPPED = "help-ex"  # under an exercise that was stopped
SETTINGS = 4  # choices beside the languages; tests/catalog/test_ways.py counts them
MOST_LANGUAGES = MOST_CHOICES - SETTINGS


def check_ways(folder: Path, content: Content, findings: Findings) -> None:
    """Note what no screen shows, answers that look alike, and more languages than fit a screen."""
    shown = _shown(content)
    for path in listed(folder / "texts", Findings()):
        if path.name not in shown:
            text = f"No screen shows this text; nothing asks for {path.name!r}."
            findings.warning(path / f"{content.languages[0]}.md", 1, text)
    for language in content.languages:
        _check_twins(folder, content, language, findings)
    if len(content.languages) > MOST_LANGUAGES:
        count = len(content.languages)
        text = f"With {count} languages the settings have {SETTINGS + count} choices."
        findings.problem(folder / "ui", 1, text, f"offer at most {MOST_LANGUAGES} languages.")


def _shown(content: Content) -> set[str]:
    """Return the names of the texts that the bot's screens and this content's answers ask for."""
    ours = {path.name for path in listed(BUILT_IN / "texts", Findings())}
    endings = {help_text(entry.help) for entry in content.entries.values()}
    return {name for name in ours if not name.startswith(HELP)} | endings | {STOPPED}


def _check_twins(folder: Path, content: Content, language: str, findings: Findings) -> None:
    first: dict[str, str] = {}
    for name, title in _titles(content, language):
        other = first.setdefault(title.casefold(), name)
        if other != name:
            file = folder / "faq" / name / f"{language}.md"
            text = f"The button {title!r} looks like that of {other!r}."
            findings.problem(file, line_of(file, title), text, "give it a title of its own.")


def _titles(content: Content, language: str) -> Iterator[tuple[str, str]]:
    for entry in content.entries.values():
        yield entry.id, entry.wording[language].title
