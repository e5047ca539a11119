"""A database that is locked, full, read-only, away, lost or damaged under a running bot."""

from dataclasses import replace

import pytest

from tests.chaos import ruin, storage
from tests.chaos.ruin import WAY_BACK, Ruin
from tests.chaos.storage import Spell
from tests.chaos.test_reminders_survive_kills import SEED

GOOD_SPELL = Spell(
    weather="full",
    asked=3,
    answered=3,
    referred=True,
    saved=True,
    sent=0,
    red=True,
    resumed=1.0,
    rested=True,
    balanced=True,
    status=0,
)
GOOD_RUIN = Ruin(
    "deleted",
    seconds=5.0,
    red=True,
    unreferred=0,
    status=78,
    last_line=WAY_BACK,
    traceback=False,
)


async def test_whatever_ails_the_database_people_are_answered_and_work_goes_on() -> None:
    figures = await storage.quick_figures(1, SEED)

    assert figures.broken == [], figures.table()


async def test_a_lost_or_damaged_database_ends_the_bot_with_the_way_back() -> None:
    figures = await ruin.figures(1, SEED)

    assert figures.broken == [], figures.table()


@pytest.mark.parametrize(
    "spell",
    [
        replace(GOOD_SPELL, answered=2),
        replace(GOOD_SPELL, referred=False),
        replace(GOOD_SPELL, saved=False),
        replace(GOOD_SPELL, sent=1),
        replace(GOOD_SPELL, red=False),
        replace(GOOD_SPELL, resumed=5.1),
        replace(GOOD_SPELL, rested=False),
        replace(GOOD_SPELL, balanced=False),
        replace(GOOD_SPELL, status=1),
    ],
)
def test_a_spell_that_breaks_a_promise_is_told_among_good_ones(spell: Spell) -> None:
    assert storage.summed(1, [GOOD_SPELL]).broken == []
    assert len(storage.summed(1, [GOOD_SPELL, spell]).broken) == 1


@pytest.mark.parametrize(
    "loss",
    [
        replace(GOOD_RUIN, seconds=10.1),
        replace(GOOD_RUIN, status=1),
        replace(GOOD_RUIN, red=False),
        replace(GOOD_RUIN, unreferred=1),
        replace(GOOD_RUIN, last_line="crashed"),
        replace(GOOD_RUIN, traceback=True),
    ],
)
def test_a_loss_that_breaks_a_promise_is_told_among_good_ones(loss: Ruin) -> None:
    assert ruin.summed(1, [GOOD_RUIN]).broken == []
    assert len(ruin.summed(1, [GOOD_RUIN, loss]).broken) == 1
