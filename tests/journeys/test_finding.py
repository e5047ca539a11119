"""Questions in a person's own words, in both languages; a referral always comes first."""

import pytest

from tests.journeys.conftest import World
from tests.journeys.test_first_evening import ACUTE, REFERRAL


@pytest.mark.parametrize(
    ("language", "question", "answer", "again"),
    [
        ("en", "my neck is stiff", "Stiff or painful neck", "Was it something else?"),
        (
            "ru",
            "не могу повернуть голову",
            "Шея болит или не поворачивается",
            "Вы спрашивали о другом?",
        ),
    ],
)
async def test_a_clear_question_is_answered_at_once_and_others_are_a_tap_away(
    world: World, language: str, question: str, answer: str, again: str
) -> None:
    person = world.person(language=language)
    await person.writes(question)
    assert person.last.text.startswith(answer)

    await person.taps(again)
    assert answer in person.labels
    assert len(person.labels) > 4
    assert len(person.replies) == 1


async def test_a_vague_question_gets_a_choice_and_back_returns_to_the_choice(
    world: World,
) -> None:
    person = world.person()
    await person.writes("massage?")
    offered = person.labels
    await person.taps("Massage it yourself")
    assert person.last.text.startswith("Massage it yourself")

    await person.taps("‹ Back")
    assert person.labels == offered
    await person.taps("All topics")
    assert "Where it hurts" in person.labels


@pytest.mark.parametrize(
    ("language", "words", "sorry", "topic"),
    [
        ("en", "recipe for apple pie", "I found no answer", "Where it hurts"),
        ("ru", "рецепт пирога", "Ответа на это не нашлось", "Где болит"),
    ],
)
async def test_what_is_not_our_subject_is_refused_kindly_with_topics_and_danger_signs(
    world: World, language: str, words: str, sorry: str, topic: str
) -> None:
    person = world.person(language=language)
    await person.writes(words)
    assert person.last.text.startswith(sorry)
    assert "112" in person.last.text
    assert topic in person.labels

    await person.taps(person.labels[-1])
    await person.taps(person.labels[-2])
    assert topic in person.labels


async def test_a_question_with_danger_signs_in_it_gets_the_referral_and_no_answer(
    world: World,
) -> None:
    person = world.person()
    await person.writes(f"stiff neck, and {ACUTE}")
    assert [message.text.startswith(REFERRAL) for message in person.replies] == [True]

    await person.taps("Find a doctor")
    assert person.last.text.startswith("When to see a doctor")
    await person.taps("‹ Back")
    assert REFERRAL in person.last.text


async def test_a_link_opens_its_answer_for_a_newcomer_and_a_wrong_one_the_welcome(
    world: World,
) -> None:
    person = world.person()
    await person.writes("/start heat-or-cold")
    assert person.last.text.startswith("Heat or cold?")

    await person.writes("/start no-such-answer")
    assert "English" in person.labels
