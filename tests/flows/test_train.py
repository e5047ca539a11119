"""Exercise in the chat: cards, the safety check, stop rules, and what each person leaves out."""

from dataclasses import replace

import pytest

from bot.core import actions as act
from bot.core.exercises import Exercises, Routine
from bot.core.plans import Kind
from bot.core.preferences import Aspect, Preferences
from bot.core.text import joined
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in, next_ring

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
STOP_RULES = {"en": "Stop at once and call 112", "ru": "Сразу остановитесь и звоните: 112"}


def content(talk: Talk) -> Exercises:
    return talk.voice.content.exercises


def say(talk: Talk, key: str) -> str:
    return talk.voice.say(talk.shown.language, key)


async def opened(talk: Talk, routine: Routine, language: str = "en") -> None:
    """Open the first card of a routine."""
    await talk.wants(act.OpenRoutine(routine.id), language)
    if say(talk, "check.read") in talk.labels:
        await talk.taps(say(talk, "check.read"))


@LANGUAGES
async def test_every_card_has_name_dose_at_most_four_lines_breathing_and_care(
    talk: Talk, language: str
) -> None:
    for routine in content(talk).routines.values():
        for number, step in enumerate(routine.steps):
            await talk.wants(act.ShowCard(routine.id, number), language)
            words = content(talk).exercises[step.exercise].wording[language]
            title, dose, how = (block.plain for block in talk.shown.blocks[-5:-2])
            assert title.endswith(f" {len(routine.steps)}. {words.title}")
            assert words.dose in dose
            assert 1 <= len(how.splitlines()) <= 4
            assert {words.breathing, words.care} <= _parts(talk)


def _parts(talk: Talk) -> set[str]:
    return {part for block in talk.shown.blocks for part in block.plain.split(": ", 1)}


@LANGUAGES
async def test_every_card_has_easier_next_and_stop_and_the_last_one_done(
    talk: Talk, language: str
) -> None:
    for routine in content(talk).routines.values():
        await opened(talk, routine, language)
        for _ in routine.steps[1:]:
            keys = ("card.easier", "card.next", "card.stop", "nav.back", "nav.danger")
            assert talk.labels == [say(talk, key) for key in keys]
            await talk.taps(say(talk, "card.next"))
        assert talk.labels[:3] == [
            say(talk, key) for key in ("card.easier", "card.finish", "card.stop")
        ]


@LANGUAGES
async def test_the_stop_rules_stand_on_the_first_and_the_last_card_of_every_routine(
    talk: Talk, language: str
) -> None:
    for routine in content(talk).routines.values():
        with_rules = []
        for number in range(len(routine.steps)):
            await talk.wants(act.ShowCard(routine.id, number), language)
            if STOP_RULES[language] in talk.said:
                with_rules.append(number)
        assert with_rules == [0, len(routine.steps) - 1]


@LANGUAGES
async def test_easier_shows_another_way_and_as_usual_leads_back(talk: Talk, language: str) -> None:
    routine = content(talk).routines["b-neck"]
    await opened(talk, routine, language)
    usual = talk.shown
    await talk.taps(say(talk, "card.easier"))
    words = content(talk).exercises[routine.steps[0].exercise].wording[language]
    assert words.easier in talk.said
    assert talk.said != joined(usual.blocks).plain

    await talk.taps(say(talk, "card.usual"))
    assert talk.shown == usual


async def test_next_after_easier_goes_on_with_the_next_exercise(talk: Talk) -> None:
    await opened(talk, content(talk).routines["b-neck"])
    await talk.taps("Easier")
    await talk.taps("Next ›")

    assert "2 of 2." in talk.said


async def test_back_leads_from_card_to_card_and_out_of_the_routine(talk: Talk) -> None:
    await opened(talk, content(talk).routines["b-neck"])
    first = talk.shown
    await talk.taps("Next ›")
    await talk.taps("‹ Back")
    assert talk.shown == first

    await talk.taps("‹ Back")
    assert "By part of the body" in talk.labels


@LANGUAGES
async def test_stop_names_danger_signs_first_and_leads_to_each_reason(
    talk: Talk, language: str
) -> None:
    await opened(talk, content(talk).routines["b-neck"], language)
    card = talk.shown
    await talk.taps(say(talk, "card.stop"))
    assert "112" in talk.shown.blocks[1].plain
    keys = ("stop.enough", "stop.hurts", "stop.unwell")
    assert talk.labels[:3] == [say(talk, key) for key in keys]

    await talk.taps(say(talk, "nav.back"))
    assert talk.shown == card


async def test_enough_for_today_is_praised_and_counts(talk: Talk) -> None:
    await joins_in(talk, "en")
    await opened(talk, content(talk).routines["b-neck"])
    await talk.taps("Stop")
    await talk.taps("Enough for today")

    assert "Well done." in talk.said
    assert len(talk.store.subscribers[CHAT].preferences.own_days) == 1


@LANGUAGES
async def test_feeling_unwell_in_a_routine_gets_the_referral_and_reminders_rest(
    talk: Talk, language: str
) -> None:
    await joins_in(talk, language)
    await opened(talk, content(talk).routines["b-neck"], language)
    await talk.taps(say(talk, "card.stop"))
    await talk.taps(say(talk, "stop.unwell"))

    assert talk.shown.urgent
    assert "112" in talk.said
    assert talk.store.subscribers[CHAT].hold is not None


@LANGUAGES
async def test_the_safety_check_comes_before_the_first_routine_and_only_once(
    talk: Talk, language: str
) -> None:
    await joins_in(talk, language)
    await talk.wants(act.OpenRoutine("b-neck"))
    assert talk.said == joined(talk.voice.tell(language, "safety-check")).plain
    await talk.taps(say(talk, "check.read"))
    assert talk.store.subscribers[CHAT].preferences.checked

    for routine in content(talk).routines:
        await talk.wants(act.OpenRoutine(routine))
        assert say(talk, "card.stop") in talk.labels


async def test_leaving_the_safety_check_unread_asks_it_again(talk: Talk) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.OpenRoutine("b-neck"))
    await talk.taps("‹ Back")
    await talk.wants(act.OpenRoutine("b-neck"))

    assert "I have read this: start" in talk.labels


async def test_who_keeps_nothing_here_is_asked_each_time_and_nothing_is_written(
    talk: Talk,
) -> None:
    for _ in range(2):
        await talk.wants(act.OpenRoutine("b-neck"))
        await talk.taps("I have read this: start")
        assert "1 of 2." in talk.said

    assert not talk.store.subscribers


@pytest.mark.parametrize("label", ["Start", "30 seconds", "Can't get up now"])
async def test_the_check_comes_before_any_way_into_a_reminders_exercise(
    talk: Talk, label: str
) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetBreaks(on=True))
    taken = await next_ring(talk)
    await talk.taps(label)
    await talk.taps("I have read this: start")

    assert ("The whole routine" in talk.labels) is (label == "30 seconds")
    assert "Stop at once" in talk.said
    assert talk.store.rows[taken.id].answer is None


@pytest.mark.parametrize("minutes", [5, 10, 20])
@pytest.mark.parametrize(
    ("aspect", "places"),
    [(Aspect.FLOOR, {"chair", "stand"}), (Aspect.STANDING, {"chair"})],
)
async def test_the_list_of_mornings_leaves_out_what_does_not_suit(
    talk: Talk, minutes: int, aspect: Aspect, places: set[str]
) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetSuits(aspect, on=True))
    await talk.wants(act.ShowLength(minutes))
    offered = {
        content(talk).routines[button.action.routine].place
        for row in talk.shown.buttons
        for button in row
        if isinstance(button.action, act.OpenRoutine)
    }

    assert offered == places


async def test_the_list_of_breaks_leaves_out_standing_for_who_does_not_stand(talk: Talk) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetSuits(Aspect.STANDING, on=True))
    await talk.wants(act.ShowBreakRoutines())
    seated = [r for r in content(talk).routines.values() if r.kind == "break"]
    offered = set(talk.labels)

    assert not offered & {r.titles["en"] for r in seated if r.place != "chair"}
    assert offered & {r.titles["en"] for r in seated if r.place == "chair"}


@pytest.mark.parametrize(
    ("kind", "chosen", "places"),
    [
        (Kind.MORNING, Preferences(no_floor=True), {"chair", "stand"}),
        (Kind.MORNING, Preferences(no_standing=True), {"chair"}),
        (Kind.BREAK, Preferences(no_standing=True), {"chair"}),
    ],
)
async def test_for_two_weeks_no_reminder_proposes_what_does_not_suit(
    talk: Talk, kind: Kind, chosen: Preferences, places: set[str]
) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetMorning(on=True) if kind is Kind.MORNING else act.SetBreaks(on=True))
    person = talk.store.subscribers[CHAT]
    talk.store.subscribers[CHAT] = replace(person, preferences=replace(chosen, checked=True))
    for _ in range(14):
        taken = await next_ring(talk)
        await talk.wants(act.Start(taken.id))
        (next_card,) = {b.action for row in talk.shown.buttons for b in row if b.label == "Easier"}
        assert isinstance(next_card, act.ShowCard)
        assert content(talk).routines[next_card.routine].place in places


async def test_routines_done_without_a_reminder_count_once_a_day(talk: Talk) -> None:
    await joins_in(talk, "en")
    for _ in range(2):
        await talk.wants(act.Finished())
    talk.clock.turn(days=1)
    await talk.wants(act.Finished())

    assert len(talk.store.subscribers[CHAT].preferences.own_days) == 2
    assert "2 days in a row." in talk.said


async def test_a_card_that_is_no_more_leads_to_the_exercises(talk: Talk) -> None:
    for action in (act.ShowCard("b-neck", 9), act.ShowCard("gone", 0), act.OpenRoutine("gone")):
        await talk.wants(action)
        assert "out of date" in talk.said
        assert talk.button("Exercises now")


RESTING = [
    act.ShowExercises(),
    act.ShowPlace("chair"),
    act.ShowMinutes(),
    act.ShowChoice("any", 5),
    act.ShowAreas(),
    act.ShowArea("neck"),
    act.ShowLength(5),
    act.ShowBreakRoutines(),
    act.OpenRoutine("b-neck"),
    act.ConfirmCheck("b-neck"),
    act.ShowCard("b-neck", 0),
    act.Start(1),
    act.Short(1),
    act.Quiet(1),
    act.Later(1, 10),
]


@pytest.mark.parametrize("action", RESTING, ids=lambda action: type(action).__name__)
async def test_after_a_referral_every_way_into_exercise_leads_to_the_one_resting_screen(
    talk: Talk, action: act.Action
) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetBreaks(on=True))
    await next_ring(talk)
    await talk.wants(act.Unwell())
    await talk.wants(action)
    assert "Exercises and reminders rest for now" in talk.said
    assert [row.parent for row in talk.store.rows.values()] == [None]

    await talk.taps("I am all right")
    await talk.wants(action)
    assert "rest for now" not in talk.said


async def test_exercises_rest_also_while_the_referral_cannot_be_written(talk: Talk) -> None:
    await joins_in(talk, "en")
    talk.store.away = True
    talk.refer.hold.hush(CHAT, talk.clock.now())
    await talk.wants(act.ShowCard("b-neck", 0))

    assert "Exercises and reminders rest for now" in talk.said
