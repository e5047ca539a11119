"""What ships is whole: both languages, sources, honest states, lengths that fit."""

from pathlib import Path

import pytest

from bot.catalog.folder import examine, load
from bot.catalog.limits import too_long
from bot.core.content import Content

FOLDER = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(FOLDER)


def test_the_content_that_ships_has_no_problem() -> None:
    assert [str(found) for found in examine(FOLDER) if found.severity == "problem"] == []


def test_english_and_russian_are_offered(content: Content) -> None:
    assert content.languages == ("en", "ru")


def test_there_are_seven_topics_and_forty_five_answers(content: Content) -> None:
    assert len(content.topics) == 7
    assert len(content.entries) == 45


def test_every_answer_names_its_sources_and_three_related_answers(content: Content) -> None:
    for entry in content.entries.values():
        assert any(source.code.startswith("A") for source in entry.sources), entry.id
        assert any(source.code.startswith("G") for source in entry.sources), entry.id
        assert len(entry.related) == 3, entry.id


def test_every_answer_is_written_and_none_claims_a_review_that_nobody_made(
    content: Content,
) -> None:
    assert {entry.status for entry in content.entries.values()} == {"draft"}
    assert not any(entry.reviewer for entry in content.entries.values())


def test_each_language_has_twenty_two_lines_for_each_reminder(content: Content) -> None:
    assert {len(lines) for lines in content.reminders.values()} == {22}
    assert set(content.reminders) == {
        (kind, language) for kind in ("morning", "break") for language in ("en", "ru")
    }


def test_no_reminder_shouts(content: Content) -> None:
    assert not any("!" in line for lines in content.reminders.values() for line in lines)


def test_every_message_fits_with_all_its_parts(content: Content) -> None:
    assert too_long(content) == []


def test_every_standard_text_is_there_in_both_languages(content: Content) -> None:
    names = {name for name, _ in content.texts}
    assert set(content.texts) == {(name, lang) for name in names for lang in content.languages}


def test_russian_is_written_in_cyrillic_and_english_in_latin(content: Content) -> None:
    for entry in content.entries.values():
        assert any("а" <= letter <= "я" for letter in entry.wording["ru"].summary), entry.id
        assert entry.wording["en"].summary.isascii(), entry.id


def test_every_country_with_a_number_has_a_zone(content: Content) -> None:
    assert set(content.numbers) <= set(content.zone_country.values())


def test_no_prose_carries_the_number_of_one_country(content: Content) -> None:
    blocks = [block for text in content.texts.values() for block in text]
    blocks += [
        block for e in content.entries.values() for w in e.wording.values() for block in w.body
    ]
    for number in ("911", "999", "103"):
        assert not any(number in block.plain for block in blocks)
