"""What run says before it serves."""

import logging

import pytest

from bot.commands.run import tell_of_in_flight
from bot.settings import Settings


def told(caplog: pytest.LogCaptureFixture, **given: int) -> list[logging.LogRecord]:
    tell_of_in_flight(Settings(_env_file=None, **given))  # type: ignore[arg-type]  # as the environment gives them
    return caplog.records


def test_too_few_under_way_for_what_is_paid_for_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (record,) = told(caplog, paid_broadcast=500)

    assert vars(record)["event"] == "delivery.in_flight_low"
    assert (vars(record)["in_flight"], vars(record)["needed"]) == (4, 100)


@pytest.mark.parametrize("given", [{}, {"paid_broadcast": 500, "in_flight": 100}])
def test_enough_under_way_is_not_worth_a_line(
    caplog: pytest.LogCaptureFixture, given: dict[str, int]
) -> None:
    assert told(caplog, **given) == []
