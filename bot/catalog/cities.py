"""Cities from the content folder: the large table to search, the short list to offer.

The table is made by ``deploy/build_cities.py`` from GeoNames data (CC BY 4.0).
"""

import gzip
import tomllib
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bot.catalog.zones import zone_names
from bot.core.cities import CityTable, Place
from bot.core.content import City
from bot.errors import ContentError

_COUNTRY_LINE = "#\t"
_FIELDS = 5
_COUNTRY_FIELDS = 4
_REMEDY = "make it anew with deploy/build_cities.py."


def load(path: Path) -> CityTable:
    """Return the table of ``cities.tsv.gz``; takes about 0.1 s.

    Raises:
        ContentError: The file is missing, damaged or names an unknown zone or country.
    """
    countries: dict[str, Mapping[str, str]] = {}
    places: list[Place] = []
    for number, line in enumerate(_lines(path), start=1):
        where = f"{path}:{number}"
        if line.startswith(_COUNTRY_LINE):
            countries |= _country(where, line)
        else:
            places.append(_place(where, line, countries))
    return CityTable(places, countries, zone_names())


def finder(path: Path) -> Callable[[str], tuple[City, ...]]:
    """Return ``CityTable.find`` of a table that is loaded at the first question, then kept."""
    table = cache(lambda: load(path))
    return lambda text: table().find(text)


def _lines(path: Path) -> list[str]:
    try:
        return gzip.decompress(path.read_bytes()).decode().splitlines() or [""]
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: cannot be read ({error}).", _REMEDY) from error


def _country(where: str, line: str) -> Mapping[str, Mapping[str, str]]:
    fields = line.split("\t")
    if len(fields) != _COUNTRY_FIELDS:
        raise ContentError(f"{where}: not a country with its names.", _REMEDY)
    _mark, code, english, russian = fields
    return {code: {"en": english, "ru": russian}}


def _place(where: str, line: str, countries: Mapping[str, object]) -> Place:
    fields = line.split("\t")
    if len(fields) != _FIELDS or fields[2] not in zone_names() or fields[3] not in countries:
        raise ContentError(f"{where}: not a city with a known zone and country.", _REMEDY)
    english, russian, zone, country, keys = fields
    return Place({"en": english, "ru": russian}, zone, country, tuple(keys.split("|")))


def load_offers(path: Path) -> Mapping[str, tuple[City, ...]]:
    """Return the cities of ``cities.toml`` offered as buttons, by language, likeliest first.

    Raises:
        ContentError: The file is missing or broken, or a city has no valid zone, no name in a
            language, or no place in a language's order.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path}: {error}.", "correct the file.") from error
    order, rows = table.get("order"), table.get("city")
    if not isinstance(order, dict) or not isinstance(rows, list):
        raise ContentError(f"{path}: no [order] or no [[city]].", "give the file both.")
    cities = {city.zone: city for city in (_offer(path, row, list(order)) for row in rows)}
    return MappingProxyType(
        {language: _ordered(path, language, zones, cities) for language, zones in order.items()}
    )


def _ordered(
    path: Path, language: str, zones: object, cities: Mapping[str, City]
) -> tuple[City, ...]:
    listed = zones if isinstance(zones, list) else []
    if len(listed) != len(cities) or set(listed) != set(cities):
        raise ContentError(
            f"{path}: order.{language} does not name each city's zone once.",
            "list exactly the zones of the [[city]] tables.",
        )
    return tuple(cities[zone] for zone in listed)


def _offer(path: Path, row: object, languages: list[str]) -> City:
    if not isinstance(row, dict):
        raise ContentError(f"{path}: each city must be a table.", "write [[city]] above it.")
    zone = row.get("zone")
    if not isinstance(zone, str) or zone not in zone_names():
        raise ContentError(f"{path}: '{zone}' is not a time zone.", "use an IANA zone name.")
    names = {language: row.get(language) for language in languages}
    missing = [language for language, name in names.items() if not isinstance(name, str)]
    if missing:
        raise ContentError(f"{path}: {zone} has no '{missing[0]}' name.", "add it.")
    return City(names={language: str(name) for language, name in names.items()}, zone=zone)
