"""A search word that does not lead to its answer is a warning with its line."""

from pathlib import Path

from tests.catalog.editing.said import said
from tests.catalog.small import edit

LISTS = """idle = ["the"]
ours = ["back"]
weak = ["day"]
foreign = ["car"]

[wishes]
"""
WISHES = ("around", "menu", "reminders", "breaks", "time", "pause", "exercises", "settings")
MORE = ("help", "stop", "delete", "greeting", "thanks")


def with_lists(folder: Path) -> None:
    (folder / "finder").mkdir()
    wishes = "".join(f'{name} = ["please {name}"]\n' for name in (*WISHES, *MORE))
    for language in ("en", "ru"):
        (folder / "finder" / f"{language}.toml").write_text(LISTS + wishes, "utf-8")


def test_a_word_that_leads_to_no_answer_is_warned_of_at_its_line(folder: Path) -> None:
    edit(
        folder / "faq/heat/en.md", '["one", "two words"]', '[\n    "one", "two words",\n    "5",\n]'
    )

    assert said(folder) == [
        "faq/heat/en.md:6: warning: The search word '5' does not lead to this answer."
    ]


def test_a_word_that_needs_others_beside_it_by_our_own_lists_is_fine(folder: Path) -> None:
    with_lists(folder)
    edit(folder / "faq/heat/en.md", '"one"', '"one", "day"')

    assert said(folder) == []


def test_a_word_that_is_found_beside_one_of_our_subject_is_fine(folder: Path) -> None:
    with_lists(folder)
    edit(folder / "finder/en.toml", '["car"]', '["car", "one"]')

    assert said(folder) == []


def test_a_language_with_far_fewer_search_words_than_another_is_warned_of(folder: Path) -> None:
    many = ", ".join(f'"word{letter}"' for letter in "abcdefg")
    edit(folder / "faq/heat/ru.md", '"one", "two words"', many)

    assert "faq/heat/en.md:4: warning: There are 2 search words; another language has 7." in said(
        folder
    )
