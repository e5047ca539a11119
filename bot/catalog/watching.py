"""Whether a folder has changed since it was last looked at."""

import os
from collections.abc import Mapping
from pathlib import Path

EVERY_SECONDS = 0.5

State = Mapping[str, tuple[int, int]]


def state_of(folder: Path) -> State:
    """Return when each file below a folder was last written, in nanoseconds, and its size."""
    found: dict[str, tuple[int, int]] = {}
    for where, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(where, name)  # noqa: PTH118 - twice a second, for hundreds of files
            try:
                stat = os.stat(path)  # noqa: PTH116 - likewise
            except OSError:
                continue  # it went meanwhile; the next look is without it
            found[path] = (stat.st_mtime_ns, stat.st_size)
    return found
