"""Each written answer keeps the form of the editorial brief, in both languages."""

import re
from itertools import pairwise

import pytest

from bot.core.content import Content, Entry, help_text
from bot.core.operator import Operator
from bot.core.text import Text, joined
from bot.flows.browse import Browse
from bot.flows.entries import Entries
from bot.flows.voice import Voice
from bot.telegram.render import units
from tests.content.shelf import LANGUAGES, bodies, complete, plain, unlike
from tests.fakes import MemoryStore

LONGEST_TITLE = {"en": 32, "ru": 36}
LONGEST_BODY = {"en": 1100, "ru": 1400}
SHORTEST_BODY = 500
LONGEST_SUMMARY = 90  # a line of a search result
LONGEST_MESSAGE = 3500
MOST_BLOCKS = 6
FEWEST_BLOCKS = 3
RELATED = 3
NUMBER = re.compile(r"\d+(?:[.,:]\d+)?")
BULLET = re.compile("• ")
SLOT = re.compile(r"\{\w+\}")


@pytest.fixture
def entries(content: Content) -> Entries:
    voice = Voice(content, Operator())  # nothing filled in: the longest wording
    return Entries(voice, Browse(voice, MemoryStore()))


def blocks_of(body: tuple[Text, ...]) -> int:
    """Return how many blocks there are; a list belongs to the line above it."""
    return sum(not (text.plain.startswith("• ") and at) for at, text in enumerate(body))


def ends_with_help(shown: tuple[Text, ...], entry: Entry, voice: Voice, language: str) -> bool:
    ending = voice.tell(language, help_text(entry.help))
    return shown[-1 - len(ending) : -1] == ending


def test_titles_and_summaries_fit_their_line(content: Content) -> None:
    for entry in complete(content):
        for language, words in entry.wording.items():
            assert units(words.title) <= LONGEST_TITLE[language], entry.id
            assert 0 < units(words.summary) <= LONGEST_SUMMARY, entry.id
            assert "\n" not in words.summary, entry.id


def test_a_body_is_neither_a_note_nor_an_essay(content: Content) -> None:
    for piece in bodies(content):
        assert SHORTEST_BODY <= units(piece.text) <= LONGEST_BODY[piece.language], piece.where


def test_a_body_has_three_to_six_short_blocks(content: Content) -> None:
    for entry in complete(content):
        for language in LANGUAGES:
            count = blocks_of(entry.wording[language].body)
            assert FEWEST_BLOCKS <= count <= MOST_BLOCKS, (entry.id, language)


def test_an_answer_with_all_that_is_shown_beside_it_is_one_message(
    content: Content, entries: Entries
) -> None:
    for entry in complete(content):
        for language in LANGUAGES:
            shown = joined(entries.blocks(language, entry)).plain
            assert units(shown) <= LONGEST_MESSAGE, (entry.id, language)


def test_every_answer_closes_with_when_to_seek_help(content: Content, entries: Entries) -> None:
    for entry in complete(content):
        for language in LANGUAGES:
            if help_text(entry.help) != "referral":
                shown = entries.blocks(language, entry)
                assert ends_with_help(shown, entry, entries.voice, language), entry.id


def test_the_danger_signs_begin_with_the_referral(content: Content, entries: Entries) -> None:
    for language in LANGUAGES:
        shown = plain(entries.blocks(language, content.entries["urgent-signs"]))
        first = plain(entries.voice.tell(language, "referral-first-emergency"))
        referral = plain(entries.voice.tell(language, "referral"))
        assert shown.startswith(first + "\n\n" + referral)


@pytest.mark.parametrize("language", LANGUAGES)
def test_chest_pain_begins_with_the_call(content: Content, language: str) -> None:
    assert "{emergency_number}" in content.entries["chest-pain"].wording[language].body[0].plain


def test_every_answer_shows_articles_and_guidelines_and_that_it_is_a_draft(
    content: Content, entries: Entries
) -> None:
    for entry in complete(content):
        for language in LANGUAGES:
            fold = entries.blocks(language, entry)[-1].plain
            assert all(source.title in fold for source in entry.sources), entry.id
            assert entry.reviewer or entries.voice.say(language, "entry.draft") in fold, entry.id


def test_related_answers_are_three_others_that_exist(content: Content) -> None:
    for entry in complete(content):
        others = set(entry.related) & (set(content.entries) - {entry.id})
        assert len(others) == len(entry.related) == RELATED, entry.id


def test_every_answer_can_be_found_by_words_of_each_language(content: Content) -> None:
    for entry in complete(content):
        assert all(len(words.keywords) > RELATED for words in entry.wording.values()), entry.id


@pytest.mark.parametrize("seen", [NUMBER, BULLET, SLOT], ids=["numbers", "lists", "slots"])
def test_both_languages_say_the_same_numbers_lists_and_contacts(
    content: Content, seen: re.Pattern[str]
) -> None:
    assert unlike(bodies(content), seen) == []


def test_a_title_is_no_other_answers_title(content: Content) -> None:
    for language in LANGUAGES:
        titles = sorted(entry.wording[language].title for entry in content.entries.values())
        assert all(one != other for one, other in pairwise(titles)), language
