"""What is measured of a film: points of the body, picture by picture, as far as they are on show."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.catalog.folder import load
from bot.core.exercises import Exercise
from bot.core.film import sided
from bot.film.geometry import Joints, apart, direction
from bot.film.scene import Scene
from bot.film.side import BALL_R, HEEL_R, KNEEL, LIE, TOE_R

CONTENT = Path(__file__).resolve().parents[2] / "content"
NAMES = sorted(path.name for path in (CONTENT / "exercises").iterdir() if path.is_dir())
HALF = {
    "heel": HEEL_R,
    "ball": BALL_R,
    "toe": TOE_R,
    "knee": KNEEL,
    "hip": LIE,
    "wrist": 1.7,
    "tip": 1.7,
}
"""Half thickness of the body where it may lie on the floor."""
WHOLE = {"knee": "thigh", "ankle": "shin", "elbow": "arm", "wrist": "forearm"}


@cache
def exercises() -> dict[str, Exercise]:
    return dict(load(CONTENT).exercises.exercises)


@cache
def scene(name: str) -> Scene:
    exercise = exercises()[name]
    assert exercise.script is not None
    return Scene(exercise.script, exercise.dose)


@cache
def bodies(name: str) -> tuple[Joints, ...]:
    """The body in each picture, as seen: one that walks stays in the middle."""
    film = scene(name)
    return tuple(film.joints(number / film.fps) for number in range(film.frames))


def on_floor(name: str) -> tuple[Joints, ...]:
    """The body in each picture, as the floor sees it."""
    film = scene(name)
    gone = (film.passed(number / film.fps) for number in range(film.frames))
    return tuple(
        {point: (x + way, y) for point, (x, y) in body.items()}
        for body, way in zip(bodies(name), gone, strict=True)
    )


def seen_from(view: str) -> list[str]:
    return [name for name in NAMES if (script := exercises()[name].script) and script.view == view]


def turns(name: str) -> Iterator[list[int]]:
    """Numbers of the pictures of each side's turn, its way back included."""
    film = scene(name)
    keys = film.line.keys
    for other in sorted({key.other for key in keys}):
        moments = (film.line.at(n / film.fps) for n in range(film.frames))
        yield [n for n, at in enumerate(moments) if keys[at.key - 1].other == other]


def planted(name: str, other: int) -> Iterator[str]:
    """Joints that must stay during a turn."""
    script = exercises()[name].script
    assert script is not None
    for word in script.planted:
        part, sides = sided(word, script.view)
        for side in (1 - s if other and len(sides) == 1 else s for s in sides):
            yield from (
                f"{joint}{side}" for joint in {"foot": ("heel", "ball"), "hand": ("wrist",)}[part]
            )


def spread(points: list[tuple[float, float]]) -> float:
    """The largest distance from the first."""
    return max(apart(points[0], point) for point in points)


def lowest(body: Joints) -> float:
    """The height of the lowest point."""
    return min(
        y - HALF[name.rstrip("01")] for name, (_, y) in body.items() if name.rstrip("01") in HALF
    )


def bend(body: Joints, root: str, middle: str, end: str) -> float:
    """Degrees from the first bone's way to the second's, + anticlockwise."""
    first = direction(body[root], body[middle])
    second = direction(body[middle], body[end])
    return (second - first + 180) % 360 - 180


def inside(body: Joints, root: str, end: str, box: tuple[float, float, float, float]) -> bool:
    """Whether any part of a bone's axis lies in a box (left, right, low, high)."""
    (ax, ay), (bx, by) = body[root], body[end]
    spots = ((ax + (bx - ax) * n / 20, ay + (by - ay) * n / 20) for n in range(21))
    return any(box[0] < x < box[1] and box[2] < y < box[3] for x, y in spots)


def leaps(name: str) -> float:
    """The farthest that any point goes from one picture to the next, the last to the first too."""
    every = [*bodies(name), bodies(name)[0]]
    return max(apart(before[p], after[p]) for before, after in pairwise(every) for p in before)
