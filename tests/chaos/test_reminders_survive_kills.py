"""Reminders across kill -9: counted on the server's side, none lost, none three times."""

from dataclasses import replace

import pytest

from bot.core.plans import Kind
from tests.chaos import reminders
from tests.chaos.house import KILLS
from tests.chaos.reminders import Run, summed

RUNS = KILLS or 100
SEED = 20261126
GOOD = Run(
    lost=0, missed=0, unknown=0, extra=4, most=2, ambiguous=0, balanced=True, whole=True
)  # of a morning
QUIET = replace(GOOD, extra=0, most=1)  # of a break


async def test_kills_lose_no_reminder_and_bring_none_too_often() -> None:
    figures = await reminders.figures(RUNS, SEED, faults=False)

    assert figures.broken == [], figures.table()
    assert figures.values["kills"] == RUNS


async def test_with_a_tenth_of_the_replies_failing_too_every_reminder_has_its_record() -> None:
    figures = await reminders.figures(max(RUNS // 10, 2), SEED, faults=True)

    assert figures.broken == [], figures.table()


@pytest.mark.parametrize(
    ("kind", "run"),
    [
        (Kind.MORNING, replace(GOOD, lost=1)),
        (Kind.MORNING, replace(GOOD, missed=1)),
        (Kind.MORNING, replace(GOOD, most=3)),
        (Kind.MORNING, replace(GOOD, extra=5)),
        (Kind.MORNING, replace(GOOD, balanced=False)),
        (Kind.MORNING, replace(GOOD, whole=False)),
        (Kind.BREAK, replace(QUIET, most=2)),
        (Kind.BREAK, replace(QUIET, unknown=5)),
    ],
)
def test_a_run_that_breaks_a_promise_is_told_among_a_hundred_good_ones(
    kind: Kind, run: Run
) -> None:
    good = [(Kind.MORNING, GOOD), (Kind.BREAK, QUIET)] * 50

    assert summed("reminders", 1, good).broken == []
    assert len(summed("reminders", 1, [*good, (kind, run)]).broken) == 1
