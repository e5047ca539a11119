"""``python -m bot draw``: key frames of the exercises become films and stills."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.catalog.exercises import FILM, POSTER
from bot.catalog.folder import load
from bot.core.exercises import Exercise
from bot.film.encode import Studio, resvg
from bot.film.record import outdated, read_records, recorded, write_records
from bot.film.scene import Scene

COLUMNS, SIDE = 6, 200
"""Stills beside each other on a sheet, and the pixels of each."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the main parser, which knows ``content`` (a Path)."""
    parser = subparsers.add_parser("draw", help="draw the films of the exercises")
    parser.add_argument(
        "ids", nargs="*", default=(), metavar="ID", help="default: all that are out of date"
    )
    parser.add_argument(
        "--sheet", type=Path, metavar="FILE", help="only one PNG with a still of each"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw and say what was drawn; 2 for an exercise that has no key frames.

    Raises:
        DrawingError: resvg or ffmpeg is missing, or a film cannot be packed.
    """
    exercises = load(args.content).exercises.exercises
    scripted = {name: one for name, one in exercises.items() if one.script is not None}
    if unknown := [name for name in args.ids if name not in scripted]:
        known = ", ".join(sorted(scripted)) or "none"
        print(f"There is no [film] in {unknown[0]!r}. Fix: use some of {known}.", file=sys.stderr)
        return 2
    studio = Studio(resvg())
    if args.sheet:
        draw_sheet([scripted[name] for name in args.ids or sorted(scripted)], studio, args.sheet)
    else:
        draw(args.content, scripted, args.ids, studio)
    return 0


def draw(folder: Path, scripted: Mapping[str, Exercise], ids: list[str], studio: Studio) -> None:
    """Draw the named exercises, or all whose films are out of date, and record each at once."""
    records = read_records(folder)
    kept = {name: record for name, record in records.items() if name in scripted}
    for name in ids or [n for n, one in scripted.items() if outdated(one, records.get(n))]:
        scene = scene_of(scripted[name])
        film, poster = (folder / "exercises" / name / file for file in (FILM, POSTER))
        studio.film(scene.pictures(), scene.fps, film)
        studio.still(scene.svg(scene.poster), poster)
        kept[name] = recorded(scene, film, poster)
        write_records(folder, kept)
        print(f"{name}: {scene.line.seconds:.1f} s, {film.stat().st_size} bytes", flush=True)


def draw_sheet(exercises: list[Exercise], studio: Studio, file: Path) -> None:
    """Draw one still of each exercise, in rows."""
    scenes = [scene_of(exercise) for exercise in exercises]
    tiles = (min(COLUMNS, len(scenes)), -(-len(scenes) // COLUMNS))
    studio.sheet((scene.svg(scene.poster) for scene in scenes), tiles, SIDE, file)


def scene_of(exercise: Exercise) -> Scene:
    """Return the scene of an exercise that has key frames."""
    assert exercise.script is not None  # noqa: S101  # only such are drawn
    return Scene(exercise.script, exercise.dose)
