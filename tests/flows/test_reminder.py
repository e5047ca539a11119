"""A reminder in the chat: everything that can be said to it, once, twice, late and out of order."""

from datetime import UTC, date, datetime

import pytest

from bot.core import actions as act
from bot.core.exercises import quiet_routine, routine_of
from bot.core.plans import Answer, Kind, Plan, State, Taken
from bot.core.preferences import Preferences
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in, next_ring, ring, rung_until

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
KINDS = pytest.mark.parametrize("kind", [Kind.MORNING, Kind.BREAK])


async def rung(talk: Talk, kind: Kind = Kind.MORNING, language: str = "en") -> Taken:
    """Let the first reminder of this kind come; the safety check was read before."""
    await joins_in(talk, language)
    await talk.wants(act.SetMorning(on=True) if kind is Kind.MORNING else act.SetBreaks(on=True))
    await talk.wants(act.ConfirmCheck("b-eyes"))
    return await next_ring(talk)


def plan(talk: Talk, kind: Kind = Kind.MORNING) -> Plan:
    return talk.store.subscribers[CHAT].plans[kind]


def answer(talk: Talk, taken: Taken) -> Answer | None:
    return talk.store.rows[taken.id].answer


def copies(talk: Talk, taken: Taken) -> list[datetime]:
    return [row.taken.due for row in talk.store.rows.values() if row.parent == taken.id]


@LANGUAGES
@KINDS
async def test_a_reminder_names_its_routine_and_all_that_can_be_said_to_it(
    talk: Talk, language: str, kind: Kind
) -> None:
    taken = await rung(talk, kind, language)
    exercises = talk.voice.content.exercises
    routine = routine_of(exercises, kind, taken.turn, Preferences())

    assert routine is not None
    assert routine.titles[language] in talk.said
    keys = ["start", "done", "short", "quiet", "skip"]
    assert {talk.voice.say(language, f"reminder.{key}") for key in keys} <= set(talk.labels)
    later = {talk.voice.say(language, "reminder.later", minutes=str(m)) for m in (10, 30)}
    assert later <= set(talk.labels)
    assert talk.voice.say(language, "nav.pause") in talk.labels


@KINDS
async def test_start_opens_the_named_routine_and_its_last_card_counts_as_done(
    talk: Talk, kind: Kind
) -> None:
    taken = await rung(talk, kind)
    await talk.taps("Start")
    assert "\n\n1 of " in talk.said
    while "Done ✓" not in talk.labels:
        await talk.taps("Next ›")
    assert answer(talk, taken) is None

    await talk.taps("Done ✓")
    assert answer(talk, taken) is Answer.DONE


async def test_start_alone_is_no_answer_and_back_leads_to_the_reminder(talk: Talk) -> None:
    taken = await rung(talk)
    reminded = talk.shown
    await talk.taps("Start")
    await talk.taps("‹ Back")

    assert talk.shown == reminded
    assert answer(talk, taken) is None


async def test_the_thirty_second_version_is_one_card_with_stop_rules_and_done(talk: Talk) -> None:
    taken = await rung(talk)
    await talk.taps("30 seconds")
    assert "Stop at once and call 112" in talk.said
    assert "Next ›" not in talk.labels

    await talk.taps("Done")
    assert answer(talk, taken) is Answer.DONE


async def test_from_the_thirty_second_version_the_whole_routine_is_one_tap_away(
    talk: Talk,
) -> None:
    await rung(talk)
    await talk.taps("30 seconds")
    await talk.taps("The whole routine")

    assert "\n\n1 of " in talk.said


@LANGUAGES
async def test_cant_get_up_now_opens_the_routine_that_nobody_notices(
    talk: Talk, language: str
) -> None:
    taken = await rung(talk, Kind.BREAK, language)
    quiet = quiet_routine(talk.voice.content.exercises)
    assert quiet is not None
    await talk.taps(talk.voice.say(language, "reminder.quiet"))
    first = talk.voice.content.exercises.exercises[quiet.steps[0].exercise]

    assert first.wording[language].title in talk.said
    assert quiet.place == "chair"
    assert talk.button(talk.voice.say(language, "card.easier")).action == act.ShowCard(
        quiet.id, 0, taken.id, easier=True
    )


@pytest.mark.parametrize("minutes", [10, 30])
@LANGUAGES
async def test_later_says_when_and_rings_then(talk: Talk, language: str, minutes: int) -> None:
    await rung(talk, language=language)
    await talk.taps(talk.voice.say(language, "reminder.later", minutes=str(minutes)))
    assert f"08:{minutes}" in talk.said

    again = await next_ring(talk)
    assert again.due == datetime(2026, 11, 24, 7, minutes, tzinfo=UTC)
    assert again.slot == "morning+1"


async def test_later_rings_three_times_more_at_most_and_then_says_so(talk: Talk) -> None:
    taken = await rung(talk)
    for _ in range(3):
        await talk.taps("Later: 10 min")
        await next_ring(talk)
    await talk.taps("Later: 10 min")

    assert len(copies(talk, taken)) == 3
    assert "It has rung again three times" in talk.said
    assert not [label for label in talk.labels if label.startswith("Later")]
    await talk.taps("Done")
    assert answer(talk, taken) is Answer.DONE


@KINDS
async def test_later_never_shifts_the_plan(talk: Talk, kind: Kind) -> None:
    await rung(talk, kind)
    before = plan(talk, kind)
    for copy in (1, 2, 3):
        await talk.taps("Later: 10 min")
        assert (await next_ring(talk)).slot.endswith(f"+{copy}")

    after = plan(talk, kind)
    assert (after.at, after.rhythm, after.next_due) == (before.at, before.rhythm, before.next_due)


async def test_later_tapped_twice_rings_once_and_the_newest_word_counts(talk: Talk) -> None:
    taken = await rung(talk)
    reminded = talk.shown
    await talk.taps("Later: 10 min")
    talk.screen = reminded
    await talk.taps("Later: 30 min")

    assert copies(talk, taken) == [datetime(2026, 11, 24, 7, 30, tzinfo=UTC)]


async def test_later_on_a_message_that_has_rung_again_since_promises_no_other_ring(
    talk: Talk,
) -> None:
    taken = await rung(talk)
    reminded = talk.shown
    await talk.taps("Later: 10 min")
    await next_ring(talk)
    talk.screen = reminded
    await talk.taps("Later: 10 min")

    assert len(copies(talk, taken)) == 1
    assert "You have answered this one already." in talk.said


@pytest.mark.parametrize(("first", "said"), [("Done", Answer.DONE), ("Skip", Answer.SKIPPED)])
async def test_later_after_an_answer_rings_no_more_and_says_kindly_why(
    talk: Talk, first: str, said: Answer
) -> None:
    taken = await rung(talk)
    reminded = talk.shown
    await talk.taps(first)
    talk.screen = reminded
    await talk.taps("Later: 10 min")

    assert "You have answered this one already." in talk.said
    assert copies(talk, taken) == []
    assert answer(talk, taken) is said


async def test_done_before_a_later_rings_silences_it(talk: Talk) -> None:
    taken = await rung(talk)
    reminded = talk.shown
    await talk.taps("Later: 30 min")
    talk.screen = reminded
    await talk.taps("Done")
    talk.clock.turn(minutes=30)

    assert await ring(talk) == []
    assert answer(talk, taken) is Answer.DONE


async def test_done_on_the_second_ringing_counts_for_the_first(talk: Talk) -> None:
    taken = await rung(talk)
    await talk.taps("Later: 10 min")
    await next_ring(talk)
    await talk.taps("Done")

    assert answer(talk, taken) is Answer.DONE
    assert await talk.store.days(CHAT, date(2026, 11, 1)) != []


@LANGUAGES
async def test_skip_is_taken_without_a_word_of_blame(talk: Talk, language: str) -> None:
    taken = await rung(talk, language=language)
    await talk.taps(talk.voice.say(language, "reminder.skip"))

    assert answer(talk, taken) is Answer.SKIPPED
    assert talk.said in {"All right. Have a good day.", "Хорошо. Приятного дня."}


@pytest.mark.parametrize(("first", "second"), [("Done", "Skip"), ("Skip", "Done")])
async def test_of_two_answers_the_first_counts(talk: Talk, first: str, second: str) -> None:
    taken = await rung(talk)
    reminded = talk.shown
    await talk.taps(first)
    once = answer(talk, taken)
    talk.screen = reminded
    await talk.taps(second)

    assert answer(talk, taken) is once


async def test_done_tapped_twice_counts_once(talk: Talk) -> None:
    await rung(talk)
    reminded = talk.shown
    for _ in range(2):
        talk.screen = reminded
        await talk.taps("Done")

    (day,) = await talk.store.days(CHAT, date(2026, 11, 1))
    assert day.done == 1


async def test_pause_under_a_reminder_leads_back_to_it(talk: Talk) -> None:
    await rung(talk)
    reminded = talk.shown
    await talk.taps("Pause")
    await talk.taps("‹ Back")

    assert talk.shown == reminded


async def test_a_pause_cancels_what_later_had_put_off(talk: Talk) -> None:
    await rung(talk)
    reminded = talk.shown
    await talk.taps("Later: 30 min")
    talk.screen = reminded
    await talk.taps("Pause")
    await talk.taps("All quiet until tomorrow")

    assert await rung_until(talk, datetime(2026, 11, 24, 22, tzinfo=UTC)) == []


async def test_an_old_reminder_can_still_be_done_and_counts_for_its_own_day(talk: Talk) -> None:
    taken = await rung(talk)
    talk.clock.turn(days=3)
    await talk.taps("Done")

    (day,) = await talk.store.days(CHAT, date(2026, 11, 1))
    assert (day.date, day.done) == (taken.local_date, 1)


async def test_a_reminder_that_comes_late_says_for_when_it_was(talk: Talk) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetMorning(on=True))
    talk.clock.turn(minutes=45)
    await ring(talk)

    assert "this was for 08:00" in talk.said


@pytest.mark.parametrize("label", ["Start", "Done", "30 seconds", "Later: 10 min", "Skip"])
async def test_a_reminder_from_before_everything_was_deleted_opens_a_fresh_menu(
    talk: Talk, label: str
) -> None:
    taken = await rung(talk)
    reminded = talk.shown
    await talk.wants(act.Delete())
    talk.screen = reminded
    await talk.taps(label)

    assert "out of date" in talk.said
    assert talk.store.rows[taken.id].state is State.SENT
    assert copies(talk, taken) == []


@pytest.mark.parametrize(("minutes", "clock"), [(30, (10, 30)), (10, (10, 50))])
async def test_what_later_puts_off_to_the_minute_of_a_break_comes_alone_and_as_it_was(
    talk: Talk, minutes: int, clock: tuple[int, int]
) -> None:
    taken = await rung(talk, Kind.BREAK)
    talk.clock.moment = datetime(2026, 11, 24, clock[0] - 1, clock[1], tzinfo=UTC)
    await talk.wants(act.Later(taken.id, minutes))
    assert "at 11:00" in talk.said

    slots = await rung_until(talk, datetime(2026, 11, 24, 11, 30, tzinfo=UTC))
    assert slots == [f"{taken.slot}+1", "12:00"]


@pytest.mark.parametrize(("minute", "copy"), [(46, "10:56"), (54, "11:04")])
async def test_what_later_puts_off_to_shortly_before_or_after_a_break_comes_alone(
    talk: Talk, minute: int, copy: str
) -> None:
    taken = await rung(talk, Kind.BREAK)
    talk.clock.moment = datetime(2026, 11, 24, 9, minute, tzinfo=UTC)
    await talk.wants(act.Later(taken.id, 10))
    assert f"at {copy}" in talk.said

    slots = await rung_until(talk, datetime(2026, 11, 24, 11, 30, tzinfo=UTC))
    assert slots == [f"{taken.slot}+1", "12:00"]


async def test_a_morning_put_off_to_the_minute_of_a_break_comes_in_its_place(talk: Talk) -> None:
    await rung(talk)
    await talk.wants(act.SetBreaks(on=True))
    talk.clock.moment = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    (morning,) = [row.taken.id for row in talk.store.rows.values()]
    await talk.wants(act.Later(morning, 30))

    slots = await rung_until(talk, datetime(2026, 11, 24, 10, 30, tzinfo=UTC))
    assert slots == ["morning+1", "11:00"]
