from dataclasses import replace

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.plans import Kind, Question
from bot.core.screens import Button
from bot.core.search.finder import Finder
from bot.flows.desk import open_desk
from bot.flows.voice import Voice
from tests.flows.conftest import CHAT, Talk


async def test_start_offers_both_languages_and_the_danger_signs(talk: Talk) -> None:
    await talk.commands("start")

    assert talk.labels == ["English", "Русский", "Danger signs"]
    assert "Quiet Clinic" in talk.said


async def test_the_welcome_speaks_the_language_of_the_persons_telegram(talk: Talk) -> None:
    talk.hint = "ru-RU"

    await talk.commands("start")

    assert talk.shown.language == "ru"


async def test_a_language_can_be_changed_back_before_anything_is_kept(talk: Talk) -> None:
    await talk.commands("start")
    await talk.taps("Русский")
    assert talk.button("Согласен").action == act.Consent(agreed=True)

    await talk.taps("English")
    assert talk.button("I agree").action == act.Consent(agreed=True)
    assert not talk.store.subscribers


async def test_nothing_is_kept_about_a_person_who_declines_and_all_answers_stay(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=False))

    assert not talk.store.subscribers
    await talk.taps("Questions and answers")
    await talk.taps("Where it hurts")
    assert "Low back pain" in talk.labels


async def test_consent_comes_before_the_zone_and_leads_to_the_cities(talk: Talk) -> None:
    await talk.wants(act.SetZone("Europe/Berlin"))
    assert talk.button("I agree")
    assert not talk.store.subscribers

    await talk.taps("I agree")
    assert talk.button("Berlin").action == act.SetZone("Europe/Berlin")
    assert talk.store.subscribers[CHAT].zone is None


async def test_every_way_to_reminders_asks_for_consent_first(talk: Talk) -> None:
    asking: list[Action] = [act.ShowReminders(), act.ShowZones(), act.SetZone("Europe/Berlin")]
    asking += [act.SetMorning(on=True), act.ShowTimes(), act.ShowDays()]
    for action in asking:
        await talk.wants(action)
        assert talk.button("I agree")
    assert not talk.store.subscribers


async def test_a_tapped_city_sets_the_zone_and_shows_the_reminders(talk: Talk) -> None:
    await talk.joins("Berlin")

    assert talk.store.subscribers[CHAT].zone == "Europe/Berlin"
    assert "Time zone: Berlin" in talk.labels


async def test_a_typed_city_sets_the_zone_while_it_is_asked_for(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.writes("Novosibirsk")

    assert talk.store.subscribers[CHAT].zone == "Asia/Novosibirsk"
    assert talk.store.subscribers[CHAT].awaiting is None


async def test_a_city_of_several_places_offers_them(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.writes("Birmingham")

    zones = [b.action.zone for b in _buttons(talk) if isinstance(b.action, act.SetZone)]
    assert len(zones) > 1


async def test_an_unknown_city_is_asked_for_again(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.writes("Xqzwplk")

    assert talk.store.subscribers[CHAT].awaiting is not None
    assert talk.button("Berlin")


async def test_more_cities_lead_round_and_back_to_the_first_page(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    first = talk.labels
    seen: list[str] = []
    while talk.labels != first or not seen:
        seen += talk.labels[:-3]
        await talk.taps("More cities")

    assert len(seen) == len(set(seen)) > 12


async def test_the_question_for_the_zone_is_forgotten_after_a_quarter_of_an_hour(
    talk: Talk,
) -> None:
    await talk.wants(act.Consent(agreed=True))
    talk.clock.turn(minutes=16)
    await talk.writes("Novosibirsk")

    assert talk.store.subscribers[CHAT].zone is None


async def test_agreeing_again_keeps_everything_as_it_is(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    await talk.wants(act.Consent(agreed=True))

    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].on
    assert talk.button("Morning: 08:00")


async def test_consent_without_a_zone_asks_for_the_zone_before_reminders(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.wants(act.ShowReminders())

    awaiting = talk.store.subscribers[CHAT].awaiting
    assert awaiting is not None
    assert awaiting.question is Question.ZONE


async def test_a_subscriber_who_starts_again_gets_the_menu_and_reminders_go_on(talk: Talk) -> None:
    await talk.joins()
    await talk.store.stop_chat(CHAT)
    await talk.commands("start")

    assert not talk.store.subscribers[CHAT].stopped
    assert talk.button("My reminders")


async def test_a_subscribers_language_is_kept_and_spoken(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.ChooseLanguage("ru"))
    assert talk.shown.language == "ru"

    await talk.commands("help")
    assert talk.shown.language == "ru"


async def test_a_language_that_is_not_offered_gets_the_choice_again(talk: Talk) -> None:
    await talk.wants(act.ChooseLanguage("xx"))

    assert "English" in talk.labels


async def test_moving_to_another_zone_rings_at_the_same_local_time_there(talk: Talk) -> None:
    await talk.joins("Berlin")
    await talk.taps("Turn the morning reminder on")
    before = talk.store.subscribers[CHAT].plans[Kind.MORNING].next_due
    await talk.wants(act.SetZone("America/New_York"))

    after = talk.store.subscribers[CHAT].plans[Kind.MORNING].next_due
    assert before is not None
    assert after is not None
    assert (after - before).total_seconds() == 6 * 3600


async def test_opening_the_reminders_closes_an_open_question(talk: Talk) -> None:
    await talk.joins()
    await talk.taps("Time zone")
    await talk.taps("‹ Back")
    await talk.wants(act.ShowReminders())

    assert talk.store.subscribers[CHAT].awaiting is None


def _buttons(talk: Talk) -> list[Button]:
    return [button for row in talk.shown.buttons for button in row]


async def test_a_forged_zone_is_not_kept_and_the_cities_are_shown(talk: Talk) -> None:
    await talk.joins("Berlin")
    for zone in ("Mars/Olympus", "Europe", "localtime/x"):
        await talk.wants(act.SetZone(zone))
        assert talk.button("Berlin")

    assert talk.store.subscribers[CHAT].zone == "Europe/Berlin"


async def test_a_repeated_consent_after_deletion_keeps_nothing(talk: Talk) -> None:
    agreed = talk.caller
    await talk.desk.tap(agreed, ("en", act.Consent(agreed=True)))
    await talk.wants(act.Delete())
    await talk.desk.tap(agreed, ("en", act.Consent(agreed=True)))

    assert not talk.store.subscribers


async def test_a_subscriber_without_a_zone_comes_back_after_a_block(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.store.stop_chat(CHAT)
    await talk.commands("start")
    assert not talk.store.subscribers[CHAT].stopped

    await talk.commands("start")
    assert talk.button("My reminders")


async def test_a_few_cities_need_no_second_page(talk: Talk, voice: Voice, finder: Finder) -> None:
    few = {language: cities[:3] for language, cities in voice.content.cities.items()}
    small = replace(voice, content=replace(voice.content, cities=few))
    talk.desk = open_desk(small, talk.store, talk.refer, finder, "en")
    await talk.wants(act.Consent(agreed=True))

    assert "More cities" not in talk.labels


NEEDING_A_ZONE = [
    act.ShowPause(),
    act.PauseForever(),
    act.Moved(),
    act.Resume(),
    act.ShowMorning(),
    act.SetMorning(on=True),
    act.SetMorning(on=False),
    act.ShowDays(),
    act.ShowBreaks(),
    act.SetBreaks(on=False),
    act.ShowHours(),
    act.ShowLunch(),
]
NEEDING_CONSENT = [*NEEDING_A_ZONE, act.ShowWeek(), act.ShowSuits()]


def named(action: act.Action) -> str:
    return str(action)


@pytest.mark.parametrize("action", NEEDING_CONSENT, ids=named)
async def test_without_consent_whatever_needs_it_asks_for_it(
    talk: Talk, action: act.Action
) -> None:
    await talk.wants(action)

    assert "To send reminders, I need to keep a few things." in talk.said
    assert talk.button("I agree: set up reminders")
    assert not talk.store.subscribers


@pytest.mark.parametrize("action", NEEDING_A_ZONE, ids=named)
async def test_without_a_zone_whatever_needs_it_asks_for_the_city_and_takes_a_typed_one(
    talk: Talk, action: act.Action
) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.commands("cancel")
    await talk.wants(action)
    assert talk.button("Berlin")

    await talk.writes("Berlin")
    assert talk.store.subscribers[CHAT].zone == "Europe/Berlin"


async def test_the_command_for_a_pause_invites_who_has_not_agreed_yet(talk: Talk) -> None:
    await talk.commands("pause")

    assert talk.button("I agree: set up reminders")


async def test_the_days_of_a_morning_that_was_never_set_lead_to_the_reminders(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.ShowDays())

    assert talk.said.startswith("My reminders")


async def test_hours_from_utc_offer_the_cities_whose_clocks_are_nearest(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.writes("UTC+3")
    assert {"Moscow", "Istanbul"} <= set(talk.labels[:6])
    assert talk.store.subscribers[CHAT].zone is None

    await talk.writes("GMT-5")
    assert {"New York", "Toronto"} == set(talk.labels[:2])


async def test_a_country_of_one_zone_gives_its_zone(talk: Talk) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.writes("Georgia")

    assert talk.store.subscribers[CHAT].zone == "Asia/Tbilisi"
