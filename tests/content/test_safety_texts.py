"""What must be said when somebody may need help, in which order, and what must not be said."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.core.content import Content, help_text
from tests.content.shelf import LANGUAGES, complete, plain, standard_texts, unlike

NEEDED = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "safety-words.toml").read_text("utf-8")
)
ONE_SCREEN = 900
ONE_MESSAGE = 1500
BLOCK = re.compile(r"\n\n")
SLOT = re.compile(r"\{\w+\}")
SAYS_CALL = re.compile(r"\bcall (?:\{|for emergency)|звоните: ", re.IGNORECASE)
NAMES_OR_WEIGHS = re.compile(
    r"\b(?:heart attack|stroke|meningitis|cauda equina|aneurysm)\b|инфаркт|инсульт|менингит"
    r"|конского хвоста|аневризм|\d+ ?%|probabl|likely|вероятн|!",
    re.IGNORECASE,
)

languages = pytest.mark.parametrize("language", LANGUAGES)


def missing(text: str, needed: list[str]) -> list[str]:
    return [one for one in needed if one.lower() not in text.lower()]


@languages
@pytest.mark.parametrize("name", NEEDED["in_order"])
def test_a_text_of_safety_says_all_that_it_must_in_its_order(
    content: Content, name: str, language: str
) -> None:
    text, at = plain(content.texts[name, language]).lower(), 0
    for needed in NEEDED["in_order"][name][language]:
        found = text.find(needed.lower(), at)
        assert found >= 0, needed
        at = found + len(needed)


@languages
@pytest.mark.parametrize("name", NEEDED["all"])
def test_a_text_about_safety_or_data_leaves_nothing_out(
    content: Content, name: str, language: str
) -> None:
    assert missing(plain(content.texts[name, language]), NEEDED["all"][name][language]) == []


@languages
def test_the_danger_signs_are_complete_and_each_stands_under_its_urgency(
    content: Content, language: str
) -> None:
    body = content.entries["urgent-signs"].wording[language].body
    now, same_day = (text.plain for text in body if text.plain.startswith("• "))

    assert missing(now, NEEDED["danger"]["now"][language]) == []
    assert missing(same_day, NEEDED["danger"]["same_day"][language]) == []


@languages
def test_the_referral_fits_one_screen_and_more_of_it_one_message(
    content: Content, language: str
) -> None:
    names = ("referral-first-emergency", "referral", "referral-after")
    whole = "\n\n".join(plain(content.texts[name, language]) for name in names)

    assert len(whole) <= ONE_SCREEN
    assert len(plain(content.texts["referral-more", language])) <= ONE_MESSAGE


@languages
def test_no_referral_names_an_illness_or_weighs_how_likely_it_is(
    content: Content, language: str
) -> None:
    names = [name for name, _ in content.texts if name.startswith(("referral", "distress"))]
    said = {name: plain(content.texts[name, language]) for name in names}

    assert [name for name, text in said.items() if NAMES_OR_WEIGHS.search(text)] == []


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "This may need urgent help."), ("ru", "Возможно, нужна срочная помощь.")],
)
def test_the_first_line_says_calmly_that_help_may_be_urgent(
    content: Content, language: str, line: str
) -> None:
    assert plain(content.texts["referral-first-emergency", language]).startswith(line)


def test_the_help_endings_are_those_of_the_brief(content: Content) -> None:
    codes = {entry.help for entry in content.entries.values()}

    assert codes == {"H-URG", "H-BACK", "H-NECK", "H-CHEST", "H-INJ", "H-MED", "H-EX"}


def test_texts_have_the_same_parts_and_the_same_contacts_in_both_languages(
    content: Content,
) -> None:
    assert unlike(standard_texts(content), BLOCK) == []
    assert unlike(standard_texts(content), SLOT) == []


def test_whoever_thinks_of_self_harm_finds_the_crisis_line_where_stress_is_explained(
    content: Content,
) -> None:
    for words in content.entries["stress-and-tension"].wording.values():
        assert missing(plain(words.body), ["{crisis_line}", "{emergency_number}"]) == []


def test_an_answer_that_says_call_names_the_number(content: Content) -> None:
    for entry in complete(content):
        for language, words in entry.wording.items():
            ending = content.texts[help_text(entry.help), language]
            text = plain((*words.body, *ending))
            assert not SAYS_CALL.search(text) or "{emergency_number}" in text, entry.id
