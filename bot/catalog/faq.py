"""The answers: one folder each, with what has no language apart from the wordings."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from bot.catalog.files import check_strangers, named_folders
from bot.catalog.pages import Page, check_placeholders, read_page
from bot.catalog.problems import Findings
from bot.catalog.reviews import of_answer, read_review
from bot.catalog.sources import read_table
from bot.catalog.tables import Table
from bot.core.content import Entry, Source, Status, Wording

LONGEST_TITLE = {"en": 32}
LONGEST_TITLE_ELSE = 36  # Russian, and languages to come
MOST_RELATED = 3


@dataclass(frozen=True)
class Read:
    """An entry, and its table for findings that only the whole folder shows."""

    entry: Entry
    table: Table


def read_entries(
    folder: Path, languages: tuple[str, ...], sources: dict[str, Source], findings: Findings
) -> dict[str, Read]:
    """Return the entries by id; whatever is wrong with one is noted."""
    found: dict[str, Read] = {}
    for path in named_folders(folder, findings):
        check_strangers(path, {"entry.toml", *(f"{lang}.md" for lang in languages)}, findings)
        pages = {
            lang: page
            for lang in languages
            if (page := read_page(path / f"{lang}.md", findings)) is not None
        }
        table = read_table(path / "entry.toml", findings)
        if table is not None:
            found[path.name] = Read(_entry(path.name, table, pages, sources), table)
        if pages:
            check_placeholders(pages, findings)
    return found


def _entry(name: str, table: Table, pages: dict[str, Page], sources: dict[str, Source]) -> Entry:
    status = _status(table)
    wording = {lang: _wording(lang, page, status) for lang, page in pages.items()}
    review = read_review(table, status, of_answer(wording))
    entry = Entry(
        id=name,
        topic=table.text("topic"),
        help=table.text("help"),
        related=table.texts("related"),
        sources=_sources(table, sources),
        # what was changed since its review is a draft
        status=status if review.by or status != "reviewed" else "draft",
        version=table.number("version"),
        reviewer=review.by,
        reviewed=review.on,
        wording=wording,
    )
    table.close()
    return entry


def _status(table: Table) -> Status:
    status = table.text("status")
    if status and status not in get_args(Status):
        known = ", ".join(get_args(Status))
        table.problem("status", f"Unknown status {status!r}.", f"use one of {known}.")
    if status == "planned":
        table.warning("status", "This entry is planned; people read that it is being written.")
    if status == "draft":
        table.warning("status", "No clinician has reviewed this entry; it is shown as a draft.")
    return cast("Status", status)


def _sources(table: Table, sources: dict[str, Source]) -> tuple[Source, ...]:
    articles = [("articles", str(number), f"A{number}") for number in table.numbers("articles")]
    codes = [("sources", code, code) for code in table.texts("sources")]
    for key, value, code in articles + codes:
        if code not in sources:
            table.problem(
                key,
                f"Source {code!r} is not in sources.toml.",
                "add it there, or correct it.",
                value,
            )
    return tuple(sources[code] for _, _, code in articles + codes if code in sources)


def _wording(language: str, page: Page, status: Status) -> Wording:
    title = page.head.text("title")
    limit = LONGEST_TITLE.get(language, LONGEST_TITLE_ELSE)
    if len(title) > limit:
        page.head.problem(
            "title", f"The title has {len(title)} characters.", f"use at most {limit}."
        )
    words = Wording(title, page.head.text("summary"), page.head.texts("keywords"), page.body)
    page.head.close()
    _check_body(page, status)
    return words


def _check_body(page: Page, status: Status) -> None:
    findings = page.head.sheet.findings
    if page.body and status == "planned":
        findings.problem(
            page.file, page.prose_line, "A planned entry has prose.", 'set status = "draft".'
        )
    if not page.body and status in {"draft", "reviewed"}:
        findings.problem(
            page.file,
            page.prose_line,
            "The prose is missing.",
            'write it, or set status = "planned".',
        )


def check_links(found: dict[str, Read]) -> None:
    """Note related entries that are not there, and entries that relate to themselves."""
    for name, read in found.items():
        related = read.entry.related
        if len(related) > MOST_RELATED:
            read.table.problem(
                "related", f"There are {len(related)} related entries.", f"keep {MOST_RELATED}."
            )
        for other in related:
            if other == name or other not in found:
                read.table.problem(
                    "related",
                    f"The related entry {other!r} is not another entry.",
                    "name a folder of faq/.",
                    other,
                )
