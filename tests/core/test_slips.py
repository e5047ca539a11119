"""One slip of the finger, against the list of everything that one slip can make."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.slips import one_slip, parts

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


@given(word=words, data=st.data())
def test_words_that_one_slip_separates_share_a_part(word: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(sorted(slips(word, "abcабв"))))
    assert one_slip(other, word)
    assert parts(other) & parts(word)


def test_the_parts_are_the_word_and_each_form_without_a_letter() -> None:
    assert parts("neck") == {"neck", "eck", "nck", "nek", "nec"}
    assert parts("aa") == {"aa", "a"}
    assert parts("") == {""}


def test_a_word_of_four_thousand_letters_is_compared_in_one_pass() -> None:
    long = ascii_lowercase * 150
    assert one_slip(long, long[:-1])
    assert not one_slip(long, long[::-1])
