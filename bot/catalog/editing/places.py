"""Where words stand in a file, for a finding that an editor can jump to."""

import re
from pathlib import Path

WORD = re.compile(r"\w+")


def line_of(file: Path, said: str) -> int:
    """Return the line that says ``said``, or most of its beginning, in any case; 1 if none does."""
    rows = file.read_text("utf-8", errors="replace").lower().splitlines()
    lower = said.lower()
    for number, row in enumerate(rows, 1):
        if lower in row:
            return number
    words, plain = WORD.findall(lower), [" ".join(WORD.findall(row)) for row in rows]
    for end in range(len(words), 0, -1):
        wanted = " ".join(words[:end])
        for number, row in enumerate(plain, 1):
            if wanted in row:
                return number
    return 1
