"""A folder without a mistake becomes frozen core types, whole."""

import sys
from pathlib import Path

import pytest

from bot.catalog.files import BUILT_IN
from bot.catalog.folder import examine, load
from bot.core.content import Source, help_text
from bot.core.text import Span, Text
from tests.catalog.small import edit, problems, review


def test_an_entry_has_its_sources_articles_first(folder: Path) -> None:
    entry = load(folder).entries["heat"]
    assert entry.sources == (
        Source("A1", "An article", "https://example.org/a"),
        Source("G1", "A guideline", ""),
    )
    assert (entry.topic, entry.help, entry.related) == ("basics", "H-BACK", ("rest",))


def test_an_entry_has_a_wording_for_each_language(folder: Path) -> None:
    wording = load(folder).entries["heat"].wording
    assert list(wording) == ["en", "ru"]
    assert wording["en"].keywords == ("one", "two words")
    assert wording["en"].body == (Text("Use warmth.", (Span(4, 6, "bold"),)),)


def test_a_planned_entry_has_no_body(folder: Path) -> None:
    entry = load(folder).entries["rest"]
    assert (entry.status, entry.wording["ru"].body) == ("planned", ())


def test_a_reviewed_entry_names_its_reviewer_and_the_day(folder: Path) -> None:
    review(folder, "heat")
    entry = load(folder).entries["heat"]
    assert (entry.reviewer, entry.reviewed) == ("N. N., physiotherapist", "2026-01-02")
    assert not any("heat" in str(warning) for warning in examine(folder))


def test_topics_keep_the_order_of_the_menu(folder: Path) -> None:
    (topic,) = load(folder).topics
    assert (topic.id, topic.titles["ru"], topic.entries) == ("basics", "Основы", ("rest", "heat"))


def test_texts_and_reminders_are_found_by_name_and_language(folder: Path) -> None:
    content = load(folder)
    assert content.languages == ("en", "ru")
    assert content.texts["referral", "en"] == (Text("Call {emergency_number}."),)
    assert content.reminders["break", "ru"][2] == "Line number 2."


@pytest.mark.parametrize(
    ("n", "line"), [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день")]
)
def test_russian_plurals_are_right(folder: Path, n: int, line: str) -> None:
    assert load(folder).phrases["ru"].count("streak.days", n) == line


def test_a_line_without_plural_is_said_as_it_is(folder: Path) -> None:
    assert load(folder).phrases["en"].say("menu.home") == "Menu"


def test_a_number_with_two_agreeing_sources_is_shown(folder: Path) -> None:
    assert load(folder).numbers == {"DE": "112"}


def test_a_number_whose_sources_are_one_site_is_not_shown(folder: Path) -> None:
    edit(folder / "emergency-numbers.toml", "https://two.example/112", "https://one.example/2")
    assert load(folder).numbers == {}
    assert any("needs two public sources" in str(found) for found in examine(folder))


def test_another_subjects_folder_falls_back_to_the_built_in_numbers(folder: Path) -> None:
    (folder / "emergency-numbers.toml").unlink()
    assert load(folder).numbers == load(BUILT_IN).numbers


def test_a_zone_has_its_country(folder: Path) -> None:
    assert load(folder).zone_country["Europe/Berlin"] == "DE"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(folder: Path) -> None:
    before = load(folder).entries
    for file in folder.rglob("*.*"):
        if file.suffix != ".gz" and file.parent.name != "triage":
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert problems(folder) == []
    assert load(folder).entries == before


def test_a_planned_and_an_unreviewed_entry_are_warned_of(folder: Path) -> None:
    heat, rest = map(str, examine(folder))
    assert heat.startswith(f"{folder}/faq/heat/entry.toml:7: warning: No clinician has reviewed")
    assert rest.startswith(f"{folder}/faq/rest/entry.toml:7: warning: This entry is planned")


def test_each_help_code_has_its_text_and_the_urgent_one_is_the_referral() -> None:
    assert (help_text("H-NECK"), help_text("H-URG")) == ("help-neck", "referral")


def test_deep_nesting_in_a_file_is_a_problem_and_no_crash(folder: Path) -> None:
    (folder / "menu.toml").write_text("a = " + "[" * 2 * sys.getrecursionlimit(), "utf-8")
    assert [p.line for p in problems(folder) if p.file.endswith("menu.toml")] == [1]


def test_offered_cities_come_in_each_languages_own_order(folder: Path) -> None:
    content = load(folder)
    assert content.cities["en"][0].names["en"] == "London"
    assert content.cities["ru"][0].zone == "Europe/Moscow"


def test_a_typed_city_is_found(folder: Path) -> None:
    assert load(folder).find_zone("Берлин")[0].zone == "Europe/Berlin"
