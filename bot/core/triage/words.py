"""Normalised text -> words, each with its sentence and clause."""

import re
from dataclasses import dataclass

_PIECE = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|[.!?…;\n]+|[,:()—–]")
_SENTENCE_ENDS = frozenset(".!?…;\n")
_CLAUSE_ENDS = frozenset(",:()—–")
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, each with its place.

    Attributes:
        sentence: Number of the sentence of each word, counted from 0.
        clause: The same for the parts between commas and the like, over the whole text.
    """

    text: tuple[str, ...]
    sentence: tuple[int, ...]
    clause: tuple[int, ...]


def split(text: str) -> Words:
    """Split normalised text; a word over 40 letters is cut there, marks are left out."""
    words: list[str] = []
    sentences: list[int] = []
    clauses: list[int] = []
    sentence = clause = 0
    for piece in _PIECE.findall(text):
        if piece[0] in _SENTENCE_ENDS:
            sentence += 1
            clause += 1
        elif piece in _CLAUSE_ENDS:
            clause += 1
        else:
            words.append(piece[:_LONGEST_WORD])
            sentences.append(sentence)
            clauses.append(clause)
    return Words(tuple(words), tuple(sentences), tuple(clauses))
