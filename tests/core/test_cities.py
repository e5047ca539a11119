"""Cities that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cities import CityTable, Place, fold, hours_from_utc

COUNTRIES = {
    "DE": {"en": "Germany", "ru": "Германия"},
    "GB": {"en": "United Kingdom", "ru": "Великобритания"},
    "RU": {"en": "Russia", "ru": "Россия"},
    "US": {"en": "United States", "ru": "США"},
    "CN": {"en": "China", "ru": "Китай"},
}


def place(en: str, ru: str, zone: str, country: str, *others: str) -> Place:
    return Place({"en": en, "ru": ru}, zone, country, (fold(en), fold(ru), *others))


PLACES = [
    place("Moscow", "Москва", "Europe/Moscow", "RU", "moskva"),
    place("Berlin", "Берлин", "Europe/Berlin", "DE"),
    place("Kazan", "Казань", "Europe/Moscow", "RU"),
    place("Suzhou", "Сучжоу", "Asia/Shanghai", "CN"),
    place("Birmingham", "Бирмингем", "Europe/London", "GB"),
    place("Cologne", "Кёльн", "Europe/Berlin", "DE", "koln"),
    place("Suzhou", "Сучжоу", "Asia/Shanghai", "CN"),
    place("Birmingham", "Бирмингем", "America/Chicago", "US"),
    place("Sheremetyevo", "Шереметьево", "Europe/Moscow", "RU", "moscow west"),
    place("New York", "Нью-Йорк", "America/New_York", "US", "berlin on hudson", "kazan"),
    place("Springfield", "Спрингфилд", "America/Chicago", "US"),
    place("Springfield", "Спрингфилд", "America/New_York", "US"),
    *(place(f"Newtown {n}", f"Новоград {n}", "Europe/London", "GB") for n in "abcdefg"),
]
TABLE = CityTable(PLACES, COUNTRIES, ["Europe/Berlin", "UTC"])


def named(text: str) -> list[str]:
    return [city.names["en"] for city in TABLE.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Berlin",
        "  BERLIN! ",
        "Берлин",
        "в Берлине",
        "я живу в Берлине",
        "I live in Berlin",
        "из Берлина",
        "Berlin, Germany",
        "Берлин, Россия?",
    ],
)
def test_a_city_is_found_however_it_is_said(text: str) -> None:
    assert named(text) == ["Berlin, Germany"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("в Москве", "Moscow, Russia"),
        ("из Москвы", "Moscow, Russia"),
        ("Казани", "Kazan, Russia"),
        ("в Москву", "Moscow, Russia"),
    ],
)
def test_russian_case_endings_lead_to_the_city(text: str, found: str) -> None:
    assert named(text) == [found]


@pytest.mark.parametrize("text", ["кельн", "Кёльн", "köln", "koln", "Cologne"])
def test_accents_and_two_dots_make_no_difference(text: str) -> None:
    assert named(text) == ["Cologne, Germany"]


@pytest.mark.parametrize("text", ["нью йорк", "Нью-Йорк", "new-york", "New York"])
def test_hyphens_and_spaces_make_no_difference(text: str) -> None:
    assert named(text) == ["New York, United States"]


def test_a_name_in_two_countries_gives_both_with_the_country() -> None:
    found = TABLE.find("Birmingham")
    assert [city.names["ru"] for city in found] == ["Бирмингем, Великобритания", "Бирмингем, США"]
    assert [city.zone for city in found] == ["Europe/London", "America/Chicago"]


@pytest.mark.parametrize("text", ["Birmingham, US", "Birmingham, united states", "Бирмингем, США"])
def test_a_country_after_the_comma_chooses(text: str) -> None:
    assert named(text) == ["Birmingham, United States"]


def test_a_name_twice_in_one_zone_is_shown_once() -> None:
    assert named("Suzhou") == ["Suzhou, China"]


def test_a_name_twice_in_one_country_carries_its_zone() -> None:
    assert named("Springfield") == [
        "Springfield, United States (America/Chicago)",
        "Springfield, United States (America/New_York)",
    ]


@pytest.mark.parametrize(
    ("text", "hours"),
    [("UTC+3", 3), ("gmt -5", -5), ("UTC+03:00", 3), ("UTC", None), ("Berlin", None)],
)
def test_hours_from_utc_are_read(text: str, hours: int | None) -> None:
    assert hours_from_utc(text) == hours


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Germany", ["Berlin, Germany"]),
        ("Китай", ["Suzhou, China"]),
        ("United States", ["Birmingham, United States", "New York, United States"]),
    ],
)
def test_a_country_alone_gives_the_largest_city_of_each_of_its_zones(
    text: str, found: list[str]
) -> None:
    assert named(text) == found


def test_a_proper_name_goes_before_another_city_s_by_name() -> None:
    assert named("Kazan") == ["Kazan, Russia"]
    assert named("moskva") == ["Moscow, Russia"]


def test_a_beginning_finds_own_names_before_by_names() -> None:
    assert named("berl") == ["Berlin, Germany", "New York, United States"]
    assert named("Mosc") == ["Moscow, Russia", "Sheremetyevo, Russia"]


def test_at_most_five_cities_are_offered_largest_first() -> None:
    assert named("Newto") == [f"Newtown {n}, United Kingdom" for n in "abcde"]


@pytest.mark.parametrize("text", ["Berln", "Beerlin", "Bergin", "Belrin", "Бирлин"])
def test_one_typo_is_forgiven(text: str) -> None:
    assert named(text) == ["Berlin, Germany"]


@pytest.mark.parametrize("text", ["", "?", "be", "kzan", "Bexxin", "7:30", "in", "я", "x" * 200])
def test_what_is_no_city_finds_nothing(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(("text", "zone"), [("europe/berlin", "Europe/Berlin"), (" UTC ", "UTC")])
def test_names_of_zones_are_accepted(text: str, zone: str) -> None:
    (city,) = TABLE.find(text)
    assert (city.zone, city.names["ru"]) == (zone, zone)


@given(text=st.text())
def test_no_text_makes_the_search_fail_or_offer_too_much(text: str) -> None:
    assert len(TABLE.find(text)) <= 5


@given(text=st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
