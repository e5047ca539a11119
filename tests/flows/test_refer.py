import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import actions as act
from bot.core.advance import advance
from bot.core.plans import Kind, State, Subscriber
from bot.core.referral import Occasion
from bot.core.screens import Screen
from bot.core.text import joined
from bot.core.triage.verdict import Urgency, Verdict
from bot.errors import StoreUnavailableError
from bot.flows.refer import Refer
from bot.flows.visit import Visit
from tests.fakes import MemoryChange, MemoryStore
from tests.flows.conftest import CHAT, Talk

EMERGENCY = Verdict(
    referral=True,
    urgency=Urgency.EMERGENCY,
    categories=("cauda_equina",),
    language="en",
    evidence=(),
)


class SilentStore(MemoryStore):
    """A database that never answers."""

    async def look(self, chat: int) -> Subscriber | None:
        await asyncio.Event().wait()
        return await super().look(chat)


def said(screen: Screen) -> str:
    return joined(screen.blocks).plain


def verdict(urgency: Urgency, category: str = "infection", language: str = "en") -> Verdict:
    return Verdict(
        referral=True, urgency=urgency, categories=(category,), language=language, evidence=()
    )


async def test_the_referral_is_urgent_and_says_first_whom_to_call(talk: Talk) -> None:
    screen = await talk.refer(CHAT, EMERGENCY)

    assert screen.urgent
    assert said(screen).startswith("This may need urgent help.")
    assert "Call now: 112" in said(screen)
    assert "Do not drive yourself" in said(screen)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("urgency", list(Urgency))
@pytest.mark.parametrize("category", ["infection", "self_harm"])
async def test_every_referral_fits_one_screen_in_both_languages(
    talk: Talk, language: str, urgency: Urgency, category: str
) -> None:
    screen = await talk.refer(CHAT, verdict(urgency, category, language), late=True)

    assert screen.language == language
    assert len(said(screen)) <= 1200


async def test_only_the_first_line_differs_by_urgency(talk: Talk) -> None:
    screens = [await talk.refer(CHAT, verdict(urgency)) for urgency in Urgency]

    assert len({screen.blocks[0].plain for screen in screens}) == 3
    assert len({screen.blocks[1].plain for screen in screens}) == 1


FIRST = {
    Occasion.EMERGENCY: "This may need urgent help.",
    Occasion.PROMPT: "This may need a doctor's help today.",
    Occasion.DISTRESS: "Thank you for writing this.",
    Occasion.DENIED: "You wrote that you do not have this.",
}


@pytest.mark.parametrize("occasion", list(Occasion))
async def test_the_short_form_and_more_begin_as_their_referral_does(
    talk: Talk, occasion: Occasion
) -> None:
    whole, short = (talk.refer.screen(occasion, "en", short=short) for short in (False, True))
    await talk.wants(act.ShowReferralMore(occasion), "en")

    for screen in (whole, short, talk.shown):
        assert said(screen).startswith(FIRST[occasion])
        assert "112" in said(screen)
    assert len(said(short)) < len(said(whole)) / 2
    assert "same as above" in said(short)
    assert "What to say on the phone" in talk.said


@pytest.mark.parametrize("occasion", list(Occasion))
async def test_each_form_has_the_same_buttons_and_more_of_it_all_but_more(
    talk: Talk, occasion: Occasion
) -> None:
    whole, short = (talk.refer.screen(occasion, "en", short=short) for short in (False, True))
    await talk.wants(act.ShowReferralMore(occasion), "en")

    labels = [button.label for row in whole.buttons for button in row]
    assert labels == [
        "More: the call, while you wait",
        "Danger signs",
        "Find a doctor",
        "Continue",
    ]
    assert short.buttons == whole.buttons
    assert talk.labels == labels[1:]
    assert talk.shown.buttons == whole.buttons[1:]


@pytest.mark.parametrize("occasion", list(Occasion))
async def test_back_from_the_doctor_leads_to_more_of_the_same_referral(
    talk: Talk, occasion: Occasion
) -> None:
    await talk.wants(act.ShowReferralMore(occasion), "en")
    await talk.taps("Find a doctor")
    await talk.taps("‹ Back")

    assert talk.said.startswith(FIRST[occasion])


async def test_a_denied_sign_gets_the_softer_line_and_no_word_of_a_hold(talk: Talk) -> None:
    text = said(await talk.refer(CHAT, verdict(Urgency.NONE)))

    assert text.startswith("You wrote that you do not have this.")
    assert "rest until" not in text
    assert "you can go on" in text


@pytest.mark.parametrize("short", [False, True])
async def test_distress_has_steps_of_its_own_and_names_whom_to_talk_to(
    talk: Talk, short: bool
) -> None:
    operator = replace(talk.voice.operator, crisis_line="08000 12 34")
    refer = Refer(replace(talk.voice, operator=operator), talk.store)
    distress = verdict(Urgency.EMERGENCY, "self_harm")
    text = said(await refer(CHAT, distress, short=short))

    assert text.startswith("Thank you for writing this.")
    assert "Talk to someone now: 08000 12 34" in text
    assert "112" in text
    assert "night pain" not in text
    assert ("rest until" in text) is not short


async def test_the_referral_says_what_the_brief_orders_in_its_order(talk: Talk) -> None:
    text, at = said(await talk.refer(CHAT, EMERGENCY)), 0
    for words in (
        *("may need urgent help", "Call now", "cannot call", "emergency department"),
        *("Do not wait for the bot", "Do not drive yourself", "night pain", "someone else"),
        *("reminders rest until", "not kept", "If this was a mistake, you can go on"),
    ):
        at = text.index(words, at)


async def test_a_message_that_waited_is_told_so_first(talk: Talk) -> None:
    text = said(await talk.refer(CHAT, EMERGENCY, late=True))

    assert text.startswith("Your message came a while ago")


async def test_the_country_of_the_zone_names_the_number_where_one_is_on_record(talk: Talk) -> None:
    await talk.joins("Berlin")

    assert "Call now: " in said(await talk.refer(CHAT, EMERGENCY))


async def test_the_referral_needs_no_database(talk: Talk) -> None:
    talk.store.away = True

    assert (await talk.refer(CHAT, EMERGENCY)).urgent


async def test_a_database_that_hangs_holds_the_referral_up_for_a_blink_only(talk: Talk) -> None:
    refer = Refer(talk.voice, SilentStore())

    assert (await refer(CHAT, EMERGENCY)).urgent


async def test_a_referral_lets_the_reminders_rest_with_a_check_in_date_and_no_reason(
    talk: Talk,
) -> None:
    await talk.joins()
    talk.refer.hold.hush(CHAT, talk.clock.now())
    await talk.refer.hold.rest(CHAT, talk.clock.now())

    assert talk.store.subscribers[CHAT].hold == date(2026, 11, 25)
    assert not talk.refer.hold.resting


async def test_a_rest_that_cannot_be_written_is_kept_and_written_later(talk: Talk) -> None:
    await talk.joins()
    talk.store.away = True
    talk.refer.hold.hush(CHAT, talk.clock.now())
    await talk.refer.hold.rest(CHAT, talk.clock.now())
    assert CHAT in talk.refer.hold.resting
    with pytest.raises(StoreUnavailableError):
        await talk.refer.hold.write(talk.clock.now())

    talk.store.away = False
    await talk.refer.hold.write(talk.clock.now())
    assert talk.store.subscribers[CHAT].hold is not None


async def test_a_referral_is_counted_by_day_alone(talk: Talk) -> None:
    await talk.refer.count(talk.clock.now())

    assert talk.store.referrals == {talk.clock.now().date(): 1}
    assert not talk.store.subscribers


async def test_a_count_is_lost_rather_than_anything_else_while_the_database_is_away(
    talk: Talk,
) -> None:
    talk.store.away = True
    await talk.refer.count(talk.clock.now())

    assert not talk.store.referrals


async def test_an_older_message_does_not_bring_an_earlier_date(talk: Talk) -> None:
    await talk.joins()
    hold, now = talk.refer.hold, talk.clock.now()
    hold.hush(CHAT, now + timedelta(days=1))
    hold.hush(CHAT, now)
    await hold.rest(CHAT, now)

    assert talk.store.subscribers[CHAT].hold == date(2026, 11, 26)


async def test_nothing_is_kept_about_a_stranger_who_was_referred(talk: Talk) -> None:
    talk.refer.hold.hush(CHAT, talk.clock.now())
    await talk.refer.hold.rest(CHAT, talk.clock.now())

    assert not talk.store.subscribers
    assert not talk.refer.hold.resting


async def test_saying_all_right_ends_the_rest_and_asks_nothing(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.Unwell())
    assert talk.store.subscribers[CHAT].plans[Kind.CHECK_IN].on
    await talk.wants(act.ShowReminders())
    await talk.taps("I am all right")

    known = talk.store.subscribers[CHAT]
    assert known.hold is None
    assert known.plans[Kind.CHECK_IN] == replace(
        known.plans[Kind.CHECK_IN], on=False, next_due=None
    )


async def test_saying_all_right_without_a_hold_changes_nothing(talk: Talk) -> None:
    await talk.wants(act.AllRight())

    assert not talk.store.subscribers


async def test_all_right_that_cannot_be_saved_ends_nothing(talk: Talk) -> None:
    await talk.joins()
    talk.refer.hold.hush(CHAT, talk.clock.now())
    talk.store.away = True
    await talk.wants(act.AllRight())
    assert "all right" not in talk.said
    assert CHAT in talk.refer.hold.resting


class FailingCommit(MemoryStore):
    """A database that breaks when it shall keep what was written."""

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[MemoryChange]:
        async with super().change(chat, update_id, now) as change:
            yield change
            raise StoreUnavailableError("The disk is full.", "make room.")


async def test_a_rest_known_to_memory_alone_outlives_an_all_right_that_fails_at_the_end(
    talk: Talk,
) -> None:
    refer = Refer(talk.voice, FailingCommit())
    refer.hold.hush(CHAT, talk.clock.now())
    with pytest.raises(StoreUnavailableError):
        await refer.all_right(Visit(CHAT, "en", 1, talk.clock.now()))

    assert CHAT in refer.hold.resting
    assert refer.hold.stops(Kind.MORNING, CHAT, 0)


async def test_a_rest_that_waits_for_the_database_is_not_written_after_all_right(
    talk: Talk,
) -> None:
    await talk.joins()
    hold = talk.refer.hold
    hold.hush(CHAT, talk.clock.now())
    await hold.end(Visit(CHAT, "en", 99, talk.clock.now()))
    await hold.rest(CHAT, talk.clock.now())

    assert talk.store.subscribers[CHAT].hold is None
    assert not await hold.holds(CHAT)


async def test_a_second_acute_message_moves_the_check_in_and_takes_back_the_one_that_was_due(
    talk: Talk,
) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.Unwell())
    talk.clock.moment = datetime(2026, 11, 25, 7, tzinfo=UTC)
    await talk.store.materialise(talk.clock.now(), advance)
    await talk.wants(act.Unwell())

    known = talk.store.subscribers[CHAT]
    assert known.hold == date(2026, 11, 26)
    assert known.plans[Kind.CHECK_IN].next_due == datetime(2026, 11, 26, 7, tzinfo=UTC)
    kinds = {row.taken.kind: row.state for row in talk.store.rows.values()}
    assert kinds[Kind.CHECK_IN] is State.CANCELLED


async def test_more_shows_the_call_and_keeps_the_number_in_sight(talk: Talk) -> None:
    await talk.wants(act.ShowReferralMore())

    assert "Call now: 112" in talk.said
    assert "What to say on the phone" in talk.said


NAMING_A_NUMBER = [
    act.ShowReferralMore(),
    act.ShowReferralMore(Occasion.DISTRESS),
    act.Unwell(),
    act.ShowDanger(),
    act.ShowDangerApart(),
    act.ShowEntry("stiff-neck"),
    act.ShowEntry("chest-pain"),
    act.StopRoutine("b-neck", 0),
    act.ShowCard("b-neck", 0),
    act.ItHurts(),
    act.ShowAbout(),
]


@pytest.mark.parametrize("action", NAMING_A_NUMBER, ids=lambda action: type(action).__name__)
async def test_every_screen_names_the_one_number_of_the_persons_country(
    talk: Talk, action: act.Action
) -> None:
    await talk.joins()
    await talk.wants(act.SetZone("America/New_York"))
    await talk.wants(action)

    assert "911" in talk.said
    assert "112" not in talk.said


@pytest.mark.parametrize("words", ["stiff neck", "pizza recipe", "/help", "photo"])
async def test_words_commands_and_pictures_are_answered_with_that_number_too(
    talk: Talk, words: str
) -> None:
    await talk.joins()
    await talk.wants(act.SetZone("America/New_York"))
    if words == "photo":
        talk.screen = await talk.desk.media(talk.caller, words)
    else:
        await (talk.commands(words[1:]) if words.startswith("/") else talk.writes(words))

    assert "911" in talk.said
    assert "112" not in talk.said


async def test_while_reminders_rest_the_reminders_name_that_number(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetZone("America/New_York"))
    await talk.wants(act.Unwell())
    await talk.wants(act.ShowReminders())

    assert "911" in talk.said
    assert "112" not in talk.said


async def test_with_the_database_away_an_answer_comes_with_the_default_number(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetZone("America/New_York"))
    talk.store.away = True
    await talk.wants(act.ShowEntry("stiff-neck"))

    assert "Stiff or painful neck" in talk.said
    assert "112" in talk.said


async def test_a_database_that_hangs_holds_the_danger_signs_up_for_a_blink_only(
    talk: Talk,
) -> None:
    talk.desk = replace(talk.desk, store=SilentStore())
    async with asyncio.timeout(1):
        await talk.wants(act.ShowDanger())

    assert "Call now: 112" in talk.said


async def test_who_says_by_a_button_that_they_are_unwell_is_told_of_the_crisis_line_too(
    talk: Talk,
) -> None:
    await talk.wants(act.Unwell())

    assert "Call now: 112" in talk.said
    assert "too hard to go on" in talk.said
