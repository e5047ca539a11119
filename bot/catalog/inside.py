"""A folder of content holds plain files of a sane size, and nothing from elsewhere."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.catalog.problems import Findings

MOST_BYTES = 600_000
BINARY = (".gz", ".mp4", ".png")


def check_inside(folder: Path, findings: Findings) -> None:
    """Note each link that leads out of the folder, each device, and each huge text."""
    root = folder.resolve()
    for path in _paths(folder):
        try:
            found = path.lstat()
            if stat.S_ISLNK(found.st_mode):
                found = path.stat()
                if not path.resolve().is_relative_to(root):
                    text = "The link leads out of the folder."
                    findings.problem(path, 1, text, "put the file itself here.")
                    continue
        except OSError:
            findings.problem(path, 1, "The link leads nowhere.", "put the file itself here.")
            continue
        _check_kind(path, found, findings)


def _check_kind(path: Path, found: os.stat_result, findings: Findings) -> None:
    if not stat.S_ISREG(found.st_mode):
        if not stat.S_ISDIR(found.st_mode):
            findings.problem(path, 1, "This is no file.", "delete it.")
    elif found.st_size > MOST_BYTES and path.suffix not in BINARY:
        text = f"The file has {found.st_size} bytes."
        findings.problem(path, 1, text, f"keep it under {MOST_BYTES}; one answer is one message.")


def _paths(folder: Path) -> Iterator[Path]:
    """Yield all that is below the folder, without hidden names; no link is followed."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where, name) for name in (*folders, *sorted(files)) if name[0] != ".")
