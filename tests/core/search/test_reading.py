"""A question is read as known stems, however its words are bent, typed or misspelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.search.reading import LONGEST, words_of
from tests.core.search.made_up import reader

WORDS = "болит спина шея подушка прострел сидеть neck stiff headache sleeping pillow"
READER = reader(WORDS)
KNOWN = frozenset(READER.read(WORDS))
ODD = "спину cgbyf sheya podushka тусл hedache xyzzy 7,5 🙂 не́ck , ' stuff прострелило \u0301 ﷺ"
pieces = st.sampled_from([*WORDS.split(), *ODD.split(), "а" * 50])


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("спина спину спины спиной спине", "спин спин спин спин спин"),
        ("ШЕЯ, шею; шеи", "ше ше ше"),
        ("прострелило просидел", "прострел сидет"),
        ("necks pillows sleeper slept", "neck pillow sleep slept"),
        ("спиииина neeeck", "спин neck"),
        ("спи\u0301на ｎｅｃｋ ne\u200bck", "спин neck neck"),
        ("cпинa neсk", "спин neck"),
        ("спина/шея neck-pillow", "спин ше neck pillow"),
        ("болит шея and stiff neck", "бол ше and stiff neck"),
    ],
)
def test_forms_of_a_word_are_the_same_stem(text: str, stems: str) -> None:
    assert READER.read(text) == stems.split()


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("cgbyf ,jkbn", "спин бол"),
        ("Cgbyf GJLEIRF", "спин подушк"),
        ("itz? gjleirf", "ше подушк"),
        ("cgbyf/itz", "спин ше"),
        ("ыешаа тусл", "stiff neck"),
        ("sheya bolit", "ше бол"),
        ("podushka", "подушк"),
        ("podushkq", "подушк"),
        ("pillow podushka neck", "pillow подушк neck"),
    ],
)
def test_other_keyboards_and_alphabets_are_read(text: str, stems: str) -> None:
    assert READER.read(text) == stems.split()


@pytest.mark.parametrize("text", ["подшука", "падушка", "подушшка", "подшка"])
def test_one_slip_in_a_long_russian_word_is_mended(text: str) -> None:
    assert READER.read(text) == ["подушк"]


@pytest.mark.parametrize("text", ["hedache", "headahce", "heaadache", "heqdache"])
def test_one_slip_in_a_long_english_word_is_mended(text: str) -> None:
    assert READER.read(text) == ["headach"]


def test_letters_of_a_short_word_may_be_exchanged_but_none_may_be_another() -> None:
    assert READER.read("sitff") == ["stiff"]
    assert READER.read("stuff staff") == ["stuff", "staff"]


@pytest.mark.parametrize("text", ["nekc", "xeadach", "hexdaxhe", "xyzzy", "7,5"])
def test_what_is_too_short_or_too_far_off_stays_as_it_is(text: str) -> None:
    (stem,) = READER.read(text)
    assert stem not in KNOWN


def test_what_makes_sense_as_typed_is_not_read_another_way() -> None:
    both = reader("спина cgbyf")
    assert both.read("cgbyf") == ["cgbyf"]
    assert reader("mandarin мандарин").read("mandarin mandarrin") == ["mandarin", "mandarin"]


def test_a_last_soft_sign_may_be_left_out_by_ear() -> None:
    (stem,) = reader("печень").read("печень")
    assert reader("печень").read("pechen") == [stem]


def test_beside_russian_in_latin_letters_an_unknown_latin_word_is_russian_too() -> None:
    both = reader("шея mandarin мандарин")
    assert both.read("mandarrin") == ["mandarin"]
    assert both.read("sheya mandarrin") == ["ше", "мандарин"]


@pytest.mark.parametrize("text", ["а" * 4000, "q" * 4000, "абвг" * 1000, "спина" * 800])
def test_a_word_of_great_length_is_one_unknown_word_cut_somewhere(text: str) -> None:
    (stem,) = READER.read(text)
    assert stem not in KNOWN
    assert text.startswith(stem)
    assert len(stem) <= LONGEST


def test_what_stands_far_behind_is_not_read() -> None:
    assert READER.read("x " * 190 + "neck")[-1] == "neck"
    assert "neck" not in READER.read("x " * (LONGEST // 2) + "neck")


@pytest.mark.parametrize("text", ["", " \n\t", "?!...,", "🙂🧘", "\u0301\u0308" * 100, "'''", "--"])
def test_a_text_without_words_has_no_stems(text: str) -> None:
    assert READER.read(text) == []


@given(text=st.text() | st.lists(pieces).map(" ".join) | st.lists(pieces).map("".join))
def test_what_was_read_before_changes_nothing(text: str) -> None:
    assert READER.read(text) == READER.read(text) == reader(WORDS).read(text)


@given(one=st.text(max_size=150), other=st.lists(pieces, max_size=5).map(" ".join))
def test_texts_are_read_alike_alone_and_side_by_side(one: str, other: str) -> None:
    assert READER.read(f"{one} {other[:150]}") == READER.read(one) + READER.read(other[:150])


@given(text=st.text(max_size=LONGEST))
def test_every_word_is_one_piece_without_spaces(text: str) -> None:
    assert all(word and not word.isspace() and word == word.strip() for word in words_of(text))


@given(text=st.text("aby ") | st.text("абя ") | st.text("abабё -1"))
def test_plain_words_are_the_same_whether_they_are_evened_out_or_not(text: str) -> None:
    assert words_of(text) == words_of(f"({text})")  # a bracket is no plain letter
