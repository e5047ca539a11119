"""Runs of words of the source articles, kept as digests: their wording is not ours to store.

`python -m tests.content.article_runs ARTICLES.txt` prints the digests anew.
"""

import re
import sys
from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path

LENGTH = 7  # a run of six words in common may be chance
WORD = re.compile(r"[^\W\d_]+|\d+")


def digests(text: str) -> Iterator[tuple[str, str]]:
    """Yield each run of seven words, in lower case, with its digest."""
    words = WORD.findall(text.lower())
    for run in zip(*(islice(words, at, None) for at in range(LENGTH)), strict=False):
        said = " ".join(run)
        yield said, blake2b(said.encode(), digest_size=5).hexdigest()


if __name__ == "__main__":
    articles = Path(sys.argv[1]).read_text("utf-8")
    sys.stdout.write("\n".join(sorted({digest for _, digest in digests(articles)})) + "\n")
