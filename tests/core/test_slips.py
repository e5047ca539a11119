"""One slip of the finger, against the list of everything that one slip can make."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.slips import Neighbours, one_slip

words = st.text(alphabet="abc", max_size=6) | st.text(alphabet="абв🙂", max_size=4)


def slips(word: str, letters: str) -> set[str]:
    """Return all that one slip makes of a word, and the word itself."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        word,
        *(one + other[1:] for one, other in cuts),
        *(one + letter + other for one, other in cuts for letter in letters),
        *(one + letter + other[1:] for one, other in cuts if other for letter in letters),
        *(one + other[1::-1] + other[2:] for one, other in cuts if len(other) > 1),
    }


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("nexk", "neck"),
        ("nec", "neck"),
        ("neeck", "neck"),
        ("nekc", "neck"),
        ("enck", "neck"),
        ("спна", "спина"),
        ("сипна", "спина"),
        ("спинаа", "спина"),
        ("neck", "neck"),
        ("", "a"),
        ("", ""),
    ],
)
def test_a_letter_wrong_missing_too_many_or_exchanged_is_one_slip(word: str, known: str) -> None:
    assert one_slip(word, known)
    assert one_slip(known, word)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("neck", "back"),
        ("necks", "nerk"),
        ("kcen", "neck"),
        ("ckne", "neck"),
        ("neckkk", "neck"),
        ("ne", "neck"),
        ("enkc", "neck"),
        ("cneck", "necks"),
        ("ab", "bax"),
        ("", "ab"),
    ],
)
def test_more_than_that_is_no_single_slip(word: str, known: str) -> None:
    assert not one_slip(word, known)
    assert not one_slip(known, word)


@given(word=words, known=words)
def test_it_is_one_slip_exactly_where_the_list_has_it(word: str, known: str) -> None:
    assert one_slip(word, known) == (word in slips(known, "".join(set(word))))


@given(known=words.filter(bool), data=st.data())
def test_a_word_is_found_by_each_slip_of_it_that_keeps_its_beginning(
    known: str, data: st.DataObject
) -> None:
    other = data.draw(st.sampled_from(sorted(slips(known, "abcабв"))))
    found = Neighbours([known], safe=0).nearest(other)

    assert found == (known if other[:1] == known[0] else None)


def test_a_wrong_letter_is_mended_only_in_a_word_that_is_long_enough() -> None:
    assert Neighbours(["choked"], safe=6).nearest("chosed") == "choked"
    assert Neighbours(["choked"], safe=7).nearest("chosed") is None
    assert Neighbours(["choked"], safe=7).nearest("chkoed") == "choked"


def test_of_several_words_the_one_of_the_same_length_is_nearest() -> None:
    assert Neighbours(["spasms", "spasm", "spam"], safe=0).nearest("spasn") == "spasm"


def test_a_word_of_four_thousand_letters_is_compared_in_one_pass() -> None:
    long = ascii_lowercase * 150
    assert one_slip(long, long[:-1])
    assert not one_slip(long, long[::-1])
