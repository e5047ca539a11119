"""Who deletes everything or stops the reminders hears nothing more, in the middle of a burst too."""

from dataclasses import replace

import pytest

from tests.chaos import deletes
from tests.chaos.deletes import Leaving, summed
from tests.chaos.test_reminders_survive_kills import SEED

GOOD = Leaving(asked=25, confirmed=25, late=0, balanced=True)


async def test_after_the_confirmation_no_reminder_comes_that_was_waiting_for_its_turn() -> None:
    figures = await deletes.figures(2, SEED)

    assert figures.broken == [], figures.table()


@pytest.mark.parametrize(
    "burst", [replace(GOOD, confirmed=24), replace(GOOD, late=1), replace(GOOD, balanced=False)]
)
def test_a_burst_that_breaks_a_promise_is_told(burst: Leaving) -> None:
    assert summed(1, [GOOD]).broken == []
    assert len(summed(1, [GOOD, burst]).broken) == 1
