"""What doctor says of full minutes, and of how much may be under way at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from benchmarks.seed import seed
from bot.clock import SystemClock
from bot.commands.checkup.pace import rate
from bot.core.load import minute_of
from bot.core.plans import Kind
from tests.commands.patient import Patient, little_content, patient

__all__ = ["little_content", "patient"]

MINUTE = timedelta(minutes=1)


def said(patient: Patient) -> str:
    return "\n".join(str(finding) for finding in rate(patient.case()))


@pytest.fixture
def due(patient: Patient) -> Callable[[int, datetime], None]:
    def seeded(people: int, at: datetime) -> None:
        seed(patient.database, patient.key, people, at, Kind.MORNING)

    return seeded


def test_without_a_database_it_tells_what_the_rate_carries(patient: Patient) -> None:
    assert said(patient) == (
        "ok       rate: 29 messages a second carry 1,740 reminders a minute, and 357,942 "
        "subscribers with 7 messages a day each, evenly spread"
    )


def test_a_minute_that_fits_is_named_with_how_late_its_last_one_is(
    patient: Patient, due: Callable[[int, datetime], None]
) -> None:
    at = patient.case().now.replace(hour=8)
    due(1740, at)

    assert said(patient).startswith("ok")
    assert "08:00 UTC, has 1,740, the last of them 1.0 minutes late; 0 will be" in said(patient)


def test_a_minute_that_is_too_full_is_a_warning_with_the_price_of_help(
    patient: Patient, due: Callable[[int, datetime], None]
) -> None:
    patient.sets(BOT_SENDS_PER_SECOND="1")
    due(400, patient.case().now.replace(hour=8))
    line = said(patient)

    assert line.startswith("warning")
    assert "has 400, the last of them 6.7 minutes late; 100 will be over 5 minutes late" in line
    assert "Fix: BOT_PAID_BROADCAST=340 sends them in time, for up to 34 Stars a day" in line


def test_what_the_budget_pays_for_is_not_late(
    patient: Patient, due: Callable[[int, datetime], None]
) -> None:
    patient.sets(BOT_SENDS_PER_SECOND="1", BOT_PAID_BROADCAST="340", BOT_IN_FLIGHT="100")
    due(400, patient.case().now.replace(hour=8))

    assert "0 will be over 5 minutes late" in said(patient)
    assert said(patient).startswith("ok")


def test_what_rings_later_than_a_day_ahead_is_not_looked_at(
    patient: Patient, due: Callable[[int, datetime], None]
) -> None:
    due(3, patient.case().now + timedelta(hours=25))

    assert said(patient).endswith("; no reminder is planned in the next 24 hours")


@pytest.mark.parametrize(
    ("settings", "needed"),
    [({"BOT_PAID_BROADCAST": "500"}, "100"), ({"BOT_SENDS_PER_SECOND": "100"}, "10")],
)
def test_too_few_under_way_for_the_rate_is_a_warning(
    patient: Patient, settings: dict[str, str], needed: str
) -> None:
    patient.sets(**settings)

    assert f"BOT_IN_FLIGHT=4 is too low for it. Fix: set BOT_IN_FLIGHT={needed};" in said(patient)
    patient.sets(BOT_IN_FLIGHT=needed)
    assert "IN_FLIGHT" not in said(patient)


@pytest.mark.parametrize("broken", ["file", "address"])
async def test_of_a_database_that_cannot_be_read_only_the_rate_is_told(
    patient: Patient, broken: str
) -> None:
    await patient.inhabit()
    if broken == "address":
        patient.sets(BOT_DATABASE_URL="mysql://x/y")
    patient.database.write_bytes(b"no database " * 1000)

    assert said(patient).endswith("evenly spread")


async def test_doctor_prints_what_the_running_clock_says(
    patient: Patient, due: Callable[[int, datetime], None]
) -> None:
    at = minute_of(SystemClock().now()) + 30 * MINUTE
    due(2, at)

    assert f"{at:%H:%M} UTC, has 2, the last of them 0.0 minutes late" in await patient.about(
        "rate"
    )
