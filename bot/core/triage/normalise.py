"""Text as people type it -> text as rules read it."""

import re
import unicodedata

LONGEST = 6_000
"""Longest text read whole, in characters; of a longer one the first and last halves are read."""

_HIDDEN = (
    "[\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_APOSTROPHES = "['`´‘’‚‛′ʼ]"
_DROPPED = re.compile(f"{_HIDDEN}+|{_APOSTROPHES}+")
_MIXED = re.compile("[a-z][0-9]*[а-я]|[а-я][0-9]*[a-z]")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-я]")
_TO_CYRILLIC = str.maketrans("abcehkmoptxy", "авсенкмортху")
_TO_LATIN = str.maketrans("авсенкмортху", "abcehkmoptxy")
_STRETCHED = re.compile(r"([^\W\d_])\1\1+")


def normalise(text: str) -> str:
    """Return the text with compatibility forms, case, ё, apostrophes and hidden marks evened out.

    Bounded: of a text over LONGEST the middle is left out, with a line break in its place.
    """
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + "\n" + text[-LONGEST // 2 :]
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _DROPPED.sub("", folded.replace("ё", "е"))


def spellings(word: str) -> tuple[str, ...]:
    """Return what a word as typed may mean: letters of one alphabet, none stretched.

    The place for other ways of typing, such as transliteration or a wrong keyboard layout.
    """
    if not word.isascii() and _MIXED.search(word):
        word = _in_one_alphabet(word)
    if len(set(word)) < len(word) - 1 and _STRETCHED.search(word):
        return _STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word)
    return (word,)


def _in_one_alphabet(word: str) -> str:
    """Return the word with look-alike letters exchanged for those of its main alphabet."""
    if len(_LATIN.findall(word)) > len(_CYRILLIC.findall(word)):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC)
