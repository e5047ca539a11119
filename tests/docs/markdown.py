"""Reading our own documents: tables, sections and the parts that `make reference` writes."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
PART = re.compile(r"<!-- from the code: (?P<name>[^>]+?) -->\n(?P<text>.*?)<!-- end -->", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")


def documents() -> list[Path]:
    """Return every Markdown file of ours that is no content."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; the first row is its head."""
    head, *body = [tuple(cell.replace("|", r"\|") for cell in row) for row in rows]
    rule = "|---" * len(head) + "|\n"
    return _row(head) + rule + "".join(map(_row, body))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"


def rows(text: str) -> list[list[str]]:
    """Return the cells of each table row in ``text``, without heads and rules."""
    lines = [line.strip() for line in text.split("\n")]
    ruled = [n for n, line in enumerate(lines) if re.fullmatch(r"\|( ?-+ ?\|)+", line)]
    skipped = {*ruled, *(n - 1 for n in ruled)}
    found = [line for n, line in enumerate(lines) if line.startswith("|") and n not in skipped]
    return [[cell.replace(r"\|", "|").strip() for cell in _BAR.split(line)[1:-1]] for line in found]


def sections(text: str, level: str = "##") -> dict[str, str]:
    """Return the text under each heading of that level, by heading without its backticks."""
    _before, *found = re.split(rf"^{level} ", text, flags=re.MULTILINE)
    return {part.partition("\n")[0].replace("`", ""): part.partition("\n")[2] for part in found}


def quoted(cell: str) -> str:
    """Return what stands in the cell's first pair of backticks; "" without one."""
    found = re.search(r"`([^`]+)`", cell)
    return found[1] if found else ""
