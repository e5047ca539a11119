import pytest

from bot.core.triage.lexicon import Phrases
from bot.core.triage.normalise import LONGEST, normalise
from tests.core.triage.made_up import NOTHING, replace_known, rule, screener


def fires(phrases: Phrases, text: str) -> bool:
    return screener(rule(phrases)).screen(text).referral


@pytest.mark.parametrize(
    "text",
    [
        "NUMB",
        "ｎｕｍｂ",
        "nu\u200bmb",
        "n\u00adumb",
        "numb\u0301",
        "numbbbbb",
        "nuuuumb",
        "nuмb",
        "numb!!!",
        "(numb)",
        "numbs",
    ],
)
def test_a_word_is_found_however_it_is_dressed(text: str) -> None:
    assert fires(("numb",), text)


def test_a_doubled_letter_survives_being_stretched() -> None:
    assert fires(("swelling",), "swelllling")


@pytest.mark.parametrize("text", ["не чувствую её", "НЕ ЧУВСТВУЮ ЕЕ", "не чувcтвую еe"])
def test_russian_words_are_found_with_and_without_look_alikes_and_dots(text: str) -> None:
    assert fires(("чувствую ее",), text)


def test_a_russian_word_with_latin_letters_in_it_reads_as_russian() -> None:
    assert fires(("боль",), "бoль")


@pytest.mark.parametrize("text", ["I can't", "I can’t", "I cant", "I can`t"])
def test_apostrophes_of_every_shape_are_left_out(text: str) -> None:
    assert fires(("cant",), text)


def test_an_ending_of_any_kind_is_a_star() -> None:
    assert fires(("numb*",), "numbness")
    assert not fires(("numb*",), "nub")


def test_an_exact_word_has_no_other_forms() -> None:
    assert fires(("=pant",), "pant")
    assert not fires(("=pant",), "pants")


def test_a_phrase_is_found_whole_and_with_any_word_in_a_gap() -> None:
    assert fires(("feeling in my _ is gone",), "feeling in my foot is gone")
    assert not fires(("feeling in my _ is gone",), "feeling in my foot is")


@pytest.mark.parametrize("text", ["38.5", "38,5", "it is 39.1 now"])
def test_a_decimal_range_takes_point_and_comma(text: str) -> None:
    assert fires(("#37.5-42.9",), text)


@pytest.mark.parametrize("text", ["37.4", "39", "39:10", "1.2.3", "7.30", "43.0", "٣٩"])
def test_a_decimal_range_leaves_times_dates_and_whole_numbers(text: str) -> None:
    assert not fires(("#37.5-42.9",), text)


def test_a_whole_number_range_takes_whole_numbers() -> None:
    assert fires(("#38-42 degree",), "40 degrees")
    assert not fires(("#38-42 degree",), "40.5 degrees")


@pytest.mark.parametrize("text", ["paralised", "parallysed", "paralyed", "paralyesd"])
def test_one_slip_in_a_sign_is_repaired(text: str) -> None:
    assert fires(("paralysed",), text)


@pytest.mark.parametrize("text", ["perelised", "haralysed", "paralysedly", "pralised"])
def test_two_slips_or_a_wrong_first_letter_are_not_repaired(text: str) -> None:
    assert not fires(("paralysed",), text)


def test_short_words_are_never_repaired() -> None:
    assert not fires(("chest",), "chets")


def test_in_a_word_under_eight_letters_a_wrong_letter_is_not_repaired() -> None:
    assert not fires(("choked",), "cooked")
    assert fires(("choked",), "chokde")


def test_a_known_word_is_never_taken_for_a_misspelt_sign() -> None:
    known = screener(rule(("swelling",)), lexicon=replace_known("spelling"))

    assert not known.screen("a spelling lesson").referral
    assert screener(rule(("swelling",)), lexicon=NOTHING).screen("spelling").referral


def test_only_the_first_unknown_words_are_looked_at_for_misspellings() -> None:
    many = " ".join("xyzzy" + "abcdefghij"[n % 10] + "klmnop"[n // 10] for n in range(40))

    assert fires(("paralysed",), "paralised " + many)
    assert not fires(("paralysed",), many + " paralised")


def test_of_a_very_long_text_both_ends_are_read() -> None:
    filler = "a " * LONGEST

    assert fires(("numb",), "numb " + filler)
    assert fires(("numb",), filler + " numb")
    assert len(normalise(filler)) <= LONGEST + 1
