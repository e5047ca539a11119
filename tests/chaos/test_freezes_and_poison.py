"""A process that is frozen for a while, and one that dies each time it sends a certain reminder."""

from dataclasses import replace

import pytest

from bot.core.plans import Kind
from tests.chaos import freezes, poison
from tests.chaos.freezes import Freeze
from tests.chaos.poison import Loop
from tests.chaos.test_reminders_survive_kills import GOOD, QUIET, SEED

THAWED = Freeze(Kind.MORNING, 0, GOOD)
LOOP = Loop(poisoned=3, kills=6, set_aside=3, missing=0, extra=4, most=2, balanced=True)


async def test_a_frozen_bot_goes_on_and_repeats_at_most_what_was_on_its_way() -> None:
    figures = await freezes.short_figures(4, SEED)

    assert figures.broken == [], figures.table()


async def test_reminders_that_kill_the_bot_keep_no_other_from_arriving() -> None:
    figures = await poison.figures(6, SEED)

    assert figures.broken == [], figures.table()
    assert figures.values["kills in a row"] >= 5


@pytest.mark.parametrize(
    "frozen",
    [
        replace(THAWED, status=1),
        replace(THAWED, run=replace(GOOD, lost=1)),
        replace(THAWED, run=replace(GOOD, most=3)),
        replace(THAWED, run=replace(GOOD, extra=5)),
        replace(THAWED, run=replace(GOOD, balanced=False)),
        Freeze(Kind.BREAK, 0, replace(QUIET, most=2)),
        Freeze(Kind.BREAK, 0, replace(QUIET, unknown=5)),
    ],
)
def test_a_freeze_that_breaks_a_promise_is_told_among_good_ones(frozen: Freeze) -> None:
    good = [THAWED, Freeze(Kind.BREAK, 0, QUIET)]

    assert freezes.summed(1, 62, good).broken == []
    assert len(freezes.summed(1, 62, [*good, frozen]).broken) == 1


@pytest.mark.parametrize(
    "loop",
    [
        replace(LOOP, missing=1),
        replace(LOOP, most=3),
        replace(LOOP, set_aside=2),
        replace(LOOP, kills=7),
        replace(LOOP, balanced=False),
    ],
)
def test_a_crash_loop_that_breaks_a_promise_is_told(loop: Loop) -> None:
    assert poison.summed(1, LOOP).broken == []
    assert len(poison.summed(1, loop).broken) == 1
