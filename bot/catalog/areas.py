"""Parts of the body as a person chooses them, and titles by language."""

from collections.abc import Mapping

from bot.catalog.tables import Table
from bot.core.exercises import Area, Exercise

LONGEST_TITLE = 36
MOST_AREAS = 7  # on one screen, besides the row of navigation


def read_areas(
    root: Table, languages: tuple[str, ...], exercises: Mapping[str, Exercise]
) -> dict[str, Area]:
    """Return the areas by id, in the order of the file."""
    known = {exercise.area for exercise in exercises.values()}
    tables = root.tables("area")
    found: dict[str, Area] = {}
    for table in tables:
        name, covers = table.text("id"), table.texts("covers")
        for area in covers:
            if area not in known:
                text = f"No exercise is for {area!r}."
                table.problem("covers", text, "name areas of exercise.toml.", area)
        if name in found:
            table.problem("id", f"The area {name!r} stands here twice.", "rename one.")
        found[name] = Area(read_titles(table, languages), frozenset(covers))
        table.close()
    if len(tables) > MOST_AREAS:
        root.problem("area", f"There are {len(tables)} areas.", f"keep {MOST_AREAS}.")
    return found


def read_titles(table: Table, languages: tuple[str, ...]) -> dict[str, str]:
    """Return the title in each language."""
    inner = table.table("title")
    if inner is None:
        return dict.fromkeys(languages, "")
    titles = {language: inner.text(language) for language in languages}
    for language, title in titles.items():
        if len(title) > LONGEST_TITLE:
            text = f"The title has {len(title)} characters."
            inner.problem(language, text, f"use at most {LONGEST_TITLE}.")
    inner.close()
    return titles
