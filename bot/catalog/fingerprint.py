"""Which content it is: short enough to read out, and another one after any change."""

import hashlib
from pathlib import Path

DIGITS = 12


def fingerprint(folder: Path) -> str:
    """Return hex digits made of all files of a content folder, but for hidden ones.

    Raises:
        OSError: one of them cannot be read.
    """
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            with file.open("rb") as opened:
                of_file = hashlib.file_digest(opened, "sha256").digest()
            whole.update(f"{name.as_posix()}\n".encode() + of_file)
    return whole.hexdigest()[:DIGITS]
