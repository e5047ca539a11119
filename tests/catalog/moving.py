"""Two exercises and their routines, nothing wrong with them, to be broken by one edit."""

from itertools import cycle, islice
from pathlib import Path

EXERCISE = """area = "{area}"
places = ["chair", "stand"]
times = 8
hold = 0.5
each_way = 3
sides = false
seconds = {seconds}
sources = ["G1"]
version = 1
status = "draft"
"""
PAGE = """+++
title = "{title}"
purpose = "Moves gently."
dose = "8 times"
breathing = "Calmly."
care = "Stop if it hurts."
easier = "Do less."
picture = "A person moves."
+++
- First this.
- Then that.
"""
MORNING = """[[routine]]
id = "m{minutes}"
kind = "morning"
place = "chair"
minutes = {minutes}
seconds = {seconds}
short = "nod"
steps = ["march*{minutes}"]
title = {{ en = "Morning", ru = "Утро" }}

"""
BREAKS = """[[routine]]
id = "b-neck"
kind = "break"
place = "chair"
seconds = 125
area = "neck"
short = "nod"
steps = ["nod*2", "march"]
title = { en = "Neck", ru = "Шея" }

[[routine]]
id = "b-legs"
kind = "break"
place = "stand"
seconds = 120
area = "legs"
short = "nod"
steps = ["march*2"]
title = { en = "Legs", ru = "Ноги" }

[rotation]
"""


def fortnight(key: str, *names: str) -> str:
    """Return a line of the rotation, the names by turns."""
    turns = ", ".join(f'"{name}"' for name in islice(cycle(names), 14))
    return f"{key} = [{turns}]\n"


def routines() -> str:
    """Return routines.toml: mornings at lines 1, 11, 21, breaks at 31 and 41, rotation at 51."""
    mornings = "".join(MORNING.format(minutes=n, seconds=60 * n) for n in (5, 10, 20))
    rotation = "".join(fortnight(f"morning-{n}", f"m{n}") for n in (5, 10, 20))
    return mornings + BREAKS + rotation + fortnight("break", "b-neck", "b-legs")


def add_exercises(folder: Path) -> Path:
    """Write the files below a content folder and return it."""
    for name, area, seconds in (("march", "legs", 60), ("nod", "neck", 30)):
        own = folder / "exercises" / name
        own.mkdir(parents=True)
        (own / "exercise.toml").write_text(EXERCISE.format(area=area, seconds=seconds), "utf-8")
        for language in ("en", "ru"):
            (own / f"{language}.md").write_text(PAGE.format(title=name.title()), "utf-8")
    (folder / "routines.toml").write_text(routines(), "utf-8")
    return folder
