"""content/triage/ -> the screener: rules of every language, and what was learned."""

from pathlib import Path

from bot.catalog.learned import load_weights
from bot.catalog.stems import stem_of_any, stemmers
from bot.catalog.triage import load_lexicons
from bot.core.triage.learned import Learned
from bot.core.triage.screener import Screener


def load_screener(folder: Path) -> Screener:
    """Return a screener of what a folder of lexicons holds.

    Raises:
        ContentError: a lexicon or the weights cannot be read or used.
    """
    weights = load_weights(folder)
    learned = None if weights is None else Learned(weights, stem_of_any())
    return Screener(load_lexicons(folder), stemmers(), learned)
