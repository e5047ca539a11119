"""How hard a text is to read: sentences, syllables, the grade of Flesch and Kincaid."""

import re

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+(?:[–-]\d+)?")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_ENDING = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)es?$|(?<=[^aeiouytd])ed$|(?<=[^aeiouycgsxzhl])es$"
)


def words(text: str) -> list[str]:
    """Return the words and numbers of a text, in order."""
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return what stands between full stops and line breaks, if it has words."""
    return [part for part in SENTENCE_END.split(text) if WORD.search(part)]


def sentence_length(text: str) -> float:
    """Return the mean number of words in a sentence."""
    return len(words(text)) / len(sentences(text))


def grade(text: str) -> float:
    """Return the school year, counted as in the USA, that reads an English text with ease.

    Source: Kincaid et al. 1975, 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    syllables = [syllables_of(word) for word in words(text)]
    return 0.39 * sentence_length(text) + 11.8 * sum(syllables) / len(syllables) - 15.59


def syllables_of(word: str) -> int:
    """Return how many syllables an English word has, by its groups of vowels; a number has one."""
    return max(1, len(VOWELS.findall(SILENT_ENDING.sub("", word.lower()))))
