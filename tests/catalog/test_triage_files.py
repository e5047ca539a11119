import csv
from functools import cache
from pathlib import Path

import pytest

from bot.catalog.stems import stemmers
from bot.catalog.triage import load_lexicons
from bot.core.triage.examples import failing_examples
from bot.core.triage.screener import Screener
from bot.core.triage.verdict import Urgency
from bot.errors import ContentError

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content" / "triage"
SMALL = """
[categories.breathing]
urgency = "emergency"
source = "U"

[concepts]
AIR = ["air", "breath"]

[[rule]]
id = "no-air"
category = "breathing"
near = [["AIR"], ["cannot"]]
fires = ["I cannot get air"]
silent = ["fresh air"]
"""


@cache
def screener() -> Screener:
    return Screener(load_lexicons(CONTENT), stemmers())


def taught(language: str, label: str, name: str = "dev") -> list[dict[str, str]]:
    """Return labelled messages that taught the rules: a floor that holds, not a score."""
    path = ROOT / "tests" / "data" / "triage" / f"{name}-{language}.tsv"
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["label"] == label]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_acute_message_that_taught_the_rules_is_referred(language: str) -> None:
    missed = [
        r["text"] for r in taught(language, "acute") if not screener().screen(r["text"]).referral
    ]

    assert missed == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_plain_words_for_an_acute_symptom_are_referred_and_ordinary_aches_are_not(
    language: str,
) -> None:
    acute, benign = (taught(language, label, "asked") for label in ("acute", "benign"))
    found = sum(screener().screen(row["text"]).referral for row in acute)
    alarms = sum(screener().screen(row["text"]).referral for row in benign)

    assert found >= 0.998 * len(acute)
    assert alarms <= 0.015 * len(benign)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_acute_message_is_softened(language: str) -> None:
    verdicts = {r["text"]: screener().screen(r["text"]) for r in taught(language, "acute")}

    assert [text for text, v in verdicts.items() if v.urgency is Urgency.NONE] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_at_most_one_benign_message_in_twenty_is_referred(language: str) -> None:
    benign = taught(language, "benign")
    referred = [r["text"] for r in benign if screener().screen(r["text"]).referral]

    assert len(referred) <= len(benign) * 0.05


@pytest.mark.parametrize(
    "text", ["my legs went numb and I cannot pee", "Suddenly both my legs are numb"]
)
def test_numb_legs_are_an_emergency(text: str) -> None:
    assert screener().screen(text).urgency is Urgency.EMERGENCY


def test_every_example_in_the_lexicons_does_what_its_rule_says() -> None:
    assert failing_examples(load_lexicons(CONTENT), screener()) == []


def test_both_languages_know_the_same_categories_with_the_same_urgency() -> None:
    lexicons = load_lexicons(CONTENT)

    assert lexicons["en"].categories == lexicons["ru"].categories
    assert len(lexicons["en"].categories) == 17


def written(folder: Path, text: str) -> Path:
    (folder / "en.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_file_becomes_a_lexicon_named_after_it(tmp_path: Path) -> None:
    lexicon = load_lexicons(written(tmp_path, SMALL))["en"]

    assert lexicon.language == "en"
    assert lexicon.rules[0].within == (6,)
    assert lexicon.concepts["AIR"] == ("air", "breath")


def test_each_distance_of_a_rule_can_be_set(tmp_path: Path) -> None:
    three = SMALL.replace('["cannot"]]', '["cannot"], ["now"]]\nwithin = [2, 9]\nin_order = true')
    rule = load_lexicons(written(tmp_path, three))["en"].rules[0]

    assert rule.within == (2, 9)
    assert rule.in_order


def test_examples_that_do_not_do_what_their_rule_says_are_listed(tmp_path: Path) -> None:
    swapped = (
        SMALL.replace("fires =", "x =").replace("silent =", "fires =").replace("x =", "silent =")
    )
    lexicons = load_lexicons(written(tmp_path, swapped))

    failing = failing_examples(lexicons, Screener(lexicons, stemmers()))

    assert [(item.text, item.fires) for item in failing] == [
        ("fresh air", True),
        ("I cannot get air", False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('urgency = "emergency"', 'urgency = "soon"', 2, "category breathing has no urgency"),
        ('source = "U"', 'sauce = "U"', 4, "sauce is not known"),
        ("[concepts]", "[concept]", 6, "concept is not known"),
        ("[concepts]", "[[concepts]]", 6, "concepts is not a table"),
        ("AIR = [", "Air = [", 7, "Air is no name for a concept"),
        ('"breath"', '"Breath"', 7, "'Breath' cannot be read"),
        ('"breath"', '"can\'t"', 7, "cannot be read"),
        ('"breath"', '"#9"', 7, "cannot be read"),
        ('"breath"', '""', 7, "cannot be read"),
        ('["air", "breath"]', '"air"', 7, "a list of texts is wanted"),
        ('["air", "breath"]', "[1]", 7, "a list of texts is wanted"),
        ("[[rule]]", "[rule]", 9, "there is no rule"),
        ('id = "no-air"', "", 9, "rule number 1 has no id of its own"),
        ('category = "breathing"', 'category = "luck"', 10, "rule no-air has no known category"),
        ('near = [["AIR"], ["cannot"]]', "near = []", 10, "rule no-air has no signs"),
        ('["cannot"]', "[]", 10, "has an empty sign"),
        ('["AIR"]', '["WIND"]', 10, "concept WIND is not known"),
        ("fires =", "fries =", 13, "fries is not known"),
        ("fires =", "within = 0\nfires =", 10, "within does not fit"),
        ("fires =", "within = [1, 2]\nfires =", 10, "within does not fit"),
        ("fires =", 'in_order = "yes"\nfires =', 10, "in_order"),
        ("AIR = [", "AIR = ", 7, "not TOML"),
        ("AIR = [", "AIR = [[", 9, "not TOML"),
    ],
)
def test_a_mistake_in_a_lexicon_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    broken = SMALL.replace(old, new, 1)

    with pytest.raises(ContentError) as error:
        load_lexicons(written(tmp_path, broken))

    assert str(error.value).startswith(f"{tmp_path / 'en.toml'}:{line}: ")
    assert told in error.value.problem
    assert error.value.fix


def test_a_second_rule_with_the_same_id_is_told_with_its_own_line(tmp_path: Path) -> None:
    twice = SMALL + '[[rule]]\nid = "no-air"\n'

    with pytest.raises(ContentError, match=r"en.toml:15: rule number 2 has no id of its own"):
        load_lexicons(written(tmp_path, twice))


def test_a_folder_without_a_lexicon_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no lexicon"):
        load_lexicons(tmp_path)


def test_a_file_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_bytes(b"\xff\xfe\xff")

    with pytest.raises(ContentError, match="cannot be read"):
        load_lexicons(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["could it be a heart attack", "i went blind", "she collapsed", "сердечко прихватило"],
)
def test_a_harmless_idiom_never_silences_the_plain_word_it_is_made_of(
    screener: Screener, text: str
) -> None:
    assert screener.screen(text).referral
