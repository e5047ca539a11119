"""Russian in Latin letters: the same keys on the other keyboard, or the same sounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.other_letters import by_sound, other_layout, readings

PLAIN = "абвгдзклмнопруфт"  # each is one Latin letter, and no two together sound like another
LATIN = "abvgdzklmnopruft"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cgbyf", "спина"),
        (",jkbn itz", "болит шея"),
        ("gj,fkbdftn", "побаливает"),
        ("'rpfvty", "экзамен"),
        ("c]tplbk", "съездил"),
        ("yf`v", "наем"),
        ("<jkbn", "болит"),
        ("тусл", "neck"),
        ("ыешаа тусл", "stiff neck"),
        ("зшддщц", "pillow"),
        ("туслю", "neck."),
        ("cgbyf?", "спина?"),
        ("7 🙂", "7 🙂"),
        ("", ""),
    ],
)
def test_the_same_keys_give_what_was_meant(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@given(text=st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя ", min_size=1))
def test_russian_keys_come_back_after_two_changes(text: str) -> None:
    assert other_layout(other_layout(text)) == text


@given(text=st.text(alphabet="abcdefghijklmnopqrstuvwxyz[];',. "))
def test_latin_keys_come_back_after_two_changes(text: str) -> None:
    assert other_layout(other_layout(text)) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sheya", "шея"),
        ("spina bolit", "спина болит"),
        ("shchyotka", "щетка"),
        ("poyasnitsa", "поясница"),
        ("zhzhyot", "жжет"),
        ("kholod", "холод"),
        ("chto", "что"),
        ("sidyachiy", "сидячий"),
        ("dlinnyy", "длинный"),
        ("moy", "мой"),
        ("tyanet", "тянет"),
        ("bol'", "боль"),
        ("jubka", "юбка"),
        ("шея", "шея"),
        ("7 🙂", "7 🙂"),
    ],
)
def test_latin_letters_are_read_as_they_sound(typed: str, meant: str) -> None:
    assert by_sound(typed) == meant


@given(word=st.text(alphabet=PLAIN))
def test_a_word_of_plain_letters_comes_back_from_its_sound(word: str) -> None:
    assert by_sound(word.translate(str.maketrans(PLAIN, LATIN))) == word


@given(text=st.text())
def test_no_text_makes_them_fail_or_grow(text: str) -> None:
    assert len(other_layout(text)) == len(text)
    assert len(by_sound(text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ne mogu vstat", ["не могу встат"]),
        (",jkbn cthlwt", ["болит сердце"]),
        ("", [""]),
    ],
)
def test_latin_letters_are_read_by_sound_or_by_keyboard_as_their_vowels_suggest(
    text: str, read: list[str]
) -> None:
    assert readings(text) == read


def test_where_the_vowels_leave_it_open_both_readings_are_tried() -> None:
    assert readings("sprat bolt") == [by_sound("sprat bolt"), other_layout("sprat bolt")]
