"""The word lists of the finder; a folder without them finds a little worse, and that is all."""

from collections.abc import Mapping
from pathlib import Path

from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.catalog.tables import Table
from bot.core.search.lists import WordLists
from bot.core.wishes import AROUND, WISHES


def read_word_lists(
    folder: Path, languages: tuple[str, ...], findings: Findings
) -> Mapping[str, WordLists]:
    """Return the lists by language."""
    found: dict[str, WordLists] = {}
    for language in languages if folder.exists() else ():
        table = read_table(folder / f"{language}.toml", findings)
        if table is None:
            continue
        found[language] = WordLists(
            table.texts("idle"),
            table.texts("ours"),
            table.texts("weak"),
            table.texts("foreign"),
            _wishes(table.table("wishes")),
        )
        table.close()
    return found


def _wishes(table: Table | None) -> Mapping[str, tuple[str, ...]]:
    if table is None:
        return {}
    wishes = {name: table.texts(name) for name in (AROUND, *WISHES)}
    table.close()
    return wishes
