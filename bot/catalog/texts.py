"""Standard texts and the varied lines of reminders."""

from pathlib import Path

from bot.catalog.files import check_strangers, named_folders
from bot.catalog.pages import check_placeholders, read_page
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.core.content import REFERRAL
from bot.core.plans import REMINDERS
from bot.core.text import Text

FEWEST_LINES = 11  # a line does not come back within 10 messages


def read_texts(
    folder: Path, languages: tuple[str, ...], findings: Findings
) -> dict[tuple[str, str], tuple[Text, ...]]:
    """Return the standard texts by name and language. No folder does without the referral."""
    found = {}
    folders = named_folders(folder, findings)
    if REFERRAL not in {path.name for path in folders}:
        findings.problem(
            folder / REFERRAL, 1, "The referral is missing.", "write its text in every language."
        )
    for path in folders:
        check_strangers(path, {f"{language}.md" for language in languages}, findings)
        pages = {}
        for language in languages:
            page = read_page(path / f"{language}.md", findings)
            if page is None:
                continue
            pages[language] = page
            page.head.text("title")
            page.head.close()
            if not page.body:
                findings.problem(page.file, page.prose_line, "The prose is missing.", "write it.")
            found[path.name, language] = page.body
        if pages:
            check_placeholders(pages, findings)
    return found


def read_reminders(
    folder: Path, languages: tuple[str, ...], findings: Findings
) -> tuple[dict[tuple[str, str], tuple[str, ...]], frozenset[str]]:
    """Return the varied lines by kind and language, and those that ask a person to stand up."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    standing: set[str] = set()
    for language in languages:
        table = read_table(folder / f"{language}.toml", findings)
        if table is None:
            continue
        asks = set(table.texts("standing")) if table.has("standing") else set()
        for kind in REMINDERS:
            lines = found[kind.value, language] = table.texts(kind.value)
            seated = [line for line in lines if line not in asks]
            if lines and len(seated) < FEWEST_LINES:
                table.problem(
                    kind.value,
                    f"There are only {len(seated)} lines that do not ask to stand.",
                    f"write at least {FEWEST_LINES}, so that none comes back within 10 messages.",
                )
        for line in sorted(asks.difference(*(found[kind.value, language] for kind in REMINDERS))):
            table.problem(
                "standing", f"No reminder says {line!r}.", "repeat a line word for word.", line
            )
        standing |= asks
        table.close()
    return found, frozenset(standing)
