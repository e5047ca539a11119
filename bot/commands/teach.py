"""``python -m bot teach``: labelled messages -> the weights of the learned part of the screening."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random  # noqa: TID251  # each run shuffles alike: the seed is fixed

from bot.catalog.learned import NAME, save_weights
from bot.catalog.screening import screener_of
from bot.catalog.stems import stem_of_any
from bot.catalog.triage import load_lexicons
from bot.catalog.voices import Message, Voice, digest, read_messages, read_thesaurus, read_voices
from bot.core.triage.learned import Weights
from bot.core.triage.normalise import normalise
from bot.core.triage.pieces import Thesaurus, features, meant, pair_number
from bot.core.triage.teaching import teach
from bot.core.triage.words import split
from bot.errors import ContentError

SEED = 1
AGREES = 0.3
"""Chosen on voices that were held out, as the others; docs/triage.md shows what others would cost."""
SURE = 0.6
CAREFUL = -0.5
_SELDOM = 5  # words of fewer acute messages say nothing about the category


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser, which knows ``content`` (a Path)."""
    parser = subparsers.add_parser("teach", help="make the weights of the screening's learned part")
    parser.add_argument(
        "voices", type=Path, metavar="DIR", help="labelled messages: voices.toml, *.tsv"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the weights into the content folder; return the exit status."""
    folder = args.content / "triage"
    voices = read_voices(args.voices)
    messages = taught(args.voices, voices)
    thesaurus = read_thesaurus(args.voices, stem_of_any())
    save_weights(folder, weights_of(folder, messages, thesaurus), digest(args.voices, voices))
    print(f"{folder / NAME}: taught by {len(messages)} messages.")
    return 0


def taught(folder: Path, voices: Mapping[str, Voice]) -> list[Message]:
    """Return the messages of all voices that teach.

    Raises:
        ContentError: none teaches, or a file of one cannot be read or used.
    """
    teaching = [name for name, voice in voices.items() if voice.role == "teaches"]
    if not teaching:
        problem = f"{folder / 'voices.toml'}: no voice teaches."
        raise ContentError(problem, 'write role = "teaches" for one.')
    return [message for name in teaching for message in read_messages(folder, name)]


def weights_of(folder: Path, messages: Iterable[Message], thesaurus: Thesaurus) -> Weights:
    """Return what these messages teach, given the lexicons of a folder.

    Messages whose every sign is denied teach nothing: a referral is neither wanted nor wrong there.
    """
    told = [message for message in messages if message.label != "negated"]
    stem = stem_of_any()
    screener = screener_of(load_lexicons(folder), weights=None)
    lessons = (
        (features(*screener.seen(message.text), stem, thesaurus), message.label == "acute")
        for message in told
    )
    size = pair_number(thesaurus.size, thesaurus.size, 0)
    learnt = teach(lessons, size, Random(SEED).shuffle)  # noqa: S311  # an order, no secret
    kinds = _kinds(message for message in told if message.label == "acute")
    return Weights(learnt.steps, learnt.unit, learnt.bias, AGREES, SURE, CAREFUL, thesaurus, kinds)


def _kinds(messages: Iterable[Message]) -> Mapping[str, Mapping[str, int]]:
    stem = stem_of_any()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for message in messages:
        for base in {stem(meant(word)) for word in split(normalise(message.text)).text}:
            counts[base][message.category] += 1
    return {base: dict(count) for base, count in counts.items() if count.total() >= _SELDOM}
