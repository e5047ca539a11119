"""A ``<lang>.md`` file: a TOML head between two ``+++`` lines, then prose."""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.catalog.files import read
from bot.catalog.problems import Findings
from bot.catalog.prose import blocks
from bot.catalog.tables import Table, parse
from bot.core.text import Text

FENCE = "+++"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Page:
    """A head whose keys are still to be asked for, and the prose after it."""

    file: Path
    head: Table
    body: tuple[Text, ...]
    prose_line: int

    @property
    def placeholders(self) -> set[str]:
        """Names in braces, to be filled in when the text is shown."""
        return {name for block in self.body for name in PLACEHOLDER.findall(block.plain)}


def read_page(file: Path, findings: Findings) -> Page | None:
    """Return the page; None after noting why it cannot be read at all."""
    text = read(file, findings)
    if text is None:
        return None
    rows = text.split("\n")
    ends = [number for number, row in enumerate(rows) if row.rstrip() == FENCE][:2]
    if ends[:1] != [0] or len(ends) == 1:
        findings.problem(
            file, 1, "The head is missing.", "begin with +++, title = ..., and a second line +++."
        )
        return None
    head = parse(file, "\n".join(rows[1 : ends[1]]), findings, offset=1)
    if head is None:
        return None
    body = blocks(file, "\n".join(rows[ends[1] + 1 :]), ends[1] + 1, findings)
    return Page(file, head, body, ends[1] + 2)


def check_placeholders(pages: dict[str, Page], findings: Findings) -> None:
    """Note where one language fills in other names than the first one does."""
    first, *others = pages.values()
    for page in others:
        for name in sorted(page.placeholders ^ first.placeholders):
            findings.problem(
                page.file,
                page.prose_line,
                f"{{{name}}} is not in every language.",
                f"use the same names in braces as {first.file.name}.",
            )
