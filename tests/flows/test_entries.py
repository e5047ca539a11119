"""Answers: the way back, the sources, what was found, and what nobody has written yet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import actions as act
from bot.core.content import Entry
from bot.core.search.finder import Finder
from bot.core.text import joined
from bot.flows.desk import open_desk
from tests.flows.conftest import CHAT, Talk

COMPLETE = ("heat-or-cold", "stiff-neck", "urgent-signs", "morning-exercise")
LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])


def title(talk: Talk, entry: str, language: str = "en") -> str:
    return talk.voice.content.entries[entry].wording[language].title


@LANGUAGES
async def test_back_returns_each_answer_of_a_chain_of_related_ones(
    talk: Talk, language: str
) -> None:
    back = talk.voice.say(language, "nav.back")
    await talk.wants(act.ShowTopic("relief"), language)
    shelf = talk.said
    chain = ["heat-or-cold"]
    await talk.taps(title(talk, chain[0], language))
    said = [talk.said]
    for _ in range(3):
        related = talk.voice.content.entries[chain[-1]].related
        chain.append(next(entry for entry in related if entry not in chain))
        await talk.taps(title(talk, chain[-1], language))
        said.append(talk.said)

    for expected in said[-2::-1]:
        await talk.taps(back)
        assert talk.said == expected
    await talk.taps(back)
    assert talk.said == shelf


async def test_a_walk_in_circles_forgets_its_beginning_and_still_ends_at_a_topic(
    talk: Talk,
) -> None:
    await talk.wants(act.ShowEntry("what-is-a-spasm"))
    for _ in range(10):
        for entry in ("types-of-spasm", "what-is-a-spasm"):
            await talk.taps(title(talk, entry))
    steps = 0
    while "‹ Back" in talk.labels and not talk.said.startswith("What a spasm is"):
        await talk.taps("‹ Back")
        steps += 1

    assert steps == 9
    assert talk.said == "What a spasm is"


@pytest.mark.parametrize("entry", COMPLETE)
async def test_a_complete_answer_shows_its_sources_and_that_nobody_reviewed_it(
    talk: Talk, entry: str
) -> None:
    await talk.wants(act.ShowEntry(entry))

    for source in talk.voice.content.entries[entry].sources:
        assert source.title in talk.said
    assert "no clinician has reviewed" in talk.said


@LANGUAGES
async def test_every_answer_has_its_sources_with_addresses_and_state_on_a_screen(
    talk: Talk, language: str
) -> None:
    for entry in talk.voice.content.entries.values():
        await talk.wants(act.ShowEntry(entry.id, "T"), language)
        answer = talk.said
        await talk.taps(talk.voice.say(language, "entry.show-sources"))
        links = {s.value for s in joined(talk.shown.blocks).spans if s.kind == "link"}
        assert links == {source.url for source in entry.sources if source.url}
        assert all(source.title in talk.said for source in entry.sources)
        assert talk.voice.say(language, "entry.draft") in talk.said
        assert talk.voice.say(language, "sources.version", version=str(entry.version)) in talk.said
        await talk.taps(talk.voice.say(language, "nav.back"))
        assert talk.said == answer


async def test_sources_tell_articles_from_guidelines(talk: Talk) -> None:
    await talk.wants(act.ShowSources("heat-or-cold"))
    articles, guidelines = talk.said.split("Guidelines and studies")

    assert "Articles" in articles
    assert "prospinu.com" in articles
    assert "Cochrane CD004750" in guidelines
    await talk.wants(act.ShowSources("urgent-signs"))
    assert "Guidelines and studies" in talk.said


def let_stand(talk: Talk, finder: Finder, entry: Entry) -> None:
    """Let the content have this entry in place of its own."""
    content = talk.voice.content
    others = {**content.entries, entry.id: entry}
    voice = replace(talk.voice, content=replace(content, entries=others))
    talk.desk = open_desk(voice, talk.store, talk.refer, finder, "en")


def planned(entry: Entry) -> Entry:
    """Return the entry as if nobody had written it."""
    wording = {lang: replace(words, body=()) for lang, words in entry.wording.items()}
    return replace(entry, status="planned", wording=wording)


def reviewed(talk: Talk, finder: Finder, on: str) -> Entry:
    """Let Dr Lee review an answer that has no article."""
    entry = talk.voice.content.entries["work-breaks"]
    guidelines = tuple(source for source in entry.sources if not source.is_article)
    read = replace(entry, status="reviewed", reviewer="Dr Lee", reviewed=on, sources=guidelines)
    let_stand(talk, finder, read)
    return read


async def test_a_review_of_over_twelve_months_ago_is_said_to_be_due_again(
    talk: Talk, finder: Finder
) -> None:
    entry = reviewed(talk, finder, on=str(talk.clock.now().date() - timedelta(days=367)))
    await talk.wants(act.ShowEntry(entry.id))
    assert f"Reviewed by Dr Lee, {entry.reviewed}: over 12 months ago" in talk.said

    await talk.taps("Sources")
    assert "over 12 months ago, a new review is due." in talk.said


async def test_a_reviewed_answer_names_who_read_it_and_when_also_without_any_article(
    talk: Talk, finder: Finder
) -> None:
    entry = reviewed(talk, finder, on="2026-11-02")
    await talk.wants(act.ShowEntry(entry.id))
    assert "Reviewed by Dr Lee, 2026-11-02." in talk.said

    await talk.taps("Sources")
    assert "Reviewed by Dr Lee, 2026-11-02. Version 1." in talk.said
    assert "\nArticles\n" not in talk.said


async def test_an_answer_that_is_not_written_yet_says_so_and_keeps_help_and_related_ones(
    talk: Talk, finder: Finder
) -> None:
    entry = talk.voice.content.entries["pain-medicines"]
    let_stand(talk, finder, planned(entry))
    await talk.wants(act.ShowEntry(entry.id))

    assert "being written" in talk.said
    assert "112" in talk.said
    assert {title(talk, other) for other in entry.related} <= set(talk.labels)


@pytest.mark.parametrize(
    ("question", "answer", "again"),
    [
        ("stiff neck", "stiff-neck", "Was it something else?"),
        ("не могу повернуть голову", "stiff-neck", "Вы спрашивали о другом?"),
    ],
)
async def test_a_question_that_is_surely_understood_is_answered_at_once(
    talk: Talk, question: str, answer: str, again: str
) -> None:
    await talk.writes(question)
    language = talk.shown.language
    assert title(talk, answer, language) in talk.said

    await talk.taps(again)
    assert title(talk, answer, language) in talk.labels
    assert len(talk.labels) == 6  # three answers, all topics, menu, danger signs


async def test_a_question_with_one_sure_answer_still_leaves_a_way_to_something_else(
    talk: Talk,
) -> None:
    await talk.writes("sciatica")
    assert talk.said.startswith(title(talk, "leg-pain-sciatica"))

    await talk.taps("Was it something else?")
    assert "Write a few words" in talk.said
    assert "Where it hurts" in talk.labels


@pytest.mark.parametrize("question", ["massage", "шея болит"])
async def test_a_question_with_several_answers_gets_three_at_most_and_back_returns_to_them(
    talk: Talk, question: str
) -> None:
    await talk.writes(question)
    language, offered = talk.shown.language, talk.labels
    assert talk.voice.say(language, "nav.danger") in talk.said
    assert 1 <= len(offered) - 3 <= 3

    await talk.taps(offered[0])
    assert offered[0] in talk.said
    await talk.taps("‹")
    assert talk.labels == offered
    await talk.taps(talk.voice.say(language, "found.topics"))
    assert len(talk.labels) == 9


@pytest.mark.parametrize(
    "question", ["pizza recipe", "my tooth hurts", "лечить кота", "?", "🐘" * 2048]
)
async def test_words_that_are_not_understood_get_a_calm_line_topics_and_danger_signs(
    talk: Talk, question: str
) -> None:
    await talk.writes(question)
    language = talk.shown.language

    assert "112" in talk.said
    assert "not sure" in talk.said or "не уверены" in talk.said
    assert talk.voice.content.topics[2].titles[language] in talk.labels
    assert talk.button(talk.voice.say(language, "nav.danger"))


async def test_a_list_of_found_answers_that_are_all_gone_gets_the_topics(talk: Talk) -> None:
    await talk.wants(act.ShowFound("~zzzzzzzzz"))

    assert "out of date" in talk.said
    assert "Where it hurts" in talk.labels


async def test_a_made_up_list_shows_no_answer_twice(talk: Talk) -> None:
    await talk.wants(act.ShowFound("~imbimbimb"))

    assert talk.labels.count("Heat or cold?") == 1


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("my neck is stiff", "Stiff or painful neck"),
        ("не могу повернуть голову", "Stiff or painful neck"),
    ],
)
async def test_a_sure_question_is_answered_while_the_bot_waits_for_a_city_and_goes_on_waiting(
    talk: Talk, question: str, answer: str
) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.writes(question)
    assert talk.said.startswith(answer)

    await talk.writes("Berlin")
    assert talk.button("Turn the morning reminder on")


@pytest.mark.parametrize("city", ["Warm Springs", "Bath", "Spa"])
async def test_a_city_that_sounds_like_an_answer_is_a_city_while_the_bot_waits_for_one(
    talk: Talk, city: str
) -> None:
    await talk.wants(act.Consent(agreed=True))
    await talk.writes(city)

    assert talk.store.subscribers[CHAT].zone or "Which of these" in talk.said
    assert "Sources" not in talk.labels


@pytest.mark.parametrize("words", ["in the morning", "25:00", "morning exercise at 7", "утром"])
async def test_a_time_that_is_not_clear_stays_an_answer_to_the_question(
    talk: Talk, words: str
) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.ShowTimes())
    await talk.writes(words)

    assert "Sources" not in talk.labels


async def test_a_question_leaves_nothing_in_the_store(talk: Talk) -> None:
    await talk.joins()
    before = (talk.store.subscribers[CHAT], dict(talk.store.seen))
    await talk.writes("massage")
    await talk.taps("Massage it yourself")

    assert (talk.store.subscribers[CHAT], talk.store.seen) == before


async def test_a_link_with_an_answer_in_it_opens_that_answer(talk: Talk) -> None:
    talk.screen = await talk.desk.command(talk.caller, "start", "heat-or-cold")
    assert talk.said.startswith("Heat or cold?")

    await talk.taps("‹ Back")
    assert "Questions and answers" in talk.labels


@pytest.mark.parametrize("payload", ["", "gone", "../etc/passwd", "1:en:delete", "ж" * 64])
async def test_a_link_with_anything_else_in_it_starts_as_usual(talk: Talk, payload: str) -> None:
    talk.screen = await talk.desk.command(talk.caller, "start", payload)

    assert "English" in talk.labels


async def test_an_answer_that_nobody_has_written_is_offered_and_not_opened(
    talk: Talk, finder: Finder
) -> None:
    let_stand(talk, finder, planned(talk.voice.content.entries["pain-medicines"]))
    await talk.writes("ibuprofen or paracetamol")

    assert talk.labels[0] == title(talk, "pain-medicines")
