"""Which city a person means by what they typed. Pure: the table comes in from outside."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from bot.core.content import City

MOST = 5
_LONGEST = 80
_SHORTEST_PREFIX = 3
_SHORTEST_TYPO = 5
_LATIN = "abcdefghijklmnopqrstuvwxyz "
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя "
_LETTERS = str.maketrans("łøđıæœ", "lodiao")
_LEAD = re.compile(
    r"^(?:(?:i|im|am|live|in|from|near|the|city|of|town|я|мы|живу|живем|в|во|из|около|город|г) )+"
)
_HOURS = re.compile(r"(?:utc|gmt) ?([+\-−–]) ?(\d\d?)(?::00)?")
# "в Берлине", "в Москве", "в Казани", "из Сиднея": the end as written, the ends of the name
_ENDINGS: Mapping[str, Sequence[str]] = {
    "е": ("", "а", "я", "й"),
    "и": ("ь", "я"),
    "ы": ("а",),
    "у": ("а",),
    "а": ("",),
    "я": ("й", "ь"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A city of the table.

    Attributes:
        names: By language, as shown, without the country.
        zone: IANA name.
        country: ISO code.
        keys: Folded names that it answers to.
    """

    names: Mapping[str, str]
    zone: str
    country: str
    keys: tuple[str, ...]


def fold(name: str) -> str:
    """Return a name as it is searched for: small letters, no accents, hyphens or dots."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("й", "\0")
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("\0", "й")
    plain = re.sub(r"['’`ʼ]", "", plain.translate(_LETTERS))
    return " ".join(re.sub(r"[^\w]+|_", " ", plain).split())


class CityTable:
    """Finds cities by typed names; read-only."""

    def __init__(
        self,
        places: Sequence[Place],
        countries: Mapping[str, Mapping[str, str]],
        zones: Iterable[str],
    ) -> None:
        """Take the places, most people first, the country names by code and language, the zones."""
        self._places = places
        self._countries = countries
        self._zones = {name.casefold(): name for name in zones}
        self._codes = {
            fold(name): code
            for code, names in countries.items()
            for name in (code, *names.values())
        }
        self._by_name: dict[str, list[int]] = {}
        for index, place in enumerate(places):
            for key in place.keys:
                self._by_name.setdefault(key, []).append(index)
        self._sorted = sorted(self._by_name)

    def find(self, text: str) -> tuple[City, ...]:
        """Return the cities that ``text`` may mean, best first, at most 5; none: unknown.

        Names are Latin or Cyrillic, in any case, whole, begun or with one typo; an IANA name
        ("Europe/Berlin", "UTC") is its zone. Each city's name carries its country, and its zone
        too where the name and the country alone would be the same twice.
        """
        if len(text) > _LONGEST:
            return ()
        if name := self._zones.get(text.strip().casefold()):
            return (City(names={"en": name, "ru": name}, zone=name),)
        name, comma, country = text.partition(",")
        name = _LEAD.sub("", fold(name) + " ").strip()
        found = (
            self._named(name) or self._capital(name) or self._begun(name) or self._mistyped(name)
        )
        return self._cities(self._within(found, fold(country)) if comma else found)

    def _named(self, name: str) -> list[int]:
        """Return the places of exactly this name, or of this name in another case."""
        for form in (name, *_base_forms(name)):
            if found := self._by_name.get(form):
                return self._own_name_first(found, form)
        return []

    def _capital(self, name: str) -> list[int]:
        """Return the largest city of each zone of the country of this name."""
        code = self._codes.get(name) if len(name) > len("US") else None
        largest: dict[str, int] = {}
        for index, place in enumerate(self._places if code else ()):
            if place.country == code:
                largest.setdefault(place.zone, index)
        return list(largest.values())

    def _own_name_first(self, found: list[int], name: str) -> list[int]:
        """Leave out cities of which this is a by-name if it is the proper name of others."""
        proper = [i for i in found if name in map(fold, self._places[i].names.values())]
        return proper or found

    def _begun(self, start: str) -> list[int]:
        if len(start) < _SHORTEST_PREFIX:
            return []
        later = islice(self._sorted, bisect_left(self._sorted, start), None)
        names = takewhile(lambda name: name.startswith(start), later)
        found = {index for name in names for index in self._by_name[name]}
        return sorted(found, key=lambda i: (not self._own_name_begins(i, start), i))

    def _own_name_begins(self, index: int, start: str) -> bool:
        return any(fold(name).startswith(start) for name in self._places[index].names.values())

    def _mistyped(self, name: str) -> list[int]:
        if len(name) < _SHORTEST_TYPO:
            return []
        near = (self._by_name.get(other, ()) for other in _one_edit_away(name))
        return sorted({index for found in near for index in found})

    def _within(self, found: list[int], country: str) -> list[int]:
        """Return those in the country, if it names one in which any of them lies."""
        code = self._codes.get(country)
        return [i for i in found if self._places[i].country == code] or found

    def _cities(self, found: list[int]) -> tuple[City, ...]:
        places: dict[tuple[str, str], Place] = {}
        for index in found:
            place = self._places[index]
            places.setdefault((self._label(place, "en"), place.zone), place)
            if len(places) == MOST:
                break
        labels = [label for label, _ in places]
        return tuple(
            self._labelled(place, twice=labels.count(label) > 1)
            for (label, _), place in places.items()
        )

    def _labelled(self, place: Place, *, twice: bool) -> City:
        note = f" ({place.zone})" if twice else ""
        names = {language: self._label(place, language) + note for language in place.names}
        return City(names=names, zone=place.zone)

    def _label(self, place: Place, language: str) -> str:
        return f"{place.names[language]}, {self._countries[place.country][language]}"


def hours_from_utc(text: str) -> int | None:
    """Return the hours in "UTC+3" or "GMT -5"; None: the text is nothing of the kind."""
    found = _HOURS.fullmatch(text.strip().casefold())
    if found is None:
        return None
    return int(found[2]) if found[1] == "+" else -int(found[2])


def _base_forms(name: str) -> Iterator[str]:
    """Yield what a Russian name may be in its first case: "берлине" -> "берлин"."""
    for end in _ENDINGS.get(name[-1:], ()):
        yield name[:-1] + end


def _one_edit_away(name: str) -> Iterator[str]:
    """Yield every name that one letter more, less, other or swapped makes of this one."""
    letters = _LATIN if name.isascii() else _CYRILLIC
    for at in range(len(name) + 1):
        head, tail = name[:at], name[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in letters:
            yield head + letter + tail
            yield head + letter + tail[1:]
