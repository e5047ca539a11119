"""The [film] of an exercise: its key frames, read against the words and angles that there are."""

from collections.abc import Mapping
from typing import cast

from bot.catalog.tables import Table
from bot.core.exercises import Dose
from bot.core.film import (
    BASES,
    GRIPS,
    PAIRED,
    PARTS,
    PLANTED,
    PROPS,
    RANGES,
    SIDES,
    Frame,
    Pair,
    Script,
    View,
)

FEWEST = 2
DEFAULT_MOVE = 2.0
"""Seconds, where neither the dose nor the frame says any."""


def read_film(table: Table, dose: Dose) -> Script | None:
    """Return the film of an exercise; None after noting what is wrong with it."""
    before = len(table.sheet.findings.problems)
    view = _one(table, "view", tuple(RANGES))
    if not view:
        return None
    seen = cast("View", view)
    aside = seen == "side"  # only there are hands and feet brought to a place
    base = _one(table, "base", tuple(BASES[seen]))
    frames = _frames(table, seen, dose)
    script = Script(
        view=seen,
        base=base,
        accent=_words(table, "accent", PARTS, seen),
        props=_words(table, "props", PROPS[seen], None) if table.has("props") else (),
        planted=_words(table, "planted", PLANTED, seen) if aside and table.has("planted") else (),
        anchor=_anchor(table, seen, base),
        grip=_one(table, "grip", GRIPS) if aside and table.has("grip") else "",
        frames=frames,
        flowing=table.has("flowing") and table.flag("flowing"),
        travels=table.has("travels") and table.flag("travels"),
        close=table.amount("close") if table.has("close") else 0.0,
        both=table.has("both") and table.flag("both"),
        poster=_poster(table, frames),
    )
    if not script.grip and any(any(frame.angles.get("grip", ())) for frame in frames):
        table.problem("frames", "A hand grips nothing.", "name what it grips: 'grip'.")
    table.close()
    return script if len(table.sheet.findings.problems) == before else None


def _one(table: Table, key: str, known: tuple[str, ...]) -> str:
    word = table.text(key)
    if word and word not in known:
        table.problem(key, f"Unknown {key} {word!r}.", f"use one of {', '.join(known)}.")
        return ""
    return word


def _words(table: Table, key: str, known: tuple[str, ...], view: View | None) -> tuple[str, ...]:
    """Return words of a list; where the view is given, a side may stand before each."""
    words = table.texts(key)
    for word in words:
        side, _, part = word.rpartition(" ")
        if part not in known or (side and (view is None or side not in SIDES[view])):
            sides = f", after {' or '.join(SIDES[view])} for one side" if view else ""
            fix = f"use some of {', '.join(known)}{sides}."
            table.problem(key, f"Unknown word {word!r} in '{key}'.", fix, word)
    return words


def _anchor(table: Table, view: View, base: str) -> str:
    """Return the point that stays; of feet and knees a side may be named."""
    known = BASES[view].get(base, ("",))
    if not table.has("anchor"):
        return known[0]
    word = table.text("anchor")
    side, _, part = word.rpartition(" ")
    if word and base and (part not in known or (side and side not in SIDES[view])):
        sides = f"after {' or '.join(SIDES[view])} for one side"
        table.problem("anchor", f"Unknown anchor {word!r}.", f"use {' or '.join(known)}, {sides}.")
    return word


def _frames(table: Table, view: View, dose: Dose) -> tuple[Frame, ...]:
    start = _angles(own, view) if table.has("start") and (own := table.table("start")) else {}
    rows = table.tables("frames")
    if len(rows) < FEWEST:
        table.problem("frames", "A film needs two frames.", "add one.")
    return tuple(_frame(row, view, dose, start) for row in rows)


def _frame(table: Table, view: View, dose: Dose, start: Mapping[str, Pair]) -> Frame:
    move = table.amount("move") if table.has("move") else dose.each_way or DEFAULT_MOVE
    if not move:
        table.problem("move", "A frame needs time to get there.", "write move = 1.")
    hold = _hold(table, dose) if table.has("hold") else 0.0
    feet = SIDES[view]
    foot = _one(table, "stands_on", feet) if table.has("stands_on") else ""
    return Frame(dict(start) | _angles(table, view), move, hold, foot)


def _hold(table: Table, dose: Dose) -> float:
    return dose.hold if table.data["hold"] is True else table.amount("hold")


def _angles(table: Table, view: View) -> dict[str, Pair]:
    """Return the angles of a frame, in their limits; then nothing else may stand there."""
    found = {}
    for name, (least, most) in RANGES[view].items():
        if not table.has(name):
            continue
        pair = table.pair(name)
        if not all(least <= value <= most for value in pair):
            table.problem(name, f"'{name}' is out of range.", f"stay within {least} and {most}.")
        if pair[0] != pair[1] and name not in PAIRED:
            table.problem(name, f"'{name}' has no sides.", "write one number.")
        found[name] = pair
    table.close()
    return found


def _poster(table: Table, frames: tuple[Frame, ...]) -> int:
    """Return the frame that is the poster: the one named, else the first that is held, else the second."""
    if not table.has("poster"):
        return next((n for n, frame in enumerate(frames) if frame.hold), 1)
    number = table.number("poster")
    if number > len(frames):
        table.problem("poster", f"There is no frame {number}.", f"count from 1 to {len(frames)}.")
    return number - 1
