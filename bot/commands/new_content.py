"""``python -m bot new-content``: a small complete content folder on another subject, to start from."""

import argparse
import shutil
from pathlib import Path

from bot.errors import SettingsError

EXAMPLE = Path(__file__).resolve().parents[1] / "catalog" / "example"
ANOTHER = "name a folder that is not there yet."


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser."""
    parser = subparsers.add_parser(
        "new-content", help="write a small example about houseplants, to start from"
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the folder and say how to go on.

    Raises:
        SettingsError: Something is there already, or nothing can be written there.
    """
    folder: Path = args.folder
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SettingsError(f"{folder} is there already.", ANOTHER)
        shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise SettingsError(f"{folder} cannot be written ({reason}).", ANOTHER) from error
    print(f"{folder} is a bot about houseplants. Try it: BOT_CONTENT_DIR={folder} make demo")
    print(f"After each edit: python -m bot check {folder}")
    return 0
