"""How hard a text is to read is a finding with a line, and what an editor can do."""

from pathlib import Path

import pytest

from tests.catalog.editing.said import said
from tests.catalog.small import edit

LIMITS = """[reading]
{limits}

[[rule]]
id = "promises"
fix = "say how sure it is."
words = ["always"]
caught = ["It always helps."]
passes = ["It may help."]
"""
HARD = (
    "Physiotherapeutic rehabilitation necessitates individually personalised recommendations " * 2
)
LONG = "one two three four five six " * 3


@pytest.mark.parametrize(
    ("limits", "words", "problem"),
    [
        ("hardest_grade = 9", HARD, "This text is hard to read: school year "),
        ("grade = 7", HARD, "The texts of this language are hard to read: school year "),
        ("longest_mean = 15", LONG, "This text is hard to read: words in a sentence 18.0."),
        (
            "sentence = 5",
            LONG,
            "The texts of this language are hard to read: words in a sentence 18.0 on average.",
        ),
        ("longest_sentence = 17", f"A short one.\n\n{LONG}", "A sentence has 18 words."),
    ],
)
def test_a_text_over_a_limit_of_reading_is_a_problem(
    folder: Path, limits: str, words: str, problem: str
) -> None:
    (folder / "policy").mkdir()
    for language, limit in (("en", limits), ("ru", "")):
        text = LIMITS.format(limits=limit)
        (folder / "policy" / f"{language}.toml").write_text(text, "utf-8")
    assert said(folder) == []

    edit(folder / "faq/heat/en.md", "Use **warmth**.", f"{words.strip()}.")
    (line,) = said(folder)
    assert problem in line
    assert line.startswith("faq/heat/en.md:8: " if "A short" in words else "faq/heat/en.md:1: ")
    assert f": at most {limits.rpartition(' ')[2]}." in line


def test_a_text_of_a_few_words_says_nothing_about_how_it_reads(folder: Path) -> None:
    edit(folder / "faq/heat/en.md", "Use **warmth**.", "Physiotherapeutic rehabilitation.")

    assert said(folder) == []
