from itertools import count

from bot.core import actions as act
from bot.core.plans import Kind, State
from tests.flows.conftest import CHAT, Talk


async def test_stop_turns_all_reminders_off_with_one_command(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    waiting = talk.reminded()
    talk.store.rows[waiting].state = State.DUE
    await talk.commands("stop")

    assert not talk.store.subscribers[CHAT].plans[Kind.MORNING].on
    assert talk.store.rows[waiting].state is State.CANCELLED
    assert talk.button("My reminders")


async def test_stopping_by_button_asks_first_and_keeps_the_settings(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    await talk.wants(act.ShowSettings())
    await talk.taps("Stop all reminders")
    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].on

    await talk.taps("Yes, stop")
    assert talk.store.subscribers[CHAT].zone == "Europe/Berlin"


async def test_stopping_twice_is_harmless(talk: Talk) -> None:
    await talk.joins()
    await talk.commands("stop")
    await talk.commands("stop")

    assert talk.button("My reminders")


async def test_deleting_asks_first_and_then_keeps_nothing(talk: Talk) -> None:
    await talk.joins()
    await talk.commands("delete")
    assert CHAT in talk.store.subscribers

    await talk.taps("Yes, delete")
    assert not talk.store.subscribers


async def test_a_person_of_whom_nothing_is_kept_is_told_so(talk: Talk) -> None:
    for name in ("stop", "delete"):
        await talk.commands(name)
        assert "Nothing" in talk.said or "nothing" in talk.said


async def test_privacy_says_what_is_kept_and_offers_deletion(talk: Talk) -> None:
    await talk.commands("privacy")

    assert "What is not kept" in talk.said
    assert talk.button("Delete my data").action == act.AskDelete()


async def test_a_stop_that_comes_late_leaves_on_what_was_turned_on_after_it(talk: Talk) -> None:
    await talk.joins()
    talk.numbers = count(100)
    await talk.taps("Turn the morning reminder on")
    waiting = talk.reminded()
    talk.store.rows[waiting].state = State.DUE
    talk.numbers = count(50)
    await talk.commands("stop")

    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].on
    assert talk.store.rows[waiting].state is State.DUE
    assert len(talk.labels) == 7
