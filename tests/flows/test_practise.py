from datetime import timedelta

import pytest

from bot.core import actions as act
from bot.core.plans import Answer, Kind
from tests.flows.conftest import Talk
from tests.flows.ringing import next_ring, rung_until


async def test_done_is_praised_and_counts_once(talk: Talk) -> None:
    number = talk.reminded()
    await talk.wants(act.Done(number))
    await talk.wants(act.Skip(number))

    assert talk.store.rows[number].answer is Answer.DONE


async def test_skipping_gets_no_comment_on_what_was_missed(talk: Talk) -> None:
    number = talk.reminded()
    await talk.wants(act.Skip(number))

    assert talk.store.rows[number].answer is Answer.SKIPPED
    assert "missed" not in talk.said


@pytest.mark.parametrize("minutes", [10, 30])
async def test_later_rings_once_more_and_says_when(talk: Talk, minutes: int) -> None:
    await talk.joins("Berlin")
    number = talk.reminded()
    await talk.wants(act.Later(number, minutes))
    await talk.wants(act.Later(number, minutes))

    copies = [row for row in talk.store.rows.values() if row.taken.slot == "morning+1"]
    assert [row.taken.due for row in copies] == [talk.clock.now() + timedelta(minutes=minutes)]
    assert f"07:{30 + minutes}" in talk.said.replace("08:00", "07:60")


@pytest.mark.parametrize("action", [act.Done(99), act.Skip(99), act.Later(99, 10)])
async def test_a_forged_or_foreign_occurrence_gets_a_fresh_menu(
    talk: Talk, action: act.Action
) -> None:
    await talk.joins()
    await talk.wants(action)

    assert "out of date" in talk.said
    assert talk.button("My reminders")


async def test_later_without_a_subscription_gets_a_fresh_menu(talk: Talk) -> None:
    await talk.wants(act.Later(1, 10))

    assert "out of date" in talk.said


@pytest.mark.parametrize(("minutes", "rings"), [(10, ["11:00"]), (30, ["10:00+1"])])
async def test_what_later_put_off_into_a_meeting_does_not_ring_and_after_it_does(
    talk: Talk, minutes: int, rings: list[str]
) -> None:
    await talk.joins()
    await talk.taps("Turn break reminders on")
    taken = await next_ring(talk)
    talk.clock.turn(minutes=35)
    await talk.wants(act.Later(taken.id, minutes))
    await talk.wants(act.InMeeting())
    assert "No breaks before 11:00." in talk.said

    assert await rung_until(talk, talk.clock.now() + timedelta(minutes=31)) == rings


async def test_what_a_meeting_took_back_can_be_put_off_again(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn break reminders on")
    taken = await next_ring(talk)
    await talk.wants(act.Later(taken.id, 30))
    await talk.wants(act.InMeeting())
    await talk.wants(act.Later(taken.id, 10))
    assert "I will ring again at 10:10." in talk.said

    assert (await next_ring(talk)).slot == "10:00+1"


async def test_what_later_puts_off_after_a_meeting_was_announced_rings(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn break reminders on")
    taken = await next_ring(talk)
    await talk.wants(act.InMeeting())
    await talk.wants(act.Later(taken.id, 10))
    await talk.wants(act.SetSilent(Kind.BREAK, on=True))

    assert (await next_ring(talk)).slot == "10:00+1"
