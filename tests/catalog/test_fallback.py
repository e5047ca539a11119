"""Another subject's folder need not repeat our buttons and questions; its own words come first."""

import shutil
from pathlib import Path

from bot.catalog.files import BUILT_IN
from bot.catalog.folder import load
from tests.catalog.editing.said import said
from tests.catalog.small import edit, problems


def test_texts_and_lines_that_a_folder_has_not_are_ours(folder: Path) -> None:
    content, ours = load(folder), load(BUILT_IN)

    assert content.texts["stale", "ru"] == ours.texts["stale", "ru"]
    assert content.texts["referral", "en"] != ours.texts["referral", "en"]
    assert content.phrases["ru"].say("nav.back") == ours.phrases["ru"].say("nav.back")
    assert content.phrases["en"].say("menu.home") == "Menu"


def test_a_folder_in_one_language_is_searched_and_checked_like_any_other(folder: Path) -> None:
    for file in [*folder.rglob("ru.*")]:
        file.unlink()
    edit(folder / "menu.toml", ', ru = "Основы"', "")

    assert said(folder) == []
    assert load(folder).languages == ("en",)


def test_a_text_of_ours_that_a_folder_begins_must_be_there_in_each_of_its_languages(
    folder: Path,
) -> None:
    shutil.copytree(BUILT_IN / "texts" / "stale", folder / "texts" / "stale")
    (folder / "texts/stale/ru.md").unlink()

    assert [(p.file, p.text) for p in problems(folder)] == [
        (str(folder / "texts/stale/ru.md"), "The file is missing.")
    ]


def test_lines_that_neither_has_in_a_language_are_listed(folder: Path) -> None:
    for file in [*folder.rglob("en.*")]:
        shutil.copy(file, file.with_stem("de"))
    lacking = {p.text for p in problems(folder) if p.file == str(folder / "ui/de.po")}

    assert "The key 'nav.back' is missing." in lacking
    assert "The key 'menu.home' is missing." not in lacking


def test_plural_rules_that_do_not_fit_our_lines_are_a_problem(folder: Path) -> None:
    edit(folder / "ui/en.po", "plural=(n != 1);", "plural=(n == 1);")

    (problem,) = problems(folder)
    assert problem.text.startswith("The Plural-Forms are others than in our file")
