"""The cities of a content folder: those offered as buttons, and the table of all others."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.catalog import cities
from bot.catalog.files import own_or_built_in
from bot.catalog.problems import Findings
from bot.catalog.sources import read_table
from bot.core.content import FALLBACK, City
from bot.errors import ContentError

TABLE, OFFERED = "cities.tsv.gz", "cities.toml"


def read_offers(
    folder: Path, languages: tuple[str, ...], findings: Findings
) -> Mapping[str, tuple[City, ...]]:
    """Return the offered cities by language, the likeliest first.

    Where a folder has no list of its own, a language that ours lacks gets the English one.
    """
    file = own_or_built_in(folder, OFFERED)
    before = len(findings.problems)
    if file.parent == folder:
        _check_kinds(file, languages, findings)
    if len(findings.problems) > before:
        return {}
    try:
        offers = cities.load_offers(file)
    except ContentError as error:
        findings.error(file, error)
        return {}
    return {one: offers[one if one in offers else FALLBACK] for one in languages}


def _check_kinds(file: Path, languages: tuple[str, ...], findings: Findings) -> None:
    """Note missing keys and values of a wrong kind, with their lines."""
    root = read_table(file, findings)
    if root is None:
        return
    order = root.table("order")
    if order is not None:
        for language in dict.fromkeys([*languages, *order.data]):
            order.texts(language)
    for city in root.tables("city"):
        for key in ("zone", *languages):
            city.text(key)
        city.close()
    root.close()


def city_finder(folder: Path) -> Callable[[str], tuple[City, ...]]:
    """Return the search of the folder's table, or of ours, which is read at the first question."""
    return cities.finder(own_or_built_in(folder, TABLE))


def check_table(folder: Path, findings: Findings) -> None:
    """Note what is wrong with the table of all cities; it takes 0.1 s, so a start leaves it out."""
    file = own_or_built_in(folder, TABLE)
    try:
        cities.load(file)
    except ContentError as error:
        findings.error(file, error)
