"""A copy a day, and only the newest kept: for a timer, on this machine or in the image.

Usage: python deploy/daily_backup.py FOLDER [--keep 14]
"""

import argparse
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

BOT = Path(__file__).resolve().parent.parent
COPY = re.compile(r"unknot-[0-9]{4}-[0-9]{2}-[0-9]{2}\.db")


def older_copies(folder: Path, keep: int) -> list[Path]:
    """Return the copies beyond the newest ``keep``; a file with any other name is not ours."""
    copies = (path for path in folder.iterdir() if COPY.fullmatch(path.name) and path.is_file())
    return sorted(copies, reverse=True)[keep:]


def _at_least_one(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def main() -> int:
    """Copy, then forget; returns the status of ``backup``, and deletes nothing when that failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--keep", type=_at_least_one, default=14, metavar="N")
    chosen = parser.parse_args()
    copy = chosen.folder / f"unknot-{datetime.now(UTC):%Y-%m-%d}.db"  # noqa: TID251 - a clock of its own
    if copy.exists():
        print(f"{copy}: today's copy is there already.")
    else:
        command = [sys.executable, "-m", "bot", "backup", str(copy.absolute())]
        status = subprocess.run(command, cwd=BOT, check=False).returncode
        if status != 0:
            return status
    for path in older_copies(chosen.folder, chosen.keep):
        path.unlink()
        print(f"{path}: deleted, the newest {chosen.keep} are kept.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
