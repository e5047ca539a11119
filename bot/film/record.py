"""What each film was drawn from and what came out, so that an outdated or swapped file is noticed.

What goes in is judged by the pictures themselves, at many moments: a change of key frames, dose or
drawing code that changes nothing to see needs no new film.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from bot.core.exercises import Exercise
from bot.film.encode import FILM, PALETTE
from bot.film.scene import Scene

NAME = "films.toml"
HEAD = (
    "# Written by `python -m bot draw`: what each film was drawn from, and which files came out.\n"
)


@dataclass(frozen=True, slots=True)
class Record:
    """Hashes (SHA-256) of one film.

    Attributes:
        inputs: Of pictures at many moments, and of how they are packed.
        film: Of the film's file.
        poster: Of the still's file.
    """

    inputs: str
    film: str
    poster: str


def inputs_of(scene: Scene) -> str:
    """Return the hash of what a film is drawn from."""
    line = scene.line
    moments = {scene.poster, line.seconds}
    for number, key in enumerate(line.keys):
        begin = line.begins(number)
        moments |= {begin - key.move * 0.5, begin, begin + key.hold * 0.5}
    told = sha256(f"{FILM} {PALETTE} {scene.fps} {scene.frames}\n".encode())
    for moment in sorted(moments):
        told.update(f"{moment:.3f} {scene.svg(moment)}\n".encode())
    return told.hexdigest()


def recorded(scene: Scene, film: Path, poster: Path) -> Record:
    """Return the record of files that were just drawn."""
    return Record(inputs_of(scene), _hash(film), _hash(poster))


def read_records(folder: Path) -> dict[str, Record]:
    """Return the records of a content folder by exercise; a file that is missing or broken has none."""
    try:
        data = tomllib.loads((folder / NAME).read_text("utf-8"))
        return {name: Record(**record) for name, record in data.items()}
    except (OSError, ValueError, TypeError):
        return {}


def write_records(folder: Path, records: Mapping[str, Record]) -> None:
    """Write the records, by name."""
    tables = [
        f"\n[{name}]\n" + "".join(f'{key} = "{value}"\n' for key, value in asdict(record).items())
        for name, record in sorted(records.items())
    ]
    (folder / NAME).write_text(HEAD + "".join(tables), "utf-8")


def outdated(exercise: Exercise, record: Record | None) -> str:
    """Return what is wrong with the film of an exercise; "" where it is as its script says."""
    if exercise.script is None:
        return ""
    if exercise.film is None or exercise.poster is None:
        return "The film or its poster is missing."
    if record is None:
        return "Nothing is recorded about the film."
    if (_hash(exercise.film), _hash(exercise.poster)) != (record.film, record.poster):
        return "The film is not the one that was drawn."
    if inputs_of(Scene(exercise.script, exercise.dose)) != record.inputs:
        return "The film is out of date."
    return ""


def _hash(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
