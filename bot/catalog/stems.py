"""Word forms -> stems, by Snowball."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import Stemmer

_ALGORITHMS = {"en": "english", "ru": "russian"}
_CACHED = 16_384


def stemmers() -> Mapping[str, Callable[[str], str]]:
    """Return, by language, a function from a word in lower case to its stem.

    Each keeps the stems of the last 16,384 words; use it from one thread.
    """
    return {language: _stemmer(name) for language, name in _ALGORITHMS.items()}


def stem_of_any() -> Callable[[str], str]:
    """Return a function from a word of any language to a stem: each script has its own endings."""
    english, russian = (Stemmer.Stemmer(name, 0).stemWord for name in _ALGORITHMS.values())
    return lambda word: str(russian(english(word)))


def _stemmer(algorithm: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    return lru_cache(maxsize=_CACHED)(stem)
