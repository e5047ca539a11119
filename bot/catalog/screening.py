"""content/triage/ -> the screener: rules of every language, and what was learned."""

from collections.abc import Mapping
from pathlib import Path

from bot.catalog.learned import load_weights
from bot.catalog.stems import stem_of_any, stemmers
from bot.catalog.triage import load_lexicons
from bot.core.triage.learned import Learned, Weights
from bot.core.triage.lexicon import Lexicon
from bot.core.triage.screener import Screener


def load_screener(folder: Path) -> Screener:
    """Return a screener of what a folder of lexicons holds.

    Raises:
        ContentError: a lexicon or the weights cannot be read or used.
    """
    return screener_of(load_lexicons(folder), load_weights(folder))


def screener_of(lexicons: Mapping[str, Lexicon], weights: Weights | None) -> Screener:
    """Return a screener; without weights it has no learned part, and every rule decides alone."""
    learned = None if weights is None else Learned(weights, stem_of_any())
    return Screener(lexicons, stemmers(), learned)
