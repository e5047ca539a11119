"""A review that is too old to count, or of a day to come, is told at its line."""

from datetime import date
from pathlib import Path

from tests.catalog.editing.said import said
from tests.catalog.moving import add_exercises
from tests.catalog.small import edit, review


def test_a_review_of_over_twelve_months_ago_is_warned_of_and_its_reviewer_named(
    folder: Path,
) -> None:
    add_exercises(folder)
    review(folder, "heat", "march", "nod", on=date(2025, 11, 26))
    assert said(folder, today=date(2026, 11, 26)) == []

    late = said(folder, today=date(2026, 11, 27))
    told = "warning: Reviewed by N. N., physiotherapist on 2025-11-26: over 12 months ago."
    assert f"faq/heat/entry.toml:9: {told}" in late
    assert sorted(line.partition("/")[0] for line in late) == ["exercises", "exercises", "faq"]
    assert all(line.endswith(told) for line in late)


def test_a_review_of_a_day_to_come_is_a_problem(folder: Path) -> None:
    review(folder, "heat", on=date(2026, 11, 27))

    assert said(folder, today=date(2026, 11, 26)) == [
        "faq/heat/entry.toml:9: 2026-11-27 is still to come. Fix: write the day of the review."
    ]


def test_what_was_changed_since_its_review_is_told_once_however_old_that_is(folder: Path) -> None:
    review(folder, "heat", on=date(2025, 1, 1))
    edit(folder / "faq/heat/en.md", "Use", "Never use")

    changed, old = said(folder)
    assert "It has changed since" in changed + old
    assert "over 12 months ago" in changed + old
