"""Writing a review into an ``entry.toml``: four keys, and no other letter of the file."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.catalog import reviews
from bot.catalog.exercises import read_exercises
from bot.catalog.faq import read_entries
from bot.catalog.files import languages
from bot.catalog.problems import Findings, Problem
from bot.errors import ContentError

LINE = re.compile(r"(?P<key>status|reviewer|reviewed_text|reviewed)\s*=")
REST = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\d-]+)(?P<comment>\s*(?:#.*)?)")


@dataclass(frozen=True, slots=True)
class Reviewable:
    """What a review is of.

    Attributes:
        file: Where it is recorded.
        digest: That of its wording.
    """

    file: Path
    digest: str


def reviewable(folder: Path, name: str) -> Reviewable:
    """Return the answer or exercise of that id.

    Raises:
        ContentError: There is none, nobody has written it, or one of its languages is broken.
    """
    found = _answer(folder, name) or _exercise(folder, name)
    if found is None:
        raise ContentError(
            f"There is no answer and no exercise {name!r} in {folder}.",
            "name a folder of faq/ or exercises/.",
        )
    return found


def _answer(folder: Path, name: str) -> Reviewable | None:
    findings = Findings()
    read = read_entries(folder / "faq", languages(folder, findings), {}, findings).get(name)
    if read is None:
        return None
    if read.entry.status == "planned":
        raise ContentError(f"{name} is planned: there is nothing to review.", "write it first.")
    file = folder / "faq" / name / "entry.toml"
    _refuse_broken(file.parent, findings)
    return Reviewable(file, reviews.of_answer(read.entry.wording))


def _exercise(folder: Path, name: str) -> Reviewable | None:
    findings = Findings()
    offered = languages(folder, findings)
    exercise = read_exercises(folder / "exercises", offered, {}, findings).get(name)
    if exercise is None:
        return None
    file = folder / "exercises" / name / "exercise.toml"
    _refuse_broken(file.parent, findings)
    return Reviewable(file, reviews.of_exercise(exercise))


def _refuse_broken(folder: Path, findings: Findings) -> None:
    """Raise the first problem of the wordings; nobody can have read what cannot be shown."""
    for problem in findings.problems:
        if _is_wording(problem, folder):
            raise problem.error()


def _is_wording(problem: Problem, folder: Path) -> bool:
    file = Path(problem.file)
    return file.parent == folder and file.suffix == ".md"


def signed(text: str, by: str, on: date, digest: str) -> str:
    """Return the text of an ``entry.toml`` with the review in it; all else stays as it is."""
    values = {
        "status": '"reviewed"',
        "reviewer": json.dumps(by, ensure_ascii=False),
        "reviewed": on.isoformat(),
        "reviewed_text": f'"{digest}"',
    }
    rows = text.split("\n")
    places = _places(rows)
    end = "\r" if text.endswith("\r\n") else ""
    last = places["status"]
    for key, value in values.items():
        if key in places:
            last = places[key]
            rows[last] = _written(rows[last], value)
        else:
            last += 1
            rows.insert(last, f"{key} = {value}{end}")
            places = _places(rows)
    return "\n".join(rows)


def _places(rows: list[str]) -> dict[str, int]:
    """Return which row holds which key of the table that a file begins with."""
    places: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row.lstrip().startswith("["):
            break
        if found := LINE.match(row.removeprefix("\ufeff")):
            places[found["key"]] = number
    return places


def _written(row: str, value: str) -> str:
    """Return the row with another value; its indentation, its spaces and its comment stay."""
    before, equals, after = row.partition("=")
    spaces = after[: len(after) - len(after.lstrip())]
    rest = REST.match(after.lstrip())
    return f"{before}{equals}{spaces}{value}{rest['comment'] if rest else ''}"


def sign(folder: Path, names: list[str], by: str, on: date) -> list[Path]:
    """Record the review of all these, or of none; return the files.

    Raises:
        ContentError: One of them cannot be reviewed, or its file cannot be read or written.
    """
    texts: dict[Path, str] = {}
    for name in dict.fromkeys(names):
        found = reviewable(folder, name)
        texts[found.file] = _checked(found, by, on)
    for file, text in texts.items():
        _write(file, text)
    return list(texts)


def _checked(found: Reviewable, by: str, on: date) -> str:
    """Return the new text of the file; only the four keys may say something else."""
    try:
        before = found.file.read_bytes().decode("utf-8")
        after = signed(before, by, on, found.digest)
        wanted = {"status": "reviewed", "reviewer": by, "reviewed": on}
        wanted["reviewed_text"] = found.digest
        if _data(after) == {**_data(before), **wanted}:
            return after
    except (OSError, ValueError, KeyError) as error:
        raise _by_hand(found, type(error).__name__) from error
    raise _by_hand(found, "its keys are not a line each")


def _data(text: str) -> Mapping[str, object]:
    return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _by_hand(found: Reviewable, reason: str) -> ContentError:
    return ContentError(
        f"{found.file}:1: the review cannot be written ({reason}).",
        f'write status = "draft" in a line of its own and try again; reviewed_text is "{found.digest}".',
    )


def _write(file: Path, text: str) -> None:
    """Put the text in the place of the file at once, so that no reader meets half of it."""
    file = file.resolve()
    new = file.with_name(f".{file.name}.new")
    try:
        new.write_bytes(text.encode())
        new.chmod(file.stat().st_mode)
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise ContentError(
            f"{file}: cannot be written ({error.strerror}).", "let yourself write to its folder."
        ) from error
