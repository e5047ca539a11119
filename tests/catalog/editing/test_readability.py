"""The measure of readability itself, held against words and texts counted by hand."""

import pytest

from bot.catalog.editing.readability import grade, sentence_length, sentences, syllables_of, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("back", 1),
        ("side", 1),
        ("the", 1),
        ("muscle", 2),
        ("muscles", 2),
        ("holes", 1),
        ("changes", 2),
        ("eased", 1),
        ("needed", 2),
        ("emergency", 4),
        ("30", 1),
    ],
)
def test_syllables_are_groups_of_vowels_without_silent_endings(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_a_line_of_a_list_is_a_sentence_of_its_own() -> None:
    assert sentences("Helps:\n• Warmth.\n• A walk") == ["Helps:", "• Warmth.", "• A walk"]


def test_a_range_of_numbers_is_one_word() -> None:
    assert words("Wait 3–4 days, can't you?") == ["Wait", "3–4", "days", "can't", "you"]


def test_the_mean_length_of_sentences_is_counted_in_words_of_either_language() -> None:
    assert sentence_length("Шея болит. Грейте её, если это приятно.") == 3.5


def test_the_grade_grows_with_long_words_and_long_sentences() -> None:
    easy = "Stand up. Walk a bit. Sit down."
    hard = "Physiotherapeutic rehabilitation necessitates individualised supervision."

    assert grade(easy) < 1
    assert grade(hard) > 20
