"""A hundred thousand texts that nobody would write, and that somebody will send."""

from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from random import Random  # noqa: TID251  # the seed is fixed

from bot.core.triage.screener import Screener

VOICES = Path(__file__).parents[2] / "data" / "voices"
TEXTS = 100_000
SEED = 20_261_126
ODD = (
    "\x00", "\ud800", "\udfff", "\u202e", "\u200f", "\u2066", "\ufeff", "\u0301", "\u200b", "\n", "\t", " ", ".", ",", "!", "?", "…", "—",
    "😀", "👩‍👩‍👧", "🚑", "٣", "²", "Ⅷ", "ﬁ", "ß", "İ", "漢", "ا", "ё", "Ё", "а", "a", "о", "o", "0", "9.5", "38,7", "112", "-", "_", "*", "=", "#38-42", "NAME",
)  # fmt: skip


def odd_texts() -> Iterator[str]:
    """Yield texts of any characters, and messages with pieces of them put in, cut out or turned round."""
    random = Random(SEED)  # noqa: S311  # odd texts, no secret
    lines = (VOICES / "en-hurried.tsv").read_text("utf-8").splitlines()
    lines += (VOICES / "ru-hurried.tsv").read_text("utf-8").splitlines()
    messages = [line.split("\t")[2] for line in lines]
    for number in range(TEXTS):
        if number % 2:
            length = random.randrange(24)
            yield "".join(chr(random.randrange(0x110000)) for _ in range(length))
            continue
        message = random.choice(messages)
        at = random.randrange(len(message) + 1)
        piece = "".join(random.choices(ODD, k=random.randrange(4)))
        yield random.choice((message[:at], message[at:], message[::-1])) + piece + message[at:]


def test_none_of_a_hundred_thousand_odd_texts_makes_the_screening_raise(
    screener: Screener,
) -> None:
    for text in odd_texts():
        verdict = screener.screen(text)

        assert isfinite(verdict.score or 0)
        assert not verdict.referral or (verdict.evidence and verdict.language in {"en", "ru"})
