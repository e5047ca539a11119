"""What the screening finds in messages it has never seen, and what it takes for danger.

``python -m benchmarks.recall`` prints it for the last three voices that only test; ``--held-out``
instead teaches anew with a part of the teaching voices left out, and measures on that part.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.questions import CONTENT
from bot.catalog.learned import load_weights
from bot.catalog.screening import load_screener
from bot.catalog.stems import stem_of_any, stemmers
from bot.catalog.triage import load_lexicons
from bot.catalog.voices import Message, read_messages, read_thesaurus, read_voices
from bot.commands.teach import weights_of
from bot.core.triage.learned import Learned
from bot.core.triage.screener import Screener

VOICES = Path(__file__).resolve().parent.parent / "tests" / "data" / "voices"
TRIAGE = CONTENT / "triage"
LAST = 3
PARTS = 5
_Z = 1.96  # of a normal distribution, for 95 %
Reader = Callable[[Message], bool]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many.

    The interval is Wilson's, 95 %: "Probable inference, the law of succession, and statistical
    inference", JASA 22 (1927).
    """

    found: int
    of: int

    def __str__(self) -> str:
        """Return it as "95/98 = 96.9 % (91.4-99.0)"."""
        low, high = self.interval()
        share = 100 * self.found / self.of
        return f"{self.found}/{self.of} = {share:.1f} % ({100 * low:.1f}-{100 * high:.1f})"

    def interval(self) -> tuple[float, float]:
        """Return the bounds within which the true share lies, from 0 to 1."""
        share, n = self.found / self.of, self.of
        middle = share + _Z**2 / (2 * n)
        reach = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        return (middle - reach) / (1 + _Z**2 / n), (middle + reach) / (1 + _Z**2 / n)


@dataclass(frozen=True, slots=True)
class Found:
    """The shares of one language: a row a kind of message, a column a way of reading."""

    title: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[Share]]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        """Return it in Markdown."""
        lines = [("referred", *self.columns)]
        lines += [(name, *map(str, shares)) for name, shares in self.rows.items()]
        widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
        dashes = tuple("-" * width for width in widths)
        drawn = [
            "| " + " | ".join(map(str.ljust, line, widths)) + " |"
            for line in (lines[0], dashes, *lines[1:])
        ]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", *drawn, "", *notes, ""])


def measure(_bench: Bench) -> Iterator[Found]:
    """Read the last three voices that only test, by both nets and by each alone."""
    yield from unseen()


def unseen() -> Iterator[Found]:
    """Return what is referred of the last three voices that only test."""
    told = read_voices(VOICES)
    names = [name for name, voice in told.items() if voice.role == "tests"][-LAST:]
    messages = [message for name in names for message in read_messages(VOICES, name)]
    notes = (
        f"Voices {', '.join(names)}: they taught nothing, and this is what they gave at first sight.",
        "Composed messages, not patients' own; in brackets Wilson's interval of 95 %.",
    )
    yield from tables("Unseen messages", messages, _readers(), notes)


def held_out() -> Iterator[Found]:
    """Return what is referred of the teaching voices, each read by weights it did not teach."""
    told = read_voices(VOICES)
    teaching = [name for name, voice in told.items() if voice.role == "teaches"]
    both = [name for name in teaching if _is_measured(name)]
    thesaurus, lexicons = read_thesaurus(VOICES, stem_of_any()), load_lexicons(TRIAGE)
    referred: dict[Message, bool] = {}
    for part in range(PARTS):
        out = both[part::PARTS]
        rest = [m for name in teaching if name not in out for m in read_messages(VOICES, name)]
        learned = Learned(weights_of(TRIAGE, rest, thesaurus), stem_of_any())
        screener = Screener(lexicons, stemmers(), learned)
        for name in out:
            for message in read_messages(VOICES, name):
                referred[message] = screener.screen(message.text).referral
    readers: dict[str, Reader] = {"both nets": referred.__getitem__}
    notes = ("Each fifth of the voices was read by weights that the others taught.",)
    yield from tables("Held-out voices", list(referred), readers, notes)


def tables(
    title: str, messages: Sequence[Message], readers: Mapping[str, Reader], notes: Sequence[str]
) -> Iterator[Found]:
    """Return a table for each language of the messages."""
    for language in sorted({message.language for message in messages}):
        own = [message for message in messages if message.language == language]
        rows = {
            name: [_share(read, group) for read in readers.values()]
            for name, group in _groups(own).items()
            if group
        }
        yield Found(f"{title}: {language}", tuple(readers), rows, notes)


def _groups(messages: Sequence[Message]) -> dict[str, list[Message]]:
    acute = [message for message in messages if message.label == "acute"]
    benign = [message for message in messages if message.label == "benign"]
    categories = sorted({message.category for message in acute})
    return {
        "acute": acute,
        **{name: [m for m in acute if m.category == name] for name in categories},
        "all signs denied": [m for m in messages if m.label == "negated"],
        "benign": benign,
        "benign, ordinary": [m for m in benign if m.category == "ordinary"],
        "benign, near-misses": [m for m in benign if m.category == "near"],
    }


def _share(read: Reader, messages: Sequence[Message]) -> Share:
    return Share(sum(map(read, messages)), len(messages))


def _readers() -> dict[str, Reader]:
    whole, rules = load_screener(TRIAGE), Screener(load_lexicons(TRIAGE), stemmers())
    weights = load_weights(TRIAGE)
    assert weights is not None
    alone = Learned(weights, stem_of_any())
    return {
        "both nets": lambda message: whole.screen(message.text).referral,
        "rules alone": lambda message: rules.screen(message.text).referral,
        "learned alone": lambda message: alone.score(rules.seen(message.text)[0]) >= weights.sure,
    }


def _is_measured(name: str) -> bool:
    """Return whether a voice has acute and harmless messages of all kinds, as people write."""
    labels = {(m.label, m.category) for m in read_messages(VOICES, name)}
    return {("benign", "ordinary"), ("benign", "near"), ("acute", "stroke")} <= labels and (
        name != "first"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recall", description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="teach anew, five times")
    for table in held_out() if parser.parse_args().held_out else unseen():
        print(table, flush=True)


if __name__ == "__main__":
    main()
