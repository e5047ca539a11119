"""The colours. They differ in lightness, too, so that the picture reads in black and white."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.film import View, sided

PAPER, GROUND, SHADOW = "#f1f2ec", "#e2e6dc", "#ccd3c7"
ACCENT, FAR_ACCENT = "#f07a48", "#f6b698"
TONES = {"top": "#41698c", "legs": "#2c4052", "skin": "#d9a27c", "shoe": "#8a5f4d"}
FAR = {"top": "#8fa8bb", "legs": "#8593a0", "skin": "#e8c9b2", "shoe": "#c3aba0"}
SOLE, FAR_SOLE, SEAM = "#54392e", "#a9978e", "#1f2f3d"
HAIR, INK, BLUSH = "#46332b", "#33251f", "#c98564"
EDGE = "#f1f2ec"


@dataclass(frozen=True, slots=True)
class Look:
    """Which parts bear the accent: (part, side) for limbs, both sides for the rest."""

    accents: frozenset[tuple[str, int]]

    def has(self, part: str, side: int = 0) -> bool:
        """Return whether a part bears the accent."""
        return (part, side) in self.accents

    def fill(self, part: str, tone: str, side: int = 0, *, far: bool = False) -> str:
        """Return the colour of a part."""
        if self.has(part, side) or (
            part == "pelvis" and self.has("thigh", 0) and self.has("thigh", 1)
        ):
            return FAR_ACCENT if far else ACCENT
        return (FAR if far else TONES)[tone]


def look_of(accent: Iterable[str], view: View, *, other: bool) -> Look:
    """Return the look of one side's turn; on the other side's the accent changes sides, too."""
    found = set()
    for word in accent:
        part, sides = sided(word, view)
        found |= {(part, 1 - side if other and len(sides) == 1 else side) for side in sides}
    return Look(frozenset(found))
