"""The word lists of the finder; a folder without them finds a little worse, and that is all."""

from collections.abc import Mapping
from pathlib import Path

from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.core.search.lists import WordLists


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
            *(table.texts(name) for name in ("idle", "ours", "weak", "foreign"))
        )
        table.close()
    return found
