"""Pictures become files: a renderer draws them, the system's ffmpeg packs them."""

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import BotError

FILM = (
    "-fps_mode vfr -video_track_timescale 60 -c:v libx264 -bf 0 -preset veryslow -tune animation -crf {quality} -pix_fmt yuv420p -profile:v high "
    "-g 100000 -keyint_min 100000 -sc_threshold 0 -threads 1 -an -movflags +faststart "
    "-fflags +bitexact -flags:v +bitexact -map_metadata -1"
)
QUALITIES = (25, 27, 29, 31, 33, 35, 37)
"""Of x264, best first; the first that keeps a film small enough is taken."""
LARGEST = 58_500
"""Bytes of a film."""
PALETTE = (
    "split[a][b];[a]palettegen=max_colors={colours}:reserve_transparent=0[p];"
    "[b][p]paletteuse=dither=none"
)
TICK = 1 / 60
"""Seconds; all times in a film are a whole number of them."""
PIPE = ["-f", "image2pipe", "-framerate", "1", "-c:v", "png", "-i", "-"]
STILL = ["-frames:v", "1", "-f", "image2"]
COLOURS, SHEET_COLOURS = 64, 128

Render = Callable[[str], bytes]
"""Makes a PNG of an SVG picture."""


class DrawingError(BotError):
    """A film cannot be drawn here; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Studio:
    """Writes films and stills.

    Attributes:
        render: What draws a picture.
        ffmpeg: The program that packs pictures.
    """

    render: Render
    ffmpeg: str = "ffmpeg"

    def film(self, pictures: Iterable[str], fps: int, file: Path) -> None:
        """Write a silent H.264 film that plays while it loads.

        A picture that stays is stored once: in a long hold, thousands of bytes would say "the same".

        Raises:
            DrawingError: ffmpeg is missing or refused, or the film stays too large.
        """
        with TemporaryDirectory() as folder:
            listed = self._listed(pictures, fps, Path(folder))
            source = ["-f", "concat", "-i", str(listed)]
            for quality in QUALITIES:
                self._pack(source, FILM.format(quality=quality).split(), file)
                if file.stat().st_size <= LARGEST:
                    return
        raise DrawingError(f"{file} is larger than {LARGEST} bytes.", "make its movement shorter.")

    def _listed(self, pictures: Iterable[str], fps: int, folder: Path) -> Path:
        """Write each picture that differs from the one before, and the list of how long each stays."""
        runs = [(picture, len(list(same)) / fps) for picture, same in groupby(pictures)]
        # whatever it is told, ffmpeg gives the last one a single tick
        picture, seconds = runs.pop()
        runs += [(picture, seconds - TICK), (picture, TICK)]
        rows = ["ffconcat version 1.0"]
        for number, (picture, seconds) in enumerate(runs):
            (folder / f"{number}.png").write_bytes(self.render(picture))
            rows += [f"file {number}.png", f"duration {seconds:.6f}"]
        (folder / "list").write_text("\n".join(rows), "utf-8")
        return folder / "list"

    def still(self, picture: str, file: Path) -> None:
        """Write one picture as a PNG with a palette.

        Raises:
            DrawingError: ffmpeg is missing or refused.
        """
        look = PALETTE.format(colours=COLOURS)
        self._pack(PIPE, ["-vf", look, *STILL], file, self.render(picture))

    def sheet(self, pictures: Iterable[str], tiles: tuple[int, int], side: int, file: Path) -> None:
        """Write pictures, each ``side`` pixels wide, in so many columns and rows of one PNG.

        Raises:
            DrawingError: ffmpeg is missing or refused.
        """
        grid = f"scale={side}:{side}:flags=area,tile={tiles[0]}x{tiles[1]},"
        look = grid + PALETTE.format(colours=SHEET_COLOURS)
        self._pack(PIPE, ["-vf", look, *STILL], file, b"".join(map(self.render, pictures)))

    def _pack(self, source: list[str], options: list[str], file: Path, images: bytes = b"") -> None:
        command = [self.ffmpeg, "-v", "error", "-y", *source, *options, str(file)]
        try:
            done = subprocess.run(command, input=images, capture_output=True, check=False)  # noqa: S603  # no shell, our own words
        except OSError as error:
            raise DrawingError(
                "ffmpeg is not installed.", "on Debian: apt install ffmpeg."
            ) from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().replace("\n", " ")
            raise DrawingError(f"ffmpeg failed: {said}", "look at what it says.")


def resvg() -> Render:
    """Return the renderer of the extra ``draw``.

    Raises:
        DrawingError: It is not installed.
    """
    try:
        from resvg_py import svg_to_bytes  # noqa: PLC0415  # an extra; the bot never needs it
    except ImportError as error:
        fix = "pip install --require-hashes -r requirements/draw.txt."
        raise DrawingError("resvg is not installed.", fix) from error
    return lambda picture: bytes(svg_to_bytes(svg_string=picture))
