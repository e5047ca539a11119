"""The city table that we ship, and what becomes of a broken one."""

import gzip
from pathlib import Path

import pytest

from bot.catalog.cities import finder, load, load_offers
from bot.catalog.zones import zone_names
from bot.core.cities import CityTable, fold
from bot.errors import ContentError

CONTENT = Path(__file__).parents[2] / "content"
FILE = CONTENT / "cities.tsv.gz"
OFFERS = CONTENT / "cities.toml"
COUNTRY = "#\tDE\tGermany\tГермания\n"


@pytest.fixture(scope="module")
def table() -> CityTable:
    return load(FILE)


def lines() -> list[list[str]]:
    rows = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    return [row.split("\t") for row in rows if not row.startswith("#")]


def written(folder: Path, text: str) -> Path:
    path = folder / "cities.tsv.gz"
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_every_city_has_a_zone_that_the_package_knows() -> None:
    assert {zone for _en, _ru, zone, _country, _keys in lines()} <= zone_names()


def test_every_city_answers_to_its_own_folded_names() -> None:
    for english, russian, _zone, _country, keys in lines():
        assert {fold(english), fold(russian)} <= set(keys.split("|"))


def test_cities_named_after_every_zone_of_a_country_are_there() -> None:
    assert {"Europe/Berlin", "America/Nuuk", "Antarctica/Troll", "Pacific/Chatham"} <= {
        row[2] for row in lines()
    }


@pytest.mark.parametrize(
    ("typed", "zone", "russian"),
    [
        ("Berlin", "Europe/Berlin", "Берлин, Германия"),
        ("в Москве", "Europe/Moscow", "Москва, Россия"),
        ("спб", "Europe/Moscow", "Санкт-Петербург, Россия"),
        ("Нью Йорк", "America/New_York", "Нью-Йорк, США"),
        ("kiev", "Europe/Kyiv", "Киев, Украина"),
        ("Алма-Ата", "Asia/Almaty", "Алматы, Казахстан"),
        ("Tiflis", "Asia/Tbilisi", "Тбилиси, Грузия"),
        ("Ереван", "Asia/Yerevan", "Ереван, Армения"),
        ("ташкент", "Asia/Tashkent", "Ташкент, Узбекистан"),
        ("Баку", "Asia/Baku", "Баку, Азербайджан"),
        ("рига", "Europe/Riga", "Рига, Латвия"),
        ("Минск", "Europe/Minsk", "Минск, Беларусь"),
        ("Koln", "Europe/Berlin", "Кёльн, Германия"),
        ("Лондн", "Europe/London", "Лондон, Великобритания"),
        ("Ростов", "Europe/Moscow", "Ростов-на-Дону, Россия"),
        ("frankfurt", "Europe/Berlin", "Франкфурт-на-Майне, Германия"),
    ],
)
def test_likely_cities_come_first_under_their_usual_name(
    table: CityTable, typed: str, zone: str, russian: str
) -> None:
    best = table.find(typed)[0]
    assert (best.zone, best.names["ru"]) == (zone, russian)


@pytest.mark.parametrize("typed", ["Birmingham", "San Jose", "London", "Springfield"])
def test_cities_of_one_name_are_offered_with_their_country(table: CityTable, typed: str) -> None:
    found = table.find(typed)
    assert len({city.names["en"] for city in found}) == len(found) > 1
    assert all(", " in city.names["en"] for city in found)


def test_the_table_is_read_at_the_first_question_and_once(tmp_path: Path) -> None:
    path = tmp_path / "cities.tsv.gz"
    find = finder(path)
    path.write_bytes(FILE.read_bytes())
    first = find("Berlin")
    path.unlink()
    assert find("Berlin") == first


@pytest.mark.parametrize(
    "line",
    [
        "Berlin\tБерлин\tEurope/Berlin\tDE",
        "Berlin\tБерлин\tMars/Olympus\tDE\tberlin",
        "Berlin\tБерлин\tEurope/Berlin\tXX\tberlin",
    ],
)
def test_a_broken_line_is_named_by_file_and_number(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, COUNTRY + line)
    with pytest.raises(ContentError, match=r"cities\.tsv\.gz:2: not a city"):
        load(path)


def test_a_broken_country_line_is_named_too(tmp_path: Path) -> None:
    path = written(tmp_path, "#\tDE\n")
    with pytest.raises(ContentError, match=r"cities\.tsv\.gz:1: not a country"):
        load(path)


@pytest.mark.parametrize(
    "damaged",
    [b"", b"no gzip", FILE.read_bytes()[:5000], gzip.compress(b"\xff")],
    ids=["empty", "foreign", "cut", "bytes"],
)
def test_a_damaged_table_is_refused_readably(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "cities.tsv.gz"
    path.write_bytes(damaged)
    with pytest.raises(ContentError, match="Fix: make it anew"):
        load(path)


def test_a_missing_table_is_refused_readably(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        load(tmp_path / "cities.tsv.gz")


def test_the_same_cities_are_offered_in_both_languages() -> None:
    offers = load_offers(OFFERS)
    assert set(offers) == {"en", "ru"}
    assert {city.zone for city in offers["en"]} == {city.zone for city in offers["ru"]}
    assert len(offers["en"]) >= 21


@pytest.mark.parametrize(("language", "first"), [("en", "London"), ("ru", "Москва")])
def test_berlin_is_on_the_first_page_and_the_likeliest_city_leads(
    language: str, first: str
) -> None:
    offered = load_offers(OFFERS)[language]
    assert offered[0].names[language] == first
    assert "Europe/Berlin" in [city.zone for city in offered[:6]]


CITY = '[[city]]\nzone = "Europe/Berlin"\nen = "Berlin"\n'
ORDER = '[order]\nen = ["Europe/Berlin"]\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[order", "correct the file"),
        (CITY, "no .order. or no"),
        (ORDER, "no .order. or no"),
        ("city = [1]\n" + ORDER, "must be a table"),
        (ORDER + '[[city]]\nzone = ""\nen = "Berlin"\n', "is not a time zone"),
        (ORDER + '[[city]]\nzone = ["UTC"]\nen = "Berlin"\n', "is not a time zone"),
        (ORDER + '[[city]]\nzone = "Europe/Berlin"\n', "has no 'en' name"),
        (ORDER + '[[city]]\nzone = "Europe/Berlin"\nen = 7\n', "has no 'en' name"),
        ('[order]\nen = ["UTC"]\n' + CITY, "order.en does not name each"),
        ("[order]\nen = 5\n" + CITY, "order.en does not name each"),
        ("[order]\nen = [5]\n" + CITY, "order.en does not name each"),
    ],
)
def test_a_broken_list_of_offers_is_refused_readably(
    tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "cities.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=problem):
        load_offers(path)


def test_a_missing_list_of_offers_is_refused_readably(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"cities\.toml"):
        load_offers(tmp_path / "cities.toml")
