"""One person lives for days with the bot, and gets exactly the reminders that the documents promise.

DEEDS=10000 does as many in all; by default a few hundred.
"""

import os
import tempfile
from collections import Counter
from datetime import datetime, time
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.zones import use_packaged_zones
from bot.core import actions as act
from bot.core.plans import Answer
from bot.flows.voice import Voice
from tests.chaos.virtual.life import Answers, Away, BeginsAnew, Blocks, Life, Rests, Returns, Step
from tests.conftest import drift_of

use_packaged_zones()
DEEDS = int(os.environ.get("DEEDS", "600"))
A_LIFE = 20  # deeds of one person on average
ZONES = (
    "Pacific/Chatham",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "Europe/Berlin",
    "America/Nuuk",
    "America/St_Johns",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
)
BEGINNINGS = tuple(
    datetime.fromisoformat(f"{day}T05:00:30+00:00")
    for day in ("2026-10-01", "2026-10-22", "2026-10-29", "2026-12-21", "2027-03-11", "2027-03-25")
)
"""Some days before clocks change somewhere, and one on which nothing does."""

mostly = st.sampled_from((True, True, False))
whole_days = st.sampled_from((1440, 2880))
minutes = st.one_of(
    st.integers(0, 40), st.integers(0, 40), st.integers(0, 600), st.integers(0, 1440), whole_days
)
times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
weekdays = st.frozensets(st.integers(1, 7), min_size=1)
hours = st.builds(
    lambda days, begins, length: act.SetHours(
        days, time(begins), time(min(begins + length, 23), 59)
    ),
    weekdays,
    st.integers(0, 22),
    st.integers(1, 10),
)
settings_of_mornings = st.one_of(
    st.builds(act.SetMorning, mostly),
    st.builds(act.SetTime, times),
    st.builds(act.SetDays, weekdays),
)
settings_of_breaks = st.one_of(
    st.builds(act.SetBreaks, mostly),
    st.builds(act.SetInterval, st.sampled_from((30, 45, 60, 90, 120))),
    st.one_of(hours, st.builds(act.SetFree, st.integers(1, 7))),
)
moves = st.builds(act.SetZone, st.sampled_from(ZONES))
spells = st.sampled_from((act.Moved(), act.InMeeting(), act.TodayOff()))
rests = st.one_of(
    spells,
    st.builds(Rests, st.integers(1, 4)),
    st.sampled_from((act.PauseForever(), act.Resume(), act.Resume(), act.Resume())),
)
holds = st.sampled_from((act.Unwell(), act.AllRight(), act.AllRight()))
answers = st.builds(
    Answers, st.sampled_from((Answer.LATER, Answer.LATER, *Answer)), st.sampled_from((10, 30))
)
outages = st.one_of(
    st.builds(Away, minutes, st.booleans()),
    st.builds(Away, minutes, st.booleans()),
    st.sampled_from((Blocks(), Returns(), BeginsAnew())),
)
deeds = st.one_of(
    settings_of_mornings, settings_of_breaks, moves, rests, holds, answers, answers, outages
)
MONDAY = datetime.fromisoformat("2026-12-21T05:00:30+00:00")
THREE_UNANSWERED = 370  # minutes until shortly after the third break of the first day
WEDNESDAYS = (
    act.SetTime(time(9)),
    *(act.SetFree(day) for day in (1, 2, 4, 5)),
)
ONCE_WRONG: dict[str, list[Step]] = {
    "days away: a morning and a break at once": [
        *((0, wish) for wish in WEDNESDAYS),
        (0, Away(2 * 1440 + 250)),
    ],
    "a question that came due in a rest, and its quiet after it": [
        (0, act.SetMorning(on=False)),
        (THREE_UNANSWERED, act.Unwell()),
        (60, act.AllRight()),
        (600, Returns()),
    ],
    "a question that a downtime made late, and its quiet after it": [
        (0, act.SetMorning(on=False)),
        (THREE_UNANSWERED, Away(80)),
        (600, Returns()),
    ],
    "put off again after a meeting took it back: said, and not done": [
        (245, Answers(Answer.LATER, 30)),
        (1, act.InMeeting()),
        (1, Answers(Answer.LATER, 10)),
        (600, Returns()),
    ],
}
"""The smallest lives in which the bot once differed."""

far_apart = st.lists(st.tuples(minutes, deeds))
"""Deeds of days."""
put_off = st.builds(
    lambda wait, minutes, more: [
        *((0, wish) for wish in (act.AllRight(), act.SetBreaks(on=True))),
        (wait, Answers(Answer.LATER, minutes)),
        *more,
    ],
    st.integers(60, 900),
    st.sampled_from((10, 30)),
    st.lists(
        st.tuples(st.integers(0, 12), st.one_of(spells, answers, rests, holds, moves, outages))
    ),
)
"""Deeds of an hour, while something is put off."""
late = st.builds(
    lambda wait, at, days, down: [
        *((0, wish) for wish in (act.AllRight(), act.Resume(), act.SetTime(at))),
        (wait, Away(days * 1440 + down)),
    ],
    st.integers(0, 1440),
    st.sampled_from((time(0, 15), time(9, 45), time(10), time(15, 50), time(20, 30), time(21, 45))),
    st.sampled_from((0, 0, 1, 2)),
    st.integers(1, 200),
)
"""A downtime, and what is late after it."""
lives = st.lists(st.one_of(far_apart, far_apart, put_off, late)).map(
    lambda parts: list(chain(*parts))
)
"""In parts, for a plain list of deeds would be short."""


@pytest.mark.parametrize("steps", ONCE_WRONG.values(), ids=ONCE_WRONG)
def test_what_once_went_wrong_goes_as_promised(
    voice: Voice, tmp_path: Path, steps: list[Step]
) -> None:
    life = Life(tmp_path, voice, MONDAY)
    life.lives(steps)

    assert life.bench.unhandled == []


def test_whatever_a_person_does_exactly_what_was_promised_comes_and_at_its_minute(
    voice: Voice, tmp_path: Path
) -> None:
    done: Counter[str] = Counter()

    @settings(max_examples=max(1, DEEDS // A_LIFE), deadline=None, derandomize=True)
    @given(begins=st.sampled_from(BEGINNINGS), steps=lives)
    def keeps_its_promise(begins: datetime, steps: list[Step]) -> None:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            life = Life(Path(folder), voice, begins)
            life.lives(steps)
            done.update(lives=1, deeds=len(steps), reminders=len(life.chat.came))

            assert life.bench.unhandled == []
            assert drift_of(life.bench.database) == 0

    keeps_its_promise()
    print(dict(done))  # noqa: T201 - with -s: what was counted
    assert done["reminders"]
