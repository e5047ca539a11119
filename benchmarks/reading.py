"""What a message costs before anybody answers: screened for acute symptoms, then searched."""

import gc
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from benchmarks.bench import Bench
from benchmarks.questions import CONTENT, read
from benchmarks.report import Row, Table
from bot.catalog.folder import load
from bot.catalog.screening import load_screener
from bot.catalog.stems import stemmers
from bot.core.search.finder import Finder
from bot.core.triage.screener import Screener

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "data"
LENGTH = 200
GOAL_US = 1000.0
LITERALS = 500
GOAL_BESIDE_RE = 0.7


@dataclass(frozen=True, slots=True)
class Readers:
    """The two that read every message."""

    screener: Screener
    finder: Finder

    def time(self, text: str) -> float:
        """Return the microseconds that one message takes both."""
        begun = time.thread_time()
        self.screener.screen(text)
        self.finder.find(text)
        return (time.thread_time() - begun) * 1e6


def measure(bench: Bench) -> Iterator[Table]:
    """Take the time per message: as people write, and with a slip in every word."""
    rounds, messages = bench.size.rounds, bench.size.messages
    rows, words = [], _one_expression()
    for name, change in (("as people write", str), ("a slip in every word", _slipped)):
        middles, tops, plain = [], [], []
        for number in range(rounds):
            readers = _readers()
            texts = [change(text) for text in _texts(number, messages)]
            times = quantiles(map(readers.time, texts), n=100)
            middles.append(times[49])
            tops.append(times[98])
            plain.append(quantiles((_searched(words, text) for text in texts), n=100)[49])
        rows.append(Row(f"{name}, `re` with {LITERALS} words, half of them", plain))
        rows.append(Row(f"{name}, half of them, beside it", middles, plain, GOAL_BESIDE_RE))
        rows.append(Row(f"{name}, 99 of 100, beside 1 ms", tops, beside=[GOAL_US], goal=1.0))
    yield Table(
        f"Screening and searching a message of {LENGTH} characters",
        "us",
        rows,
        (
            f"{messages} messages a round, no two alike, by turns English and Russian: test questions strung together.",
            "Processor time of both, one after the other; each round starts with nothing remembered.",
            (
                f"`re`: one alternation of {LITERALS} words of the test questions, every match found: no "
                "endings, no slips, no negation, no answer."
            ),
        ),
    )


def _readers() -> Readers:
    """Return new ones that are ready, as the bot makes them beside its first polls."""
    content = load(CONTENT)
    readers = Readers(load_screener(CONTENT / "triage"), Finder(content, stemmers()))
    readers.screener.prepare()
    readers.finder.prepare()
    gc.collect()
    gc.freeze()  # as the bot does once its content is read
    return readers


def _one_expression() -> re.Pattern[str]:
    """Return the longest words of the test questions as alternatives."""
    texts = [
        question.text.lower()
        for language in ("en", "ru")
        for question in read(QUESTIONS / f"questions-{language}.tsv")
    ]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    longest = sorted(words, key=lambda word: (-len(word), word))[:LITERALS]
    return re.compile("|".join(map(re.escape, longest)))


def _searched(words: re.Pattern[str], text: str) -> float:
    """Return the microseconds that the expression takes for one message."""
    begun = time.thread_time()
    words.findall(text.lower())
    return (time.thread_time() - begun) * 1e6


def _texts(start: int, count: int) -> Iterator[str]:
    """Yield texts of `LENGTH` characters; each strings together other questions than the last."""
    pools = [
        [question.text for question in read(QUESTIONS / f"questions-{language}.tsv")]
        for language in ("en", "ru")
    ]
    for number in range(start * count, (start + 1) * count):
        pool = pools[number % len(pools)]
        step = 1 + number // len(pool) % (len(pool) - 1)
        strung = " ".join(pool[(number + place * step) % len(pool)] for place in range(LENGTH))
        yield strung[:LENGTH]


def _slipped(text: str) -> str:
    """Return the text with two neighbouring letters of each longer word swapped."""
    return " ".join(map(_swapped, text.split(" ")))


def _swapped(word: str) -> str:
    shortest = 4
    if len(word) < shortest:
        return word
    at = len(word) // 2
    return f"{word[: at - 1]}{word[at]}{word[at - 1]}{word[at + 1 :]}"
