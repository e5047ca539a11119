"""Words that no text may say are content: a list with examples, tried as triage examples are."""

from pathlib import Path

import pytest

from bot.catalog.editing.policy import Rule, read_policies
from bot.catalog.files import BUILT_IN
from bot.catalog.problems import Findings
from tests.catalog.editing.said import said
from tests.catalog.small import edit

RULE = """[[rule]]
id = "promises"
fix = "say how sure it is."
words = ["always"]
caught = ["It always helps."]
passes = ["It may help."]
"""


def rule(*words: str, signs: tuple[str, ...] = (), unless: tuple[str, ...] = ()) -> Rule:
    return Rule("a", "b", words, signs, unless)


@pytest.mark.parametrize(
    ("words", "text", "hits"),
    [
        ("always", "Always, ALWAYS; hallways", ["always", "always"]),
        ("guarantee*", "We guaranteed it.", ["guaranteed"]),
        ("*вылеч*", "Не вылечит и не излечивает", ["вылечит"]),
        ("# mg", "Take 400 mg or 2.5\nmg or a mg", ["400 mg", "2.5\nmg"]),
        ("#mg", "Take 400mg", ["400mg"]),
        ("no-spa", "No-Spa, noXspa", ["no-spa"]),
        ("100%", "a 100% way, 1100%", ["100%"]),
        ("смещени* позвон*", "смещение позвонков", ["смещение позвонков"]),
    ],
)
def test_a_word_is_found_in_any_case_with_the_endings_it_allows(
    words: str, text: str, hits: list[str]
) -> None:
    assert list(rule(words).hits(text)) == hits


def test_a_sign_stands_for_itself_letter_by_letter() -> None:
    assert list(rule(signs=(" ,", "  ", "$")).hits("A , b.  C costs $5")) == [" ,", "  ", "$"]


def test_a_phrase_in_which_the_words_are_fine_is_passed_over() -> None:
    diagnosis = rule("you have a hernia", unless=("if you have",))

    assert list(diagnosis.hits("Ask first if you have a hernia.")) == []
    assert list(diagnosis.hits("You have a hernia.")) == ["you have a hernia"]


def own(folder: Path, text: str = RULE) -> Path:
    (folder / "policy").mkdir()
    for language in ("en", "ru"):
        (folder / "policy" / f"{language}.toml").write_text(text, "utf-8")
    return folder


def test_a_folder_with_a_policy_is_held_against_it_and_one_without_against_ours(
    folder: Path,
) -> None:
    edit(folder / "faq/heat/en.md", "Use **warmth**.", "Warmth is *always* fine.\n\nTake aspirin.")
    ours = said(folder)
    assert [line.partition(" Fix:")[0] for line in ours] == [
        "faq/heat/en.md:6: Here stands 'always' (policy: promises).",
        "faq/heat/en.md:8: Here stands 'aspirin' (policy: brands).",
    ]
    own(folder)
    assert said(folder) == [
        "faq/heat/en.md:6: Here stands 'always' (policy: promises). Fix: say how sure it is."
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("It always helps", "It never helps", 5, "Rule 'promises' should catch"),
        ('passes = ["It may', 'passes = ["It always', 6, "should let 'It always help.' pass"),
        ('words = ["always"]\n', "", 1, "The rule has neither words nor signs."),
        ('words = ["always"]', 'signs = [""]', 4, "'signs' is not a list of texts."),
        ('words = ["always"]', "signs = 1", 4, "'signs' is not a list of texts."),
        ('words = ["always"]', 'word = ["always"]', 4, "Unknown key 'word'."),
        ('fix = "say how sure it is."\n', "", 1, "The key 'fix' is missing."),
        ("[[rule]]", "[reading]\ngrade = -1\n\n[[rule]]", 2, "'grade' is not a number from 0"),
        ("[[rule]]", "[reading]\ngrades = 1\n\n[[rule]]", 2, "Unknown key 'grades'."),
        ("[[rule]]", "reading = 1\n\n[[rule]]", 1, "'reading' is not a table."),
        ("[[rule]]", "[[rule", 1, "This is not TOML"),
        (RULE, f"{RULE}\n{RULE}", 9, "The rule 'promises' stands here twice."),
    ],
)
def test_a_slip_in_a_policy_is_a_problem_with_its_line(
    folder: Path, old: str, new: str, line: int, text: str
) -> None:
    assert old in RULE
    own(folder, RULE.replace(old, new))
    lines = said(folder)

    assert any(one.startswith(f"policy/en.toml:{line}: ") and text in one for one in lines), lines


def test_a_folder_with_a_policy_needs_one_for_each_of_its_languages(folder: Path) -> None:
    own(folder)
    (folder / "policy" / "ru.toml").unlink()

    assert said(folder) == ["policy/ru.toml:1: The file is missing. Fix: add it."]


def test_a_language_that_our_policy_does_not_know_is_held_against_none() -> None:
    findings = Findings()
    policies = read_policies(Path("nowhere"), ("de", "en"), findings)

    assert (list(policies), findings.all) == (["en"], [])
    assert (BUILT_IN / "policy" / "en.toml").exists()
