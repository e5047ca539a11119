"""The moving picture of the README, made from the real bot in the chat page: ``make tour``.

It needs ffmpeg (on Debian: apt install ffmpeg). Options: ``--to FILE`` (default docs/tour.gif),
``--language en|ru``.
"""

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.async_api import Locator

from tests.browser import launched, opened
from tests.demo import demo
from tests.screenshots import ROOT, WORDS, Camera, next_reminder, turn

PHONE = (380, 720)
DOTS = 1.5
LOOK, READ, TAP = 1.6, 3.2, 0.7  # seconds that a frame stays
COLOURS = 24
ACUTE = {"English": "my legs went numb", "Русский": "у меня онемели ноги"}  # fits one line
PLAIN = "#b9cfae"  # a wallpaper of one colour: pattern and gradient would be most of the file
WALLPAPER = """(colour) => {
    const style = document.documentElement.style;
    for (const part of ['1', '2', '3', '4', 'ink']) style.setProperty(`--wall-${part}`, colour);
}"""
FINGER = """(where) => {
    const dot = document.createElement('div');
    dot.id = 'finger';
    Object.assign(dot.style, {
        position: 'fixed', left: `${where.x - 20}px`, top: `${where.y - 20}px`, width: '40px',
        height: '40px', borderRadius: '50%', background: '#fff5', border: '3px solid #223',
        boxSizing: 'border-box', zIndex: 99, pointerEvents: 'none',
    });
    document.body.append(dot);
}"""


@dataclass(frozen=True)
class Frame:
    """One still and how many seconds it stays."""

    file: Path
    seconds: float


@dataclass(frozen=True)
class Film:
    """Chats like a person with a finger and keeps each step as a frame."""

    camera: Camera
    frames: list[Frame] = field(default_factory=list)

    async def keep(self, seconds: float) -> None:
        """Keep what the page shows now."""
        name = f"{len(self.frames):03}"
        await self.camera.shoot(name)
        self.frames.append(Frame(self.camera.folder / f"{name}.png", seconds))

    async def touch(self, what: Locator) -> None:
        """Keep the page with a finger on ``what``."""
        await what.scroll_into_view_if_needed()
        box = await what.bounding_box()
        assert box is not None
        page = self.camera.page
        where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        await page.evaluate(FINGER, where)
        await self.keep(TAP)
        await page.evaluate("document.getElementById('finger').remove()")

    async def taps(self, label: str, stays: float = LOOK) -> None:
        """Tap the newest button of that label."""
        buttons = self.camera.page.locator("article.in").get_by_role("button", name=label)
        await self.touch(buttons.last)
        await self.camera.taps(label)
        if stays:
            await self.keep(stays)

    async def reads(self, seconds: float, edge: Literal["start", "end"]) -> None:
        """Keep the newest message with its first line, or its buttons, in sight."""
        await self.camera.page.wait_for_timeout(600)  # the page itself goes to the end of the chat
        where = f"message => message.scrollIntoView({{block: '{edge}'}})"
        await self.camera.newest.evaluate(where)
        await self.keep(seconds)

    async def writes(self, text: str) -> None:
        """Write a message, word after word, and send it."""
        words = text.split()
        for count in (*range(2, len(words), 2), len(words)):
            await self.camera.page.locator("#foot textarea").fill(" ".join(words[:count]))
            await self.keep(TAP / 2)
        await self.camera.writes(text)


async def story(film: Film) -> None:
    """From START over a reminder and an exercise to an acute message."""
    camera, words = film.camera, film.camera.words
    page = camera.page
    await page.evaluate(WALLPAPER, PLAIN)
    await turn(page, '{"turn": "morning-09:12", "zone": "Europe/Berlin"}')
    start = page.locator("#foot button.big")
    await film.keep(LOOK)
    await film.touch(start)
    await start.click()
    await camera.newest.wait_for()
    await film.keep(LOOK)
    await film.taps(words["language"], LOOK)
    await film.taps(words["agree"], LOOK)
    await film.taps(words["city"], LOOK)
    await film.taps(words["morning"], READ)
    await next_reminder(camera)
    await film.keep(READ)
    await film.taps(words["start"], READ)
    await film.taps(words["read"], 0)
    await film.reads(2 * READ, "end")
    await film.writes(ACUTE[camera.words["language"]])
    await film.reads(2 * READ, "start")
    await film.reads(READ, "end")


def assembled(frames: list[Frame], to: Path) -> None:
    """Write the frames as one GIF that begins again at its end.

    Raises:
        CalledProcessError: ffmpeg refused them; it says why on standard error.
    """
    lines = [f"file '{frame.file}'\nduration {frame.seconds}" for frame in frames]
    order = frames[0].file.with_name("frames.txt")
    # ffmpeg passes over the last frame's duration unless the frame stands there once more
    order.write_text("\n".join([*lines, f"file '{frames[-1].file}'"]) + "\n", "utf-8")
    palette = f"split[a][b];[a]palettegen=max_colors={COLOURS}:stats_mode=full[p]"
    colours = f"{palette};[b][p]paletteuse=dither=none:diff_mode=rectangle"
    command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "concat", "-safe", "0", "-i", str(order)]
    subprocess.run([*command, "-vf", colours, "-loop", "0", str(to)], check=True)


async def main(to: Path, language: str) -> None:
    """Make the picture."""
    locale = "ru-RU" if language == "ru" else "en-GB"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            launched() as browser,
            demo(folder / "data") as address,
            opened(browser, address, size=PHONE, locale=locale, dots=DOTS) as page,
        ):
            film = Film(Camera(page, folder, WORDS[language]))
            await story(film)
        assembled(film.frames, to)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "tour.gif")
    parser.add_argument("--language", choices=sorted(WORDS), default="en")
    chosen = parser.parse_args()
    if shutil.which("ffmpeg") is None:
        sys.exit("ffmpeg is missing. On Debian: apt install ffmpeg")
    asyncio.run(main(chosen.to, chosen.language))
