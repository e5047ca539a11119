"""What a person taps has its effect once and whole, whichever statement fails or is the last.

Telegram repeats an update that the dead process did not confirm; a person taps again after a
screen that says that nothing could be kept.
"""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.plans import Kind
from bot.flows.desk import open_desk
from bot.flows.reception import Caller
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from bot.store.late import LateStore
from tests.chaos.virtual.bench import Bench
from tests.chaos.virtual.disk import Disk, Harm

EVENING = datetime(2026, 11, 23, 20, tzinfo=UTC)
CHAT, NEWCOMER = 7, 8
UPDATE = 500
DAY_SECONDS = 15 * 3600.0  # until the next day's morning and a break came
NEXT_DAY = EVENING + timedelta(seconds=DAY_SECONDS)
SET_UP = (
    act.Consent(agreed=True),
    act.SetZone("Europe/Berlin"),
    act.SetMorning(on=True),
    act.SetBreaks(on=True),
)
MORNING, BREAK = 1, 2
WISHES: dict[str, tuple[int, Action]] = {
    "done": (CHAT, act.Done(MORNING)),
    "later": (CHAT, act.Later(MORNING, 10)),
    "skip": (CHAT, act.Skip(BREAK)),
    "quiet": (CHAT, act.Quiet(BREAK)),
    "fewer": (CHAT, act.FewerBreaks(BREAK)),
    "time": (CHAT, act.SetTime(time(7, 30))),
    "asked": (CHAT, act.ShowTimes()),
    "days": (CHAT, act.SetDays(frozenset({1, 3}))),
    "zone": (CHAT, act.SetZone("Australia/Lord_Howe")),
    "morning-off": (CHAT, act.SetMorning(on=False)),
    "breaks-off": (CHAT, act.SetBreaks(on=False, occurrence=BREAK)),
    "interval": (CHAT, act.SetInterval(90)),
    "lunch": (CHAT, act.SetLunch(time(12), time(13))),
    "silent": (CHAT, act.SetSilent(Kind.MORNING, on=True)),
    "pause": (CHAT, act.PauseForever()),
    "today-off": (CHAT, act.TodayOff()),
    "language": (CHAT, act.ChooseLanguage("ru")),
    "stop": (CHAT, act.Stop()),
    "delete": (CHAT, act.Delete()),
    "consent": (NEWCOMER, act.Consent(agreed=True)),
}

Work = Callable[[LateStore], Coroutine[Any, Any, None]]


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, voice: Voice) -> Bench:
    """A database with somebody who got a morning and breaks, none of them answered."""
    bench = Bench(tmp_path_factory.mktemp("used") / "used", voice, EVENING)
    for number, action in enumerate(SET_UP):
        bench.process(wanting(bench, CHAT, action, number))
    bench.process(bench.delivering(DAY_SECONDS))
    kinds = bench.query(
        "SELECT o.id, p.kind, o.state FROM occurrence o JOIN plan p ON p.id = o.plan"
    )
    assert (MORNING, "morning", "sent") in kinds
    assert (BREAK, "break", "sent") in kinds
    return bench


def wanting(bench: Bench, chat: int, wish: Action, update_id: int) -> Work:
    """Return the work of answering one update, always as at the same moment."""
    moment = EVENING if update_id < UPDATE else NEXT_DAY

    async def work(store: LateStore) -> None:
        voice = bench.voice
        desk = open_desk(voice, store, Refer(voice, store), NO_FINDER, "en")
        await desk.tap(Caller(chat, "en", update_id, moment), ("en", wish))

    return work


NO_FINDER: Any = None  # a tap searches nothing


@pytest.mark.parametrize("name", WISHES)
def test_an_effect_is_whole_or_absent_and_comes_once(
    used: Bench, tmp_path: Path, name: str
) -> None:
    chat, wish = WISHES[name]
    counting, before = Disk(notes=True), used.dump()
    usual = used.copied(tmp_path / "usual")
    usual.process(wanting(usual, chat, wish, UPDATE), counting)
    after = usual.dump()
    assert after != before, "this wish has no effect"
    for harm in Harm:
        for victim, what in enumerate(counting.seen, 1):
            bench = used.copied(tmp_path / f"{harm}{victim}")
            bench.process(wanting(bench, chat, wish, UPDATE), Disk(victim, harm))
            case = f"{harm}, statement {victim}: {' '.join(what.split())[:80]}"
            assert bench.dump() in (before, after), f"halved: {case}"
            # Telegram repeats it after a kill; else the person taps again, after the same screen
            bench.process(wanting(bench, chat, wish, UPDATE))
            assert bench.dump() == after, f"not whole, or twice: {case}"
            assert bench.unhandled == [], case


async def blocks(store: LateStore, _voice: Voice) -> None:
    await store.stop_chat(CHAT)


async def writes_acute_words(store: LateStore, voice: Voice) -> None:
    hold = Refer(voice, store).hold
    hold.hush(CHAT, NEXT_DAY)
    await hold.rest(CHAT, NEXT_DAY)


@pytest.mark.parametrize("deed", [blocks, writes_acute_words])
@pytest.mark.parametrize("harm", [Harm.KILLED_BEFORE, Harm.KILLED_AFTER])
def test_a_block_and_a_referral_are_written_whole_or_not_at_all(
    used: Bench, tmp_path: Path, deed: Callable[..., Coroutine[Any, Any, None]], harm: Harm
) -> None:
    async def work(store: LateStore) -> None:
        await deed(store, used.voice)

    counting, before = Disk(), used.dump()
    usual = used.copied(tmp_path / "usual")
    usual.process(work, counting)
    after = usual.dump()
    assert after != before
    for victim in range(1, counting.statements + 1):
        bench = used.copied(tmp_path / f"run{victim}")
        bench.process(work, Disk(victim, harm))
        assert bench.dump() in (before, after)
        bench.process(work)
        assert bench.dump() == after
