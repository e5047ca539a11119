"""Reading content files: whatever is in the folder, the answer is text or a noted problem."""

import re
from pathlib import Path

from bot.catalog.problems import Findings

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}")
BUILT_IN = Path(__file__).resolve().parents[2] / "content"
LONGEST_NAME = 40  # callback data holds 64 bytes, and the name is only a part of it


def read(file: Path, findings: Findings) -> str | None:
    """Return the text of a UTF-8 file with Unix line ends; None after noting why not."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        findings.problem(file, 1, "The file is missing.", "add it.")
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        findings.problem(
            file, 1, f"The file cannot be read ({reason}).", "make it a readable file."
        )
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        findings.problem(file, line, "The file is not UTF-8.", "save it as UTF-8.")
        return None


def listed(folder: Path, findings: Findings) -> list[Path]:
    """Return what a folder holds, by name, without hidden files and editors' copies."""
    try:
        found = sorted(folder.iterdir())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        findings.problem(folder, 1, f"The folder cannot be read ({reason}).", "add the folder.")
        return []
    return [path for path in found if not path.name.startswith(".") and path.name[-1] != "~"]


def named_folders(folder: Path, findings: Findings) -> list[Path]:
    """Return the folders in ``folder`` whose names can be ids; anything else is a problem."""
    found = []
    for path in listed(folder, findings):
        if not path.is_dir():
            findings.problem(path, 1, "Only folders belong here.", "move or delete the file.")
        elif not NAME.fullmatch(path.name) or len(path.name) > LONGEST_NAME:
            findings.problem(
                path,
                1,
                "The folder's name cannot be an id.",
                f"use small Latin letters, digits and single hyphens, at most {LONGEST_NAME}.",
            )
        else:
            found.append(path)
    return found


def languages(folder: Path, findings: Findings) -> tuple[str, ...]:
    """Return the languages of a content folder: those with a file in ui/, reminders/ or triage/."""
    found = {
        file.stem
        for name, ending in (("ui", ".po"), ("reminders", ".toml"), ("triage", ".toml"))
        for file in listed(folder / name, findings)
        if file.suffix == ending and LANGUAGE.fullmatch(file.stem)
    }
    if not found:
        findings.problem(folder / "ui", 1, "There is no language.", "add ui/en.po.")
    return tuple(sorted(found))


def own_or_built_in(folder: Path, name: str) -> Path:
    """Return a folder's own file, or ours where another subject's folder brings none."""
    own = folder / name
    return own if own.exists() else BUILT_IN / name


def check_strangers(folder: Path, known: set[str], findings: Findings) -> None:
    """Note each file in a folder of translations that nothing reads."""
    for path in listed(folder, findings):
        if path.name not in known:
            names = ", ".join(sorted(known))
            findings.problem(path, 1, "Nothing reads this file.", f"delete it, or name it {names}.")
