"""What the whole check says of a folder, without the folder's own path."""

import re
from datetime import date
from pathlib import Path

from bot.catalog.checking import check

TODAY = date(2026, 11, 26)


def said(folder: Path, against: Path | None = None, today: date = TODAY) -> list[str]:
    """Return its lines, but for those about drafts and planned entries."""
    lines = [str(one).removeprefix(f"{folder}/") for one in check(folder, today, against)]
    return [line for line in lines if not re.search("No clinician|is planned", line)]
