"""A stand-in for ffmpeg, and a content folder with one film to draw."""

from pathlib import Path

from bot.film.encode import Studio
from tests.catalog.moving import add_exercises
from tests.catalog.small import write

FILM = """
[film]
view = "side"
base = "sit"
accent = ["head", "neck"]
props = ["chair"]
close = 1
frames = [
    {},
    { neck = 30, hold = true },
]
"""
FFMPEG = """#!/bin/sh
for last; do :; done
case "$*" in
  *refuse*) echo "no such codec" >&2; exit 1 ;;
  *concat*) list=$(echo "$*" | sed 's/.*-i \\([^ ]*\\) .*/\\1/'); cp "$list" "$(dirname "$0")/list" ;;
  *) cat > "$(dirname "$0")/piped" ;;
esac
echo "$*" >> "$(dirname "$0")/calls"
size=100
case "$*" in *"-crf 25"*) size=70000 ;; esac
case "$last" in *huge*) size=70000 ;; esac
head -c $size /dev/zero > "$last"
"""


def studio(folder: Path) -> Studio:
    """Return a studio whose ffmpeg writes zeros and keeps, in ``folder``, what it was told."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "ffmpeg"
    program.write_text(FFMPEG, "utf-8")
    program.chmod(0o755)
    return Studio(str.encode, str(program))


def content_with_a_film(folder: Path) -> Path:
    """Return a content folder whose exercise ``nod`` has key frames and no film yet."""
    add_exercises(write(folder))
    with (folder / "exercises/nod/exercise.toml").open("a", encoding="utf-8") as file:
        file.write(FILM)
    return folder
