"""Standard texts and the varied lines of reminders."""

from pathlib import Path

from bot.catalog.files import check_strangers, named_folders
from bot.catalog.pages import check_placeholders, read_page
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.core.content import REFERRAL
from bot.core.plans import Kind
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
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the varied lines by kind and language."""
    found = {}
    for language in languages:
        table = read_table(folder / f"{language}.toml", findings)
        if table is None:
            continue
        for kind in Kind:
            lines = table.texts(kind.value)
            found[kind.value, language] = lines
            if 0 < len(lines) < FEWEST_LINES:
                table.problem(
                    kind.value,
                    f"There are only {len(lines)} lines.",
                    f"write at least {FEWEST_LINES}, so that none comes back within 10 messages.",
                )
        table.close()
    return found
