"""Reviews that are too old to count, or of a day to come."""

from datetime import date
from pathlib import Path

from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.core.reviews import is_stale

RECORDS = ("faq/*/entry.toml", "exercises/*/exercise.toml")


def check_age(folder: Path, today: date, findings: Findings) -> None:
    """Warn of each review that is over twelve months old."""
    for pattern in RECORDS:
        for file in sorted(folder.glob(pattern)):
            table = read_table(file, findings)
            if table is None or table.data.get("status") != "reviewed":
                continue
            by, on = table.text("reviewer"), table.day("reviewed")
            if on > today.isoformat():
                table.problem("reviewed", f"{on} is still to come.", "write the day of the review.")
            elif is_stale(on, today):
                table.warning("reviewed", f"Reviewed by {by} on {on}: over 12 months ago.")
