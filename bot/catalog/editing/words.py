"""Holds every text against the policy of its language: forbidden words, and how hard it is to read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import inf
from pathlib import Path

from bot.catalog.editing import shelf
from bot.catalog.editing.places import line_of
from bot.catalog.editing.policy import Limits, Policy
from bot.catalog.editing.readability import grade, sentence_length, sentences, words
from bot.catalog.editing.shelf import Piece
from bot.catalog.problems import Findings
from bot.core.content import Content

SLOT = re.compile(r"\{\w+\}")
FEWEST_WORDS = 12  # on average, fewer tell nothing
Measure = Callable[[str], float]
SHORTER = "write shorter sentences and plainer words"


def check_words(
    folder: Path, content: Content, policies: Mapping[str, Policy], findings: Findings
) -> None:
    """Note each forbidden word and each text that is too hard to read."""
    for piece in shelf.own(folder, shelf.everything(content)):
        for rule in policies.get(piece.language, Policy()).rules:
            for hit in rule.hits(piece.text):
                file = folder / piece.where
                text = f"Here stands {hit!r} (policy: {rule.id})."
                findings.problem(file, line_of(file, hit), text, rule.fix)
    prose = [_filled(piece) for piece in shelf.own(folder, shelf.prose(content))]
    for language, policy in policies.items():
        own = [piece for piece in prose if piece.language == language]
        _Reading(folder, policy.limits, findings).check(own)


def _filled(piece: Piece) -> Piece:
    """Return a piece with a short word wherever something is filled in."""
    return replace(piece, text=SLOT.sub("it", piece.text))


class _Reading:
    """Measures the texts of one language."""

    def __init__(self, folder: Path, limits: Limits, findings: Findings) -> None:
        self._folder = folder
        self._limits = limits
        self._findings = findings

    def check(self, pieces: list[Piece]) -> None:
        """Note what is over the limits: a sentence, a text, or all of them on average."""
        limits = self._limits
        telling = [piece for piece in pieces if len(words(piece.text)) >= FEWEST_WORDS]
        self._measure(telling, grade, limits.hardest_grade, limits.grade, "school year")
        self._measure(
            telling, sentence_length, limits.longest_mean, limits.sentence, "words in a sentence"
        )
        for piece in pieces if limits.longest_sentence < inf else ():
            for one in sentences(piece.text):
                if (count := len(words(one))) > limits.longest_sentence:
                    text = f"A sentence has {count} words."
                    fix = f"make two of it: at most {limits.longest_sentence:g}."
                    self._note(piece, one, text, fix)

    def _measure(
        self, pieces: list[Piece], measure: Measure, most: float, on_average: float, what: str
    ) -> None:
        if min(most, on_average) == inf or not pieces:
            return
        values = {piece: measure(piece.text) for piece in pieces}
        for piece, value in values.items():
            if value > most:
                text = f"This text is hard to read: {what} {value:.1f}."
                self._note(piece, "", text, f"{SHORTER}: at most {most:g}.")
        mean = sum(values.values()) / len(values)
        if mean > on_average:
            text = f"The texts of this language are hard to read: {what} {mean:.1f} on average."
            hardest = max(values, key=lambda piece: values[piece])
            self._note(hardest, "", text, f"{SHORTER}, here first: at most {on_average:g}.")

    def _note(self, piece: Piece, said: str, text: str, fix: str) -> None:
        file = self._folder / piece.where
        self._findings.problem(file, line_of(file, said[:40]), text, fix)
