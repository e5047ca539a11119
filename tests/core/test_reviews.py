from datetime import date

import pytest

from bot.core.reviews import is_stale


@pytest.mark.parametrize(
    ("reviewed", "last_good", "first_stale"),
    [
        ("2025-11-26", date(2026, 11, 26), date(2026, 11, 27)),
        ("2025-12-31", date(2026, 12, 31), date(2027, 1, 1)),
        ("2024-02-29", date(2025, 2, 28), date(2025, 3, 1)),
    ],
)
def test_a_review_counts_for_twelve_months_to_the_day(
    reviewed: str, last_good: date, first_stale: date
) -> None:
    assert not is_stale(reviewed, last_good)
    assert is_stale(reviewed, first_stale)
