"""Russian typed with Latin letters: on the wrong keyboard layout, or by sound. Pure."""

import re

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~{}:\"<>"
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю"
_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN = str.maketrans(_RUSSIAN_KEYS[:33], _LATIN_KEYS[:33])

# the longest first: "shch" must not be read as "sh" and "ch"
_SOUNDS = {
    "tsya": "тся", "tsia": "тся", "tsja": "тся", "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш",
    "yu": "ю", "ju": "ю", "iu": "ю", "ya": "я", "ja": "я", "ia": "я", "yo": "е", "jo": "е",
    "ye": "е", "je": "е", "ie": "е", "iy": "ий", "yy": "ый", "a": "а", "b": "б", "c": "ц", "d": "д",
    "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "й", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "в", "x": "х", "y": "ы", "z": "з", "'": "ь",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_FEW_VOWELS, _MANY_VOWELS = 0.12, 0.3
_FINAL_Y = re.compile(r"(?<=[aeou])y\b")


def readings(text: str) -> list[str]:
    """Return what Latin letters that mean nothing may stand for in Russian, the likelier alone.

    Written by sound, about two letters of five are vowels; on the wrong keyboard hardly any is.
    Between the two both are returned.
    """
    letters = [letter for letter in text if letter.isalpha()]
    share = sum(letter in "aeiou" for letter in letters) / max(len(letters), 1)
    by_ear = [by_sound(text)] if share > _FEW_VOWELS else []
    by_hand = [other_layout(text)] if share < _MANY_VOWELS else []
    return [*by_ear, *by_hand]


def other_layout(text: str) -> str:
    """Return what the same keys give on the other keyboard: "cgbyf" is "спина", "тусл" is "neck"."""
    if any("а" <= char <= "я" for char in text):
        return text.translate(_TO_LATIN)
    return text.translate(_TO_RUSSIAN).replace("ё", "е")


def by_sound(word: str) -> str:
    """Return Latin letters as the Russian ones that sound so: "sheya" is "шея", "bolit" "болит"."""
    return _SOUND.sub(lambda found: _SOUNDS[found[0]], _FINAL_Y.sub("j", word))
