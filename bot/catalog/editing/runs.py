"""Runs of seven words that a text has in common with another: six may be chance.

`python -m bot.catalog.editing.runs ARTICLES.txt` prints their digests, so that a text need not be
stored to be compared with.
"""

import re
import sys
from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from bot.catalog.editing import shelf
from bot.catalog.editing.places import line_of
from bot.catalog.problems import Findings
from bot.core.content import Content
from bot.errors import ContentError

LENGTH = 7
WORD = re.compile(r"[^\W\d_]+|\d+")
DIGESTS = re.compile(r"(?:[0-9a-f]{10}\s+)+")


def runs(text: str) -> Iterator[str]:
    """Yield each run of seven words, in small letters."""
    words = WORD.findall(text.lower())
    for run in zip(*(islice(words, at, None) for at in range(LENGTH)), strict=False):
        yield " ".join(run)


def digests(text: str) -> Iterator[tuple[str, str]]:
    """Yield each run of seven words with its digest."""
    for run in runs(text):
        yield run, blake2b(run.encode(), digest_size=5).hexdigest()


def known_runs(file: Path) -> frozenset[str]:
    """Return the digests of a text's runs, or those that a file of digests lists.

    Raises:
        ContentError: The file cannot be read.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = f"{file}: cannot be read ({type(error).__name__})."
        raise ContentError(reason, "name a readable file in UTF-8.") from error
    if DIGESTS.fullmatch(text):
        return frozenset(text.split())
    return frozenset(digest for _, digest in digests(text))


def check_runs(folder: Path, content: Content, other: Path, findings: Findings) -> None:
    """Note where a text shares seven words in a row, or more, with another one.

    Raises:
        ContentError: The other one cannot be read.
    """
    known = known_runs(other)
    for piece in shelf.own(folder, shelf.everything(content)):
        before = False
        for run, digest in digests(piece.text):
            if digest in known and not before:
                file = folder / piece.where
                text = f"From here words are those of {other.name}: {run!r}."
                findings.problem(file, line_of(file, run), text, "say it in your own words.")
            before = digest in known


if __name__ == "__main__":
    articles = Path(sys.argv[1]).read_text("utf-8")
    sys.stdout.write("\n".join(sorted({digest for _, digest in digests(articles)})) + "\n")
